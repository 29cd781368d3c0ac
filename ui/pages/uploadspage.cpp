// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "pages/uploadspage.h"

#include "accounts/accountmanager.h"
#include "core/whendone.h"
#include "desktop.h"
#include "dialogs/spacedialog.h"
#include "errortexts.h"
#include "formats.h"
#include "statewords.h"
#include "symbols.h"
#include "widgets/errorpanel.h"
#include "widgets/noticebar.h"
#include "widgets/primarybutton.h"
#include "widgets/spacepicker.h"
#include "widgets/statuspane.h"
#include "widgets/summarybar.h"
#include "widgets/symbolbutton.h"
#include "widgets/uploadsview.h"

#include <QtCore/QUrl>
#include <QtGui/QAction>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace ChatApp {

namespace {

constexpr qsizetype mostNamesTold = 3;
constexpr std::chrono::seconds waitingTick{1};

QString quoted(const QString& name)
{
    return QStringLiteral("“%1”").arg(singleLine(name));
}

} // namespace

UploadsPage::UploadsPage(const UiServices& services, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_model(new UploadsModel(this))
    , m_spaces(new SpacesModel(this))
    , m_picker(new SpacePicker(*m_spaces))
    , m_add(new SymbolButton(QStringLiteral("add"), tr("Add files")))
    , m_start(new PrimaryButton(tr("Start")))
    , m_notice(new NoticeBar)
    , m_stack(new QStackedWidget)
    , m_firstRunPane(new StatusPane)
    , m_empty(new StatusPane)
    , m_main(new QWidget)
    , m_view(new UploadsView)
    , m_error(new ErrorPanel(true))
    , m_summary(new SummaryBar)
    , m_pages(new QStackedWidget)
{
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Uploads"));
    buildFirstRun();
    buildEmpty();
    buildLayout();
    buildActions();
    connectManager();
    m_tick.setInterval(waitingTick);
    connect(&m_tick, &QTimer::timeout, this, &UploadsPage::tickWaiting);
    refreshCounts();
    refreshActions();
    refreshStack();
}

void UploadsPage::buildLayout()
{
    auto* list = new QWidget;
    list->setBackgroundRole(QPalette::Base);
    list->setAutoFillBackground(true);
    auto* listLayout = new QVBoxLayout(list);
    listLayout->setContentsMargins(0, 0, 0, 0);
    listLayout->setSpacing(0);
    listLayout->addWidget(m_view, 1);
    listLayout->addWidget(m_error);
    m_stack->addWidget(list);
    m_stack->addWidget(m_empty);

    auto* mainLayout = new QVBoxLayout(m_main);
    mainLayout->setContentsMargins(0, 0, 0, 0);
    mainLayout->setSpacing(0);
    mainLayout->addWidget(buildToolbar());
    mainLayout->addWidget(m_notice);
    mainLayout->addWidget(m_stack, 1);
    mainLayout->addWidget(m_summary);

    m_pages->addWidget(m_main);
    m_pages->addWidget(m_firstRunPane);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
}

QWidget* UploadsPage::buildToolbar()
{
    const int unit = fontMetrics().height();
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(unit, unit * 2 / 3, unit, unit * 2 / 3);
    layout->setSpacing(unit / 2);
    layout->addWidget(m_picker);
    layout->addStretch(1);
    layout->addWidget(m_add);
    layout->addWidget(m_start);
    for (QPushButton* button : {m_add, m_start})
        button->setMinimumHeight(m_picker->sizeHint().height());
    m_add->setToolTip(tr("Choose files to upload (Ctrl+O)"));
    m_start->setToolTip(tr("Send everything that is ready (Ctrl+Return)"));
    connect(m_add, &QPushButton::clicked, this, &UploadsPage::chooseFiles);
    connect(m_start, &QPushButton::clicked, this, &UploadsPage::startAll);
    connect(m_picker, &SpacePicker::enterIdRequested, this, &UploadsPage::enterSpaceId);
    connect(m_picker, &SpacePicker::manageRequested, this, &UploadsPage::manageSpacesRequested);
    connect(m_picker, &SpacePicker::choiceChanged, this, [this] {
        refreshStack();
        stageWaiting();
    });
    connect(m_notice, &NoticeBar::actionTriggered, this, [this] { enterSpaceId({}); });
    return bar;
}

void UploadsPage::buildFirstRun()
{
    m_firstRunPane->setTexts(
        tr("Put media into your ChatApp spaces"),
        tr("Drop files, get links that templates and messages can use. Keys stay in your system's "
           "keychain."));
    auto* add = new PrimaryButton(tr("&Add your account"));
    auto* practice = new QPushButton(tr("&Try it here, without an account"));
    practice->setToolTip(tr("Opens a practice space on this computer; nothing leaves it"));
    connect(add, &QPushButton::clicked, this, &UploadsPage::addAccountRequested);
    connect(practice, &QPushButton::clicked, this, &UploadsPage::practiceRequested);
    m_firstRunPane->addButton(add);
    m_firstRunPane->addButton(practice);
}

void UploadsPage::buildEmpty()
{
    m_empty->setSymbol(QStringLiteral("nav-uploads"));
    auto* add = new SymbolButton(QStringLiteral("add"), tr("Add files"));
    add->setToolTip(tr("Choose files to upload (Ctrl+O)"));
    connect(add, &QPushButton::clicked, this, &UploadsPage::chooseFiles);
    m_empty->addButton(add);
}

QAction* UploadsPage::addRowAction(RowAction action, const QString& text, const QString& symbol,
                                   const QKeySequence& key)
{
    auto* made = new QAction(symbolIcon(symbol), text, this);
    if (!key.isEmpty()) {
        made->setShortcut(key);
        made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    }
    connect(made, &QAction::triggered, this,
            [this, action] { perform(action, m_view->selectedIds()); });
    m_view->addAction(made);
    m_actions.insert(action, made);
    return made;
}

void UploadsPage::buildActions()
{
    addRowAction(RowAction::CopyLink, tr("Copy &link"), QStringLiteral("link"), QKeySequence::Copy);
    addRowAction(RowAction::OpenLink, tr("&Open link"), QStringLiteral("open"));
    addRowAction(RowAction::ShowFile, tr("Show &file"), QStringLiteral("folder"));
    addRowAction(RowAction::Start, tr("&Start"), QStringLiteral("start"));
    addRowAction(RowAction::Retry, tr("&Retry"), QStringLiteral("retry"),
                 QKeySequence(Qt::CTRL | Qt::Key_R));
    addRowAction(RowAction::CopyDetails, tr("Copy error &details"), QStringLiteral("copy"));
    addRowAction(RowAction::CopyPolicy, tr("Copy RAM &policy"), QStringLiteral("key"));
    addRowAction(RowAction::Cancel, tr("&Cancel"), QStringLiteral("state-cancelled"),
                 QKeySequence(Qt::CTRL | Qt::Key_Delete));
    addRowAction(RowAction::Remove, tr("Re&move from the list"), QStringLiteral("remove"),
                 QKeySequence::Delete);

    const auto shortcut = [this](const QKeySequence& key, auto slot) {
        auto* action = new QAction(this);
        action->setShortcut(key); // wherever the focus is, while the page is shown
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    shortcut(QKeySequence::Open, &UploadsPage::chooseFiles);
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), &UploadsPage::startAll);
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_Enter), &UploadsPage::startAll);

    connect(m_view, &UploadsView::actionTriggered, this,
            [this](RowAction action, UploadId id) { perform(action, {id}); });
    connect(m_view, &UploadsView::menuRequested, this, &UploadsPage::showMenu);
    connect(m_view, &UploadsView::activated, this, &UploadsPage::openRow);
    connect(m_view, &UploadsView::selectionEdited, this, [this] {
        refreshErrorPanel();
        refreshActions();
    });
    connect(m_error, &ErrorPanel::actionTriggered, this,
            [this](RowAction action, UploadId id) { perform(action, {id}); });
    connect(m_summary, &SummaryBar::cancelAllRequested, this,
            [this] { m_services.uploads.cancel(m_model->running()); });
    connect(m_summary, &SummaryBar::clearFinishedRequested, this,
            [this] { m_services.uploads.remove(m_model->ended()); });
}

void UploadsPage::connectManager()
{
    connect(&m_services.uploads, &UploadManager::uploadsChanged, this,
            [this](const UploadBatch& batch) {
                m_model->apply(batch);
                refreshErrorPanel();
                refreshActions();
            });
    connect(&m_services.uploads, &UploadManager::totalsChanged, m_summary, &SummaryBar::setTotals);
    connect(&m_services.uploads, &UploadManager::stageFailed, this,
            &UploadsPage::tellStageFailures);
    connect(m_model, &UploadsModel::countsChanged, this, &UploadsPage::refreshCounts);
}

void UploadsPage::setSpaces(const QList<SpaceChoice>& choices)
{
    m_spaces->setChoices(choices);
    if (!m_wantedSpace.value.isEmpty() && m_picker->choose(m_wantedAccount, m_wantedSpace))
        m_wantedSpace = {};
    refreshStack();
}

void UploadsPage::chooseSpace(const AccountId& account, const SpaceId& space)
{
    if (m_picker->choose(account, space))
        return;
    m_wantedAccount = account;
    m_wantedSpace = space;
}

std::optional<SpaceChoice> UploadsPage::space() const
{
    return m_picker->choice();
}

void UploadsPage::showNotice(Tone tone, const QString& text)
{
    m_notice->showNotice(tone, text);
}

void UploadsPage::setFirstRun(bool firstRun)
{
    m_firstRun = firstRun;
    refreshStack();
}

void UploadsPage::focusList()
{
    if (m_pages->currentWidget() == m_main && m_model->rowCount() > 0)
        m_view->setFocus();
}

void UploadsPage::chooseFiles()
{
    m_services.desktop.chooseFiles(this, [this](const QStringList& paths) { addFiles(paths); });
}

void UploadsPage::enterSpaceId(const QString& typed)
{
    const AccountId account = m_picker->choice() ? m_picker->choice()->account.id : AccountId{};
    auto* dialog = new SpaceDialog(m_services.accounts, account, this);
    dialog->setSpaceId(typed);
    connect(dialog, &SpaceDialog::saved, this, &UploadsPage::chooseSpace);
    dialog->show();
}

void UploadsPage::addFiles(const QStringList& paths, bool startNow)
{
    if (paths.isEmpty())
        return;
    m_waiting.append({paths, startNow});
    stageWaiting();
    if (m_waiting.isEmpty() || m_firstRun)
        return;
    qsizetype files = 0;
    for (const WaitingFiles& waiting : std::as_const(m_waiting))
        files += waiting.paths.size();
    m_notice->showNotice(Tone::Warning,
                         tr("%n file(s) will be added as soon as you choose a space.", nullptr,
                            static_cast<int>(files)),
                         tr("Enter a space ID…"));
}

void UploadsPage::addUrls(const QList<QUrl>& urls)
{
    QStringList paths;
    QStringList refused;
    for (const QUrl& url : urls) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
        else
            refused.append(quoted(url.host().isEmpty() ? url.toDisplayString() : url.host()));
    }
    addFiles(paths);
    if (refused.isEmpty())
        return;
    refused.removeDuplicates();
    m_notice->showNotice(
        Tone::Warning,
        tr("Only files on this computer can be uploaded. Save what comes from %1 first, then add "
           "the file.")
            .arg(QStringList(refused.mid(0, mostNamesTold)).join(QStringLiteral(", "))));
}

void UploadsPage::stageWaiting()
{
    const std::optional<SpaceChoice> choice = m_picker->choice();
    if (!choice || m_waiting.isEmpty() || !m_wantedSpace.value.isEmpty())
        return;
    m_notice->hide();
    // Taken first: marking the space as used changes the picker's list, which leads here again.
    const QList<WaitingFiles> taken = std::exchange(m_waiting, {});
    m_services.accounts.markSpaceUsed(choice->account.id, choice->space.id);
    if (m_stagings == 0)
        m_notAdded = {};
    for (const WaitingFiles& waiting : taken) {
        ++m_stagings;
        QList<StageRequest> requests;
        for (const QString& path : waiting.paths)
            requests.append({path, choice->target(), false});
        whenDone(m_services.uploads.stage(requests), this,
                 [this, startNow = waiting.startNow](const Result<QList<UploadId>>& staged) {
                     markAdded(staged, startNow);
                 });
    }
}

void UploadsPage::markAdded(const Result<QList<UploadId>>& staged, bool startNow)
{
    --m_stagings;
    if (!staged) {
        const ErrorWords words = errorWords(staged.error());
        m_notice->showNotice(Tone::Danger, words.title + QStringLiteral(". ") + words.nextStep);
        return;
    }
    if (startNow && !staged->isEmpty())
        m_services.uploads.start(*staged);
}

//! Folders give their failures in portions: the notice is about all of what was added together.
void UploadsPage::tellStageFailures(const QList<StageFailure>& failures)
{
    const auto matters = [](const Error& error) { return error.kind != ErrorKind::FileNotRegular; };
    for (const StageFailure& failure : failures) {
        ++m_notAdded.count;
        if (m_notAdded.names.size() < mostNamesTold)
            m_notAdded.names.append(
                quoted(failure.path.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty)));
        // Of several reasons, one that a person can do something about.
        if (!m_notAdded.reason || (!matters(*m_notAdded.reason) && matters(failure.error)))
            m_notAdded.reason = failure.error;
    }
    if (!m_notAdded.reason)
        return;
    QString list = m_notAdded.names.join(QStringLiteral(", "));
    if (m_notAdded.count > m_notAdded.names.size())
        list = tr("%1 and %n more", "%1: names of files",
                  static_cast<int>(m_notAdded.count - m_notAdded.names.size()))
                   .arg(list);
    const ErrorWords words = errorWords(*m_notAdded.reason);
    const QString reason = matters(*m_notAdded.reason)
        ? words.title + QStringLiteral(". ") + words.nextStep
        : words.explanation;
    m_notice->showNotice(Tone::Warning,
                         tr("Not added: %1. %2", "%1: names of files, %2: why").arg(list, reason));
}

void UploadsPage::startAll()
{
    m_services.uploads.start(m_model->startable());
}

QList<UploadId> UploadsPage::withState(const QList<UploadId>& ids,
                                       bool (*wanted)(UploadState)) const
{
    QList<UploadId> fitting;
    for (const UploadId& id : ids) {
        if (const int row = m_model->rowOf(id); row >= 0 && wanted(m_model->stateOf(row)))
            fitting.append(id);
    }
    return fitting;
}

void UploadsPage::perform(RowAction action, const QList<UploadId>& ids)
{
    const auto isDone = [](UploadState state) { return state == UploadState::Done; };
    const auto canRetry = [](UploadState state) {
        return state == UploadState::Failed || state == UploadState::Cancelled;
    };
    switch (action) {
    case RowAction::Start:
        m_services.uploads.start(withState(ids, isStartable));
        break;
    case RowAction::Cancel:
        m_services.uploads.cancel(withState(ids, isRunning));
        break;
    case RowAction::Retry:
        m_services.uploads.retry(withState(ids, canRetry));
        break;
    case RowAction::Remove:
        removeRows(ids);
        break;
    case RowAction::CopyLink:
        copyLinks(ids);
        break;
    case RowAction::OpenLink:
        for (const UploadId& id : withState(ids, isDone).mid(0, 1))
            m_services.desktop.openUrl(QUrl(m_model->at(m_model->rowOf(id)).record.url));
        break;
    case RowAction::ShowFile:
        for (const UploadId& id : ids.mid(0, 1)) {
            if (const int row = m_model->rowOf(id); row >= 0)
                m_services.desktop.showFile(m_model->at(row).record.path);
        }
        break;
    case RowAction::CopyDetails:
        copyDetails(ids);
        break;
    case RowAction::CopyPolicy:
        m_services.desktop.copyText(smallestRamPolicy());
        break;
    case RowAction::Menu:
    case RowAction::None:
        break;
    }
}

void UploadsPage::copyLinks(const QList<UploadId>& ids)
{
    QStringList links;
    for (const UploadId& id : ids) {
        const int row = m_model->rowOf(id);
        if (row >= 0 && m_model->stateOf(row) == UploadState::Done)
            links.append(m_model->at(row).record.url);
    }
    if (!links.isEmpty())
        m_services.desktop.copyText(links.join(QLatin1Char('\n')));
}

void UploadsPage::copyDetails(const QList<UploadId>& ids)
{
    QStringList details;
    for (const UploadId& id : ids) {
        const int row = m_model->rowOf(id);
        if (row < 0 || m_model->stateOf(row) != UploadState::Failed)
            continue;
        const UploadRecord record = m_model->at(row).record;
        if (record.error)
            details.append(errorDetails(*record.error, record.name));
    }
    if (!details.isEmpty())
        m_services.desktop.copyText(details.join(QStringLiteral("\n\n")));
}

void UploadsPage::removeRows(const QList<UploadId>& ids)
{
    // What is not begun or paused is given up; what is under way has to be cancelled first.
    if (const QList<UploadId> staged = withState(ids, isStartable); !staged.isEmpty())
        m_services.uploads.cancel(staged);
    if (const QList<UploadId> over = withState(ids, isEnded); !over.isEmpty())
        m_services.uploads.remove(over);
}

void UploadsPage::openRow(const QModelIndex& index)
{
    const UploadRecord& record = m_model->at(index.row()).record;
    if (record.state == UploadState::Done)
        m_services.desktop.openUrl(QUrl(record.url));
    else
        m_services.desktop.showFile(record.path);
}

void UploadsPage::showMenu(const QPoint& globalPosition)
{
    refreshActions();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QList<QList<RowAction>> groups{
        {RowAction::CopyLink, RowAction::OpenLink, RowAction::ShowFile},
        {RowAction::Start, RowAction::Retry, RowAction::CopyDetails, RowAction::CopyPolicy},
        {RowAction::Cancel, RowAction::Remove},
    };
    for (const QList<RowAction>& group : groups) {
        for (const RowAction action : group) {
            if (m_actions.value(action)->isEnabled())
                menu->addAction(m_actions.value(action));
        }
        menu->addSeparator();
    }
    menu->popup(globalPosition);
}

int UploadsPage::onlySelectedRow() const
{
    const QItemSelection selection = m_view->selectionModel()->selection();
    return selection.size() == 1 && selection.first().height() == 1 ? selection.first().top() : -1;
}

void UploadsPage::refreshActions()
{
    // With many rows selected each action takes those it fits, so it is on; looking at 100,000 rows
    // for every batch would not be worth a grey menu entry.
    const bool any = m_view->selectionModel()->hasSelection();
    const int row = onlySelectedRow();
    const bool one = row >= 0;
    const UploadRecord record = one ? m_model->at(row).record : UploadRecord{};
    const auto set = [&](RowAction action, bool fits) {
        m_actions.value(action)->setEnabled(any && (!one || fits));
    };
    const bool done = record.state == UploadState::Done;
    set(RowAction::CopyLink, done);
    m_actions.value(RowAction::OpenLink)->setEnabled(one && done);
    m_actions.value(RowAction::ShowFile)->setEnabled(one);
    set(RowAction::Start, isStartable(record.state));
    set(RowAction::Retry,
        record.state == UploadState::Failed || record.state == UploadState::Cancelled);
    set(RowAction::CopyDetails, record.error.has_value());
    m_actions.value(RowAction::CopyPolicy)
        ->setEnabled(one && record.error && isPermissionProblem(*record.error));
    set(RowAction::Cancel, isRunning(record.state));
    set(RowAction::Remove, !isRunning(record.state));
}

void UploadsPage::refreshCounts()
{
    const int startable = m_model->startableCount();
    m_start->setEnabled(startable > 0);
    m_start->setText(startable > 0
                         ? tr("&Start %1", "%1: number of files").arg(QLocale().toString(startable))
                         : tr("&Start"));
    m_start->setAccessibleName(startable > 0 ? tr("Start %n upload(s)", nullptr, startable)
                                             : tr("Start"));
    m_summary->setCounts(m_model->runningCount(), m_model->endedCount());
    const bool waits = m_model->countOf(UploadState::Waiting) > 0;
    if (waits != m_tick.isActive())
        waits ? m_tick.start() : m_tick.stop();
    refreshStack();
    Q_EMIT unfinishedChanged(unfinishedCount());
}

void UploadsPage::refreshStack()
{
    const bool any = m_model->rowCount() > 0;
    m_pages->setCurrentWidget(m_firstRun && !any ? static_cast<QWidget*>(m_firstRunPane) : m_main);
    m_stack->setCurrentIndex(any ? 0 : 1);
    m_summary->setVisible(any);
    const std::optional<SpaceChoice> choice = m_picker->choice();
    m_empty->setTexts(
        tr("Drop files here"),
        choice ? tr("They go to %1 of %2. Nothing is sent before Start.")
                     .arg(spaceTitle(choice->space.id, choice->space.name), choice->account.name)
               : tr("Choose a space first: it is where the files go."));
}

void UploadsPage::refreshErrorPanel()
{
    if (const int row = onlySelectedRow(); row >= 0) {
        const UploadRecord& record = m_model->at(row).record;
        if (record.state == UploadState::Failed && record.error) {
            m_error->showError(record);
            return;
        }
    }
    m_error->clear();
}

void UploadsPage::tickWaiting()
{
    m_view->viewport()->update();
}

} // namespace ChatApp
