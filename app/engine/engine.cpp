// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "engine/engine.h"

#include "accounts/accountmanager.h"
#include "core/answer.h"
#include "core/logging.h"
#include "core/whendone.h"
#include "engine/enginecore.h"
#include "engine/handoverservice.h"
#include "net/qnamtransport.h"
#include "settings/settings.h"
#include "storage/database.h"
#include "storage/profilelock.h"
#include "upload/localuploadmanager.h"
#include "upload/objectname.h"

#include <QtCore/QThread>

namespace ChatApp {

namespace {

template <typename T>
QFuture<T> ready(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

} // namespace

class Engine::Private {
public:
    explicit Private(EngineConfig given);
    ~Private();

    //! Runs a function with the core on the engine thread; not at all where there is no core.
    void post(std::function<void(EngineCore&)> task);
    //! Builds the core on the engine thread and lets it load.
    QFuture<Result<void>> buildCore();
    TransportConfig transportConfig() const;
    qint64 speedLimit() const;
    //! Lets a change of the speed limit reach the uploads under way.
    void followSettings();
    QFuture<Result<Credentials>> credentialsFor(const AuthorizationKey& key);
    void watchNetwork();
    void listen();

    EngineConfig config;
    std::shared_ptr<Clock> clock;
    Settings settings;
    ProfileLock lock;
    Database database;
    UploadStore store;
    AccountManager accounts;
    LocalUploadManager uploads;
    HandoverService handover;

    QThread thread;
    QObject* context; // receives what is posted; lives on the engine thread
    std::unique_ptr<EngineCore> core; // built and destroyed on the engine thread
    bool leaving = false; // main thread
};

Engine::Private::Private(EngineConfig given)
    : config(std::move(given))
    , clock(config.clock ? config.clock : std::make_shared<SystemClock>())
    , settings(config.paths.config)
    , lock(config.paths.state)
    , database(config.paths.databaseFile(), Database::Mode::Writer)
    , store(database)
    , accounts(database, std::move(config.keychain))
    , uploads([this](std::function<void(UploadCoordinator&)> task) {
        post([task = std::move(task)](EngineCore& ready) { task(ready.coordinator()); });
    })
    , handover(uploads, accounts, config.environment ? config.environment->accessKeyId : QString())
    , context(new QObject)
{
    thread.setObjectName(QStringLiteral("engine"));
    context->moveToThread(&thread);
    thread.start();
    followSettings();
}

Engine::Private::~Private()
{
    QMetaObject::invokeMethod(
        context, [this] { core.reset(); }, Qt::BlockingQueuedConnection);
    context->deleteLater();
    thread.quit();
    thread.wait();
}

void Engine::Private::post(std::function<void(EngineCore&)> task)
{
    QMetaObject::invokeMethod(
        context,
        [this, task = std::move(task)] {
            if (core)
                task(*core);
        },
        Qt::QueuedConnection);
}

QFuture<Result<Credentials>> Engine::Private::credentialsFor(const AuthorizationKey& key)
{
    if (!key.account.value.isEmpty())
        return accounts.credentials(key.account);
    if (config.environment && config.environment->accessKeyId == key.accessKeyId)
        return ready<Result<Credentials>>(*config.environment);
    return ready<Result<Credentials>>(
        Error{.kind = ErrorKind::AccountUnknown,
              .message = QStringLiteral("no credentials in the environment for AccessKey ID %1")
                             .arg(key.accessKeyId)});
}

TransportConfig Engine::Private::transportConfig() const
{
    TransportConfig network = config.transport;
    const TransportConfig saved = transportFrom(settings);
    if (network.extraCaFile.isEmpty())
        network.extraCaFile = saved.extraCaFile;
    if (network.proxyMode == TransportConfig::ProxyMode::Environment) {
        network.proxyMode = saved.proxyMode;
        network.fixedProxy = saved.fixedProxy;
    }
    return network;
}

qint64 Engine::Private::speedLimit() const
{
    return config.bytesPerSecond.value_or(settings.value(SettingTable::bytesPerSecond));
}

void Engine::Private::followSettings()
{
    settings.setWatcher([this](const char* key) {
        if (qstrcmp(key, SettingTable::bytesPerSecond.key) == 0) {
            post([limit = speedLimit()](EngineCore& ready) { ready.bandwidth().setLimit(limit); });
        }
    });
}

QFuture<Result<void>> Engine::Private::buildCore()
{
    const Answer<void> answer;
    const QString chosen = settings.value(SettingTable::nameTemplate);
    QString nameTemplate = isValidNameTemplate(chosen) ? chosen : defaultNameTemplate;
    QMetaObject::invokeMethod(
        context,
        [this, answer, nameTemplate, network = transportConfig(), limit = speedLimit()] {
            Result<std::unique_ptr<QnamTransport>> transport = QnamTransport::create(network);
            if (!transport) {
                answer.give(transport.error());
                return;
            }
            core = std::make_unique<EngineCore>(
                std::move(*transport),
                EngineCore::Parts{
                    .store = store,
                    .clock = *clock,
                    .budgets = config.budgets,
                    .retry = config.retry,
                    .multipart = config.multipart,
                    .bytesPerSecond = limit,
                    .credentials =
                        [this](const AuthorizationKey& key) { return credentialsFor(key); },
                    .nameTemplate = [nameTemplate] { return nameTemplate; }});
            uploads.attach(core->coordinator());
            whenDone(core->load(), context,
                     [answer](const Result<void>& loaded) { answer.give(loaded); });
        },
        Qt::QueuedConnection);
    return answer.future();
}

Engine::Engine(EngineConfig config, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(config)))
{
}

Engine::~Engine() = default;

QFuture<Result<void>> Engine::start()
{
    if (const Result<void> taken = d->lock.take(); !taken)
        return ready<Result<void>>(taken.error());
    const Answer<void> answer;
    whenDone(d->database.open(), this, [this, answer](const Result<Database::OpenReport>& report) {
        if (!report) {
            answer.give(report.error());
            return;
        }
        if (!report->setAsideAs.isEmpty())
            Q_EMIT storeSetAside(report->setAsideAs);
        d->accounts.load();
        whenDone(d->buildCore(), this, [this, answer](const Result<void>& built) {
            if (built) {
                d->listen();
                d->watchNetwork();
            }
            answer.give(built);
        });
    });
    return answer.future();
}

void Engine::Private::watchNetwork()
{
    NetworkState* state = config.networkState.get();
    if (state == nullptr)
        return;
    const auto tell = [this, state] {
        post([offline = state->isOffline()](EngineCore& ready) {
            ready.network().setOffline(offline);
        });
    };
    QObject::connect(state, &NetworkState::changed, state, tell);
    tell();
}

void Engine::Private::listen()
{
    if (!config.listener || leaving)
        return;
    const Result<void> listening = config.listener->listen(
        config.paths.state,
        [this](const QByteArray& line, const RequestListener::Respond& respond) {
            handover.handle(line, respond);
        });
    if (!listening) // uploads go on; put --enqueue of others has to wait for our end
        qCWarning(lcUpload) << "no hand-over:" << describeError(listening.error());
}

QFuture<void> Engine::shutdown()
{
    d->leaving = true;
    if (d->config.listener)
        d->config.listener->close();
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    QMetaObject::invokeMethod(
        d->context,
        [this, promise] {
            if (!d->core) {
                promise->finish();
                return;
            }
            whenDone(d->core->coordinator().shutdown(), d->context, [this, promise] {
                QMetaObject::invokeMethod(
                    this,
                    [this, promise] { d->handover.whenIdle([promise] { promise->finish(); }); },
                    Qt::QueuedConnection);
            });
        },
        Qt::QueuedConnection);
    return promise->future();
}

UploadManager& Engine::uploads()
{
    return d->uploads;
}

AccountManager& Engine::accounts()
{
    return d->accounts;
}

Settings& Engine::settings()
{
    return d->settings;
}

QFuture<Result<QList<UploadRecord>>> Engine::history(const HistoryQuery& query)
{
    return d->store.history(query);
}

QFuture<Result<QList<UploadRecord>>> Engine::unfinished()
{
    return d->store.unfinished();
}

QFuture<Result<void>> Engine::removeHistory(const QList<UploadId>& ids)
{
    return d->store.remove(ids);
}

QFuture<Result<AccountTestReport>>
Engine::testAccount(const Credentials& credentials, const QString& endpoint, const SpaceId& space)
{
    const Result<Endpoint> parsed = parseEndpoint(endpoint);
    if (!parsed)
        return ready<Result<AccountTestReport>>(parsed.error());
    const Answer<AccountTestReport> answer;
    d->post([this, answer, caller = CamsCaller{credentials, *parsed}, space](EngineCore& core) {
        whenDone(core.testAccount(caller, space), d->context,
                 [answer](const Result<AccountTestReport>& report) { answer.give(report); });
    });
    return answer.future();
}

} // namespace ChatApp
