// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "mainwindow.h"

#include "accounts/accountmanager.h"
#include "errortexts.h"
#include "formats.h"
#include "pages/accountspage.h"
#include "pages/historypage.h"
#include "pages/uploadspage.h"
#include "symbols.h"
#include "tones.h"
#include "widgets/dropoverlay.h"
#include "widgets/practicestripe.h"
#include "widgets/primarybutton.h"
#include "widgets/statuspane.h"

#include <QtCore/QMimeData>
#include <QtCore/QSettings>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QDropEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace ChatApp {

namespace {

const QString geometryKey = QStringLiteral("window/geometry");
const QString pageKey = QStringLiteral("window/page");
const QString columnsKey = QStringLiteral("window/historyColumns");

//! Window size in lines of text, so that it fits every font and scale.
constexpr int widthInLines = 66;
constexpr int heightInLines = 42;

qsizetype localFiles(const QMimeData& data)
{
    const QList<QUrl> urls = data.urls();
    return std::count_if(urls.cbegin(), urls.cend(),
                         [](const QUrl& url) { return url.isLocalFile(); });
}

} // namespace

MainWindow::MainWindow(const UiServices& services, Mode mode, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_sidebar(new Sidebar)
    , m_pages(new QStackedWidget)
    , m_uploads(new UploadsPage(services))
    , m_history(new HistoryPage(services))
    , m_accounts(new AccountsPage(services))
    , m_problem(new StatusPane)
    , m_overlay(new DropOverlay(m_pages))
{
    setWindowTitle(mode == Mode::Practice ? tr("ChatApp Uploader — practice")
                                          : tr("ChatApp Uploader"));
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    buildLayout(mode);
    buildShortcuts();
    connectPages();
    const int unit = fontMetrics().height();
    resize(unit * widthInLines, unit * heightInLines);
    setMinimumSize(unit * 40, unit * 22);
}

void MainWindow::buildLayout(Mode mode)
{
    // In the order of PageId.
    m_pages->addWidget(m_uploads);
    m_pages->addWidget(m_history);
    m_pages->addWidget(m_accounts);
    m_pages->addWidget(m_problem);

    auto* columns = new QHBoxLayout;
    columns->setSpacing(1); // paintEvent() draws the line
    columns->addWidget(m_sidebar);
    columns->addWidget(m_pages, 1);
    m_sidebar->setFixedWidth(m_sidebar->sizeHint().width());
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    if (mode == Mode::Practice)
        rows->addWidget(new PracticeStripe);
    rows->addLayout(columns, 1);
}

void MainWindow::buildShortcuts()
{
    const auto shortcut = [this](const QKeySequence& key, auto slot) {
        auto* action = new QAction(this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    shortcut(QKeySequence(Qt::ALT | Qt::Key_1), [this] { showPage(PageId::Uploads); });
    shortcut(QKeySequence(Qt::ALT | Qt::Key_2), [this] { showPage(PageId::History); });
    shortcut(QKeySequence(Qt::ALT | Qt::Key_3), [this] { showPage(PageId::Accounts); });
    shortcut(QKeySequence::Quit, [this] { close(); });
    auto* paste = new QAction(m_uploads);
    paste->setShortcut(QKeySequence::Paste);
    paste->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(paste, &QAction::triggered, this, &MainWindow::paste);
    m_uploads->addAction(paste);
}

void MainWindow::connectPages()
{
    connect(m_sidebar, &Sidebar::pageChosen, this,
            [this](PageId page) { m_pages->setCurrentIndex(static_cast<int>(page)); });
    connect(m_uploads, &UploadsPage::unfinishedChanged, m_sidebar, &Sidebar::setUnfinished);
    connect(m_uploads, &UploadsPage::manageSpacesRequested, this,
            [this] { showPage(PageId::Accounts); });
    connect(m_uploads, &UploadsPage::addAccountRequested, this, [this] {
        showPage(PageId::Accounts);
        m_accounts->addAccount();
    });
    connect(m_uploads, &UploadsPage::practiceRequested, this, &MainWindow::practiceRequested);
    connect(m_accounts, &AccountsPage::practiceRequested, this, &MainWindow::practiceRequested);

    AccountManager& accounts = m_services.accounts;
    connect(&accounts, &AccountManager::loaded, this, [this] {
        m_accountsLoaded = true;
        refreshSpaces();
    });
    connect(&accounts, &AccountManager::accountsChanged, this, &MainWindow::refreshSpaces);
    connect(&accounts, &AccountManager::spacesChanged, this, &MainWindow::refreshSpaces);
    refreshSpaces();
}

void MainWindow::showPage(PageId page)
{
    m_sidebar->setCurrentPage(page);
    m_pages->setCurrentIndex(static_cast<int>(page));
    if (page == PageId::Uploads)
        m_uploads->focusList();
}

void MainWindow::refreshSpaces()
{
    QList<SpaceChoice> choices;
    for (const Account& account : m_services.accounts.accounts()) {
        for (const Space& space : m_services.accounts.spaces(account.id))
            choices.append({account, space});
    }
    m_uploads->setSpaces(choices);
    // Until the accounts are read nobody knows whether this is the first run.
    m_uploads->setFirstRun(m_accountsLoaded && m_services.accounts.accounts().isEmpty());
}

void MainWindow::engineStarted()
{
    m_history->open();
}

void MainWindow::showProblem(const Error& error)
{
    const ErrorWords words = errorWords(error);
    m_problem->setSymbol(QStringLiteral("state-warning"));
    m_problem->setTexts(words.title, words.explanation + QLatin1Char(' ') + words.nextStep);
    m_problem->setReference(error.message);
    auto* quit = new PrimaryButton(tr("&Quit"));
    connect(quit, &QPushButton::clicked, this, &MainWindow::quitRequested);
    m_problem->addButton(quit);
    m_pages->setCurrentWidget(m_problem);
    m_sidebar->setEnabled(false);
    setAcceptDrops(false);
    quit->setFocus();
}

void MainWindow::addFiles(const QStringList& paths, bool startNow)
{
    m_uploads->addFiles(paths, startNow);
}

void MainWindow::chooseSpace(const AccountId& account, const SpaceId& space)
{
    m_uploads->chooseSpace(account, space);
}

void MainWindow::showNotice(Tone tone, const QString& text)
{
    m_uploads->showNotice(tone, text);
}

void MainWindow::restoreState(const QSettings& settings)
{
    restoreGeometry(settings.value(geometryKey).toByteArray());
    m_history->restoreColumnState(settings.value(columnsKey).toByteArray());
    const int page = settings.value(pageKey, 0).toInt();
    if (page >= static_cast<int>(PageId::Uploads) && page <= static_cast<int>(PageId::Accounts))
        showPage(static_cast<PageId>(page));
}

void MainWindow::saveState(QSettings& settings) const
{
    settings.setValue(geometryKey, saveGeometry());
    settings.setValue(columnsKey, m_history->columnState());
    settings.setValue(pageKey, static_cast<int>(m_sidebar->currentPage()));
}

void MainWindow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRect pages = m_pages->geometry();
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    painter.fillRect(
        QRect(mirrored ? pages.right() + 1 : pages.left() - 1, pages.top(), 1, pages.height()),
        Tones(palette()).separator);
    if (!std::exchange(m_painted, true))
        QMetaObject::invokeMethod(this, &MainWindow::painted, Qt::QueuedConnection);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    // The window goes when the engine has put everything away.
    event->ignore();
    // At logout there is nobody to ask.
    if (m_uploads->runningCount() > 0 && !qGuiApp->isSavingSession())
        askBeforeQuit();
    else
        Q_EMIT quitRequested();
}

void MainWindow::askBeforeQuit()
{
    if (m_question != nullptr) {
        m_question->raise();
        m_question->activateWindow();
        return;
    }
    m_question = new QMessageBox(
        QMessageBox::Question, windowTitle(),
        tr("%n upload(s) are under way. Stop and quit?", nullptr, m_uploads->runningCount()),
        QMessageBox::NoButton, this);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    m_question->setInformativeText(
        tr("They stay in the list as paused; next time, Start goes on with them."));
    QPushButton* quit = m_question->addButton(tr("&Stop and quit"), QMessageBox::DestructiveRole);
    QPushButton* keep = m_question->addButton(tr("&Keep the window"), QMessageBox::RejectRole);
    m_question->setDefaultButton(keep);
    m_question->setEscapeButton(keep);
    connect(quit, &QPushButton::clicked, this, &MainWindow::quitRequested);
    m_question->open();
}

void MainWindow::describeDrop(const QMimeData& dropped)
{
    const qsizetype files = localFiles(dropped);
    if (files == 0) {
        m_overlay->showTexts(tr("This cannot be uploaded from here"),
                             tr("Only files on this computer can: save it first, then drop the "
                                "file."),
                             true);
        return;
    }
    const std::optional<SpaceChoice> choice = m_uploads->space();
    if (!choice) {
        m_overlay->showTexts(tr("Add %n file(s)", nullptr, static_cast<int>(files)),
                             tr("You choose the space next; nothing is sent before Start."), false);
        return;
    }
    m_overlay->showTexts(tr("Upload %n file(s) to %1", nullptr, static_cast<int>(files))
                             .arg(spaceTitle(choice->space.id, choice->space.name)),
                         tr("account %1 · nothing is sent before Start").arg(choice->account.name),
                         false);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!event->mimeData()->hasUrls())
        return;
    describeDrop(*event->mimeData());
    // A web address is taken too: the page then says why it cannot be uploaded.
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*)
{
    m_overlay->hide();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_overlay->hide();
    if (!event->mimeData()->hasUrls())
        return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
    showPage(PageId::Uploads);
    m_uploads->addUrls(event->mimeData()->urls());
    activateWindow();
}

void MainWindow::paste()
{
    const QMimeData* copied = QGuiApplication::clipboard()->mimeData();
    if (copied != nullptr && copied->hasUrls())
        m_uploads->addUrls(copied->urls());
}

} // namespace ChatApp
