// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "pages/historypage.h"

#include "desktop.h"
#include "errortexts.h"
#include "symbols.h"
#include "upload/uploadmanager.h"
#include "widgets/calmheader.h"
#include "widgets/celldelegate.h"
#include "widgets/errorpanel.h"
#include "widgets/noticebar.h"
#include "widgets/statuspane.h"

#include <QtCore/QUrl>
#include <QtGui/QAction>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace ChatApp {

namespace {

//! Long enough that a word typed at speed is one question, short enough not to be waited for.
constexpr std::chrono::milliseconds searchDelay{150};

} // namespace

HistoryPage::HistoryPage(const UiServices& services, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_model(new HistoryModel(services.history, this))
    , m_search(new QLineEdit)
    , m_outcome(new QComboBox)
    , m_notice(new NoticeBar)
    , m_stack(new QStackedWidget)
    , m_table(new QTableView)
    , m_empty(new StatusPane)
    , m_error(new ErrorPanel(false))
{
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(searchDelay);
    buildTable();
    buildLayout();
    buildActions();
    connect(&m_debounce, &QTimer::timeout, this, &HistoryPage::searchNow);
    connect(m_search, &QLineEdit::textChanged, &m_debounce, qOverload<>(&QTimer::start));
    connect(m_outcome, &QComboBox::currentIndexChanged, this, &HistoryPage::searchNow);
    connect(m_model, &HistoryModel::loaded, this, &HistoryPage::refreshStack);
    connect(m_model, &HistoryModel::failed, this, [this](const Error& error) {
        const ErrorWords words = errorWords(error);
        m_notice->showNotice(Tone::Danger, words.title + QStringLiteral(". ") + words.nextStep);
        refreshStack();
    });
    connect(&services.uploads, &UploadManager::uploadEnded, this,
            [this](const UploadSnapshot& upload) {
                if (m_opened)
                    m_model->prepend(upload.record);
            });
    refreshStack();
    refreshSelection();
}

void HistoryPage::buildTable()
{
    const int unit = fontMetrics().height();
    m_table->setModel(m_model);
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setAccessibleName(tr("History of uploads, newest first"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(unit * 9 / 4);
    auto* header = new CalmHeader(m_table);
    m_table->setHorizontalHeader(header);
    const std::pair<int, int> widths[] = {
        {HistoryModel::When, 7}, {HistoryModel::Name, 13},    {HistoryModel::Space, 11},
        {HistoryModel::Size, 5}, {HistoryModel::Outcome, 12},
    };
    for (const auto& [column, width] : widths)
        header->resizeSection(column, unit * width);
    header->setStretchLastSection(true); // the link takes what is left
}

void HistoryPage::buildLayout()
{
    const int unit = fontMetrics().height();
    m_search->setPlaceholderText(tr("Search names, errors, keys, links"));
    m_search->setAccessibleName(tr("Search the history"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumHeight(unit * 2);
    m_search->setAcceptDrops(false); // drops belong to the whole window
    m_search->addAction(symbolIcon(QStringLiteral("search")), QLineEdit::LeadingPosition)
        ->setText(tr("Search"));
    m_outcome->addItem(tr("All outcomes"));
    m_outcome->addItem(tr("Done"), static_cast<int>(UploadState::Done));
    m_outcome->addItem(tr("Failed"), static_cast<int>(UploadState::Failed));
    m_outcome->addItem(tr("Cancelled"), static_cast<int>(UploadState::Cancelled));
    m_outcome->setAccessibleName(tr("Show outcomes"));
    m_outcome->setMinimumHeight(unit * 2);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(unit, unit * 2 / 3, unit, unit * 2 / 3);
    bar->setSpacing(unit / 2);
    bar->addWidget(m_search, 1);
    bar->addWidget(m_outcome);

    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_notice);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_error);
}

QAction* HistoryPage::addRowAction(RowAction action, const QString& text, const QString& symbol,
                                   const QKeySequence& key)
{
    auto* made = new QAction(symbolIcon(symbol), text, this);
    if (!key.isEmpty()) {
        made->setShortcut(key);
        made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    }
    connect(made, &QAction::triggered, this, [this, action] { perform(action, selected()); });
    m_table->addAction(made);
    m_actions.insert(action, made);
    return made;
}

void HistoryPage::buildActions()
{
    addRowAction(RowAction::CopyLink, tr("Copy &link"), QStringLiteral("link"), QKeySequence::Copy);
    addRowAction(RowAction::OpenLink, tr("&Open link"), QStringLiteral("open"));
    addRowAction(RowAction::ShowFile, tr("Show &file"), QStringLiteral("folder"));
    addRowAction(RowAction::CopyDetails, tr("Copy error &details"), QStringLiteral("copy"));
    addRowAction(RowAction::CopyPolicy, tr("Copy RAM &policy"), QStringLiteral("key"));

    auto* find = new QAction(this);
    find->setShortcut(QKeySequence::Find);
    find->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QAction::triggered, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    addAction(find);

    connect(m_table, &QTableView::customContextMenuRequested, this, &HistoryPage::showMenu);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        const UploadRecord& record = m_model->at(index.row());
        perform(record.state == UploadState::Done ? RowAction::OpenLink : RowAction::ShowFile,
                {record});
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &HistoryPage::refreshSelection);
    connect(m_model, &QAbstractItemModel::modelReset, this, &HistoryPage::refreshSelection);
    connect(m_error, &ErrorPanel::actionTriggered, this,
            [this](RowAction action, UploadId) { perform(action, selected()); });
}

void HistoryPage::open()
{
    m_opened = true;
    if (isVisible())
        m_model->reload();
}

void HistoryPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_opened && m_model->rowCount() == 0)
        m_model->reload();
}

QByteArray HistoryPage::columnState() const
{
    return m_table->horizontalHeader()->saveState();
}

void HistoryPage::restoreColumnState(const QByteArray& state)
{
    m_table->horizontalHeader()->restoreState(state);
}

void HistoryPage::searchNow()
{
    m_debounce.stop();
    if (!m_opened)
        return;
    const QVariant wanted = m_outcome->currentData();
    std::optional<UploadState> outcome;
    if (wanted.isValid())
        outcome = static_cast<UploadState>(wanted.toInt());
    m_notice->hide();
    m_model->search(m_search->text(), outcome);
}

QList<UploadRecord> HistoryPage::selected() const
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QList<UploadRecord> records;
    for (const QModelIndex& index : std::as_const(rows))
        records.append(m_model->at(index.row()));
    return records;
}

void HistoryPage::perform(RowAction action, const QList<UploadRecord>& records)
{
    if (records.isEmpty())
        return;
    const UploadRecord& first = records.first();
    QStringList texts;
    switch (action) {
    case RowAction::CopyLink:
        for (const UploadRecord& record : records) {
            if (record.state == UploadState::Done)
                texts.append(record.url);
        }
        break;
    case RowAction::CopyDetails:
        for (const UploadRecord& record : records) {
            if (record.error)
                texts.append(errorDetails(*record.error, record.name) + QLatin1Char('\n'));
        }
        break;
    case RowAction::CopyPolicy:
        texts.append(smallestRamPolicy());
        break;
    case RowAction::OpenLink:
        if (first.state == UploadState::Done)
            m_services.desktop.openUrl(QUrl(first.url));
        break;
    case RowAction::ShowFile:
        m_services.desktop.showFile(first.path);
        break;
    default:
        break;
    }
    if (!texts.isEmpty())
        m_services.desktop.copyText(texts.join(QLatin1Char('\n')));
}

void HistoryPage::showMenu(const QPoint& position)
{
    if (!m_table->selectionModel()->hasSelection())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const RowAction action : {RowAction::CopyLink, RowAction::OpenLink, RowAction::ShowFile,
                                   RowAction::CopyDetails, RowAction::CopyPolicy}) {
        if (m_actions.value(action)->isEnabled())
            menu->addAction(m_actions.value(action));
    }
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void HistoryPage::refreshSelection()
{
    const QList<UploadRecord> records = selected();
    const auto any = [&](auto predicate) {
        return std::any_of(records.cbegin(), records.cend(), predicate);
    };
    const bool one = records.size() == 1;
    const bool done =
        any([](const UploadRecord& record) { return record.state == UploadState::Done; });
    const bool failed = any([](const UploadRecord& record) { return record.error.has_value(); });
    m_actions.value(RowAction::CopyLink)->setEnabled(done);
    m_actions.value(RowAction::OpenLink)->setEnabled(one && done);
    m_actions.value(RowAction::ShowFile)->setEnabled(one);
    m_actions.value(RowAction::CopyDetails)->setEnabled(failed);
    m_actions.value(RowAction::CopyPolicy)
        ->setEnabled(one && failed && isPermissionProblem(*records.first().error));
    if (one && records.first().state == UploadState::Failed && records.first().error)
        m_error->showError(records.first());
    else
        m_error->clear();
}

void HistoryPage::refreshStack()
{
    if (m_model->isFiltered()) {
        m_empty->setSymbol(QStringLiteral("search"));
        m_empty->setTexts(tr("Nothing found"),
                          tr("No upload fits the search and the chosen outcome."));
    } else {
        m_empty->setSymbol(QStringLiteral("nav-history"));
        m_empty->setTexts(tr("No uploads yet"),
                          tr("What you upload is listed here, with its link."));
    }
    m_stack->setCurrentWidget(m_model->rowCount() > 0 ? static_cast<QWidget*>(m_table) : m_empty);
}

} // namespace ChatApp
