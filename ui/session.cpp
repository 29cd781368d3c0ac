// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "session.h"

#include "accounts/accountmanager.h"
#include "accounts/keychainsecretstore.h"
#include "core/whendone.h"
#include "engine/engine.h"
#include "mainwindow.h"
#include "platform/localrequests.h"
#include "platform/systemnetworkstate.h"
#include "tones.h"
#include "upload/uploadmanager.h"

#include <QtCore/QSettings>
#include <QtCore/QTimer>

namespace ChatApp {

namespace {

//! A window that opens behind others or minimised may not be painted for long; the engine does not
//! wait for it longer than this.
constexpr std::chrono::milliseconds longestWaitForPaint{1000};

} // namespace

Session::Session(SessionOptions options, Desktop& desktop, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
{
    if (m_options.practice) {
        m_practiceFolder = std::make_unique<QTemporaryDir>();
        m_options.paths = ProfilePaths::below(m_practiceFolder->path());
        m_sandbox = std::make_unique<EmbeddedSandbox>();
    }
    m_engine = std::make_unique<Engine>(makeConfig());
    const UiServices services{
        m_engine->uploads(), m_engine->accounts(),
        [engine = m_engine.get()](const HistoryQuery& query) { return engine->history(query); },
        [engine = m_engine.get()](const Credentials& credentials, const QString& endpoint,
                                  const SpaceId& space) {
            return engine->testAccount(credentials, endpoint, space);
        },
        desktop};
    m_window = std::make_unique<MainWindow>(
        services, m_options.practice ? MainWindow::Mode::Practice : MainWindow::Mode::Real);
    connect(m_window.get(), &MainWindow::painted, this, &Session::begin);
    connect(m_window.get(), &MainWindow::quitRequested, this, &Session::leave);
    connect(m_window.get(), &MainWindow::practiceRequested, this, &Session::practiceRequested);
    connect(&m_engine->accounts(), &AccountManager::loaded, this, &Session::prepareAccounts);
    connect(m_engine.get(), &Engine::storeSetAside, m_window.get(), [this](const QString& file) {
        m_window->showNotice(
            Tone::Warning,
            tr("The list of uploads was damaged. It was set aside as %1, and a new "
               "one begun.")
                .arg(file));
    });
}

Session::~Session() = default;

EngineConfig Session::makeConfig()
{
    EngineConfig config;
    config.paths = m_options.paths;
    // Practice has made-up keys: they stay in memory and never reach the user's keychain.
    if (!m_options.practice) {
        config.keychain = std::make_unique<KeychainSecretStore>();
        config.listener = std::make_unique<LocalRequestListener>();
        config.networkState = std::make_unique<SystemNetworkState>();
    }
    return config;
}

void Session::open()
{
    restoreWindow();
    m_window->show();
    QTimer::singleShot(longestWaitForPaint, this, &Session::begin);
}

void Session::begin()
{
    if (std::exchange(m_begun, true) || m_leaving)
        return;
    if (m_sandbox) {
        const Result<SandboxAccess> access = m_sandbox->start();
        if (!access) {
            m_window->showProblem(access.error());
            return;
        }
        m_access = *access;
    }
    whenDone(m_engine->start(), this, [this](const Result<void>& started) {
        if (started)
            m_window->engineStarted();
        else
            m_window->showProblem(started.error());
    });
}

void Session::prepareAccounts()
{
    if (m_options.practice) {
        preparePractice();
        return;
    }
    m_engine->accounts().refreshSecretStates();
    if (m_options.space.isEmpty())
        stageFiles();
    else
        prepareSpace();
}

void Session::preparePractice()
{
    Account account;
    account.name = tr("Practice");
    account.accessKeyId = m_access.accessKeyId;
    account.endpoint = m_access.endpoint;
    whenDone(
        m_engine->accounts().addAccount(account, SecretString(m_access.accessKeySecret.toUtf8())),
        this, [this](const Result<Account>& added) {
            if (added)
                preparePracticeSpace(added->id);
            else
                m_window->showProblem(added.error());
        });
}

void Session::preparePracticeSpace(const AccountId& account)
{
    const Space space{account, SpaceId{m_access.spaceId}, m_access.spaceName, {}};
    whenDone(m_engine->accounts().saveSpace(space), this, [this](const Result<void>& saved) {
        if (saved)
            stageFiles();
        else
            m_window->showProblem(saved.error());
    });
}

void Session::prepareSpace()
{
    const SpaceId wanted{m_options.space};
    const QList<Account> accounts = m_engine->accounts().accounts();
    bool known = false;
    for (const Account& account : accounts) {
        for (const Space& space : m_engine->accounts().spaces(account.id))
            known = known || space.id == wanted;
    }
    if (known || accounts.isEmpty()) {
        m_window->chooseSpace({}, wanted);
        stageFiles();
        return;
    }
    // A space that was never used before belongs to the account that was added first.
    whenDone(m_engine->accounts().saveSpace({accounts.first().id, wanted, {}, {}}), this,
             [this, wanted](const Result<void>&) {
                 m_window->chooseSpace({}, wanted);
                 stageFiles();
             });
}

void Session::stageFiles()
{
    m_window->addFiles(m_options.files, m_options.practice);
}

void Session::restoreWindow()
{
    if (m_options.practice)
        return;
    m_window->restoreState(
        QSettings(m_options.paths.config + QStringLiteral("/window.ini"), QSettings::IniFormat));
}

void Session::saveWindow() const
{
    if (m_options.practice)
        return;
    QSettings settings(m_options.paths.config + QStringLiteral("/window.ini"),
                       QSettings::IniFormat);
    m_window->saveState(settings);
}

void Session::leave()
{
    if (std::exchange(m_leaving, true))
        return;
    saveWindow();
    m_window->hide();
    whenDone(m_engine->shutdown(), this, [this] { Q_EMIT ended(); });
}

} // namespace ChatApp
