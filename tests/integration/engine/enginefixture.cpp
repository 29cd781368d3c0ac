// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "enginefixture.h"

#include "accounts/accountmanager.h"
#include "platform/localrequests.h"

#include <QtCore/QFile>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QNetworkReply>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QtTest>

namespace ChatApp {

namespace {

template <typename T>
T await(const QFuture<T>& future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        qFatal("a future did not end");
    return future.result();
}

} // namespace

EngineFixture::EngineFixture() : EngineFixture(Options{}) { }

EngineFixture::EngineFixture(const Options& options)
    : m_options(options)
    , m_sandbox(options.transport, options.sandbox)
{
    if (!m_sandbox.problem().isEmpty())
        qFatal("the sandbox did not start: %s", qPrintable(m_sandbox.problem()));
    start();
}

EngineFixture::~EngineFixture()
{
    stop();
}

void EngineFixture::start()
{
    const SandboxAccount account = m_sandbox.account();
    EngineConfig config;
    config.paths = ProfilePaths::below(m_profile.path());
    config.transport.proxyMode = TransportConfig::ProxyMode::None;
    if (m_options.trustSandbox)
        config.transport.extraCaFile = m_sandbox.caFile();
    config.transport.sendStallTimeout = m_options.sendStall;
    config.transport.answerTimeout = m_options.answerTimeout;
    config.budgets.uploadsAtOnce = m_options.uploadsAtOnce;
    if (m_options.listens)
        config.listener = std::make_unique<LocalRequestListener>();
    config.environment =
        Credentials{.accessKeyId = account.accessKeyId,
                    .accessKeySecret = SecretString::copyOf(account.accessKeySecret.toUtf8()),
                    .securityToken = SecretString::copyOf(account.securityToken.toUtf8())};
    config.retry = {.maxAttempts = m_options.maxAttempts,
                    .backoff = Backoff(m_options.backoffBase, m_options.backoffCap)};
    config.multipart.threshold = m_options.multipartThreshold;
    config.multipart.smallestPart = m_options.multipartThreshold / 2;
    auto network = std::make_unique<FakeNetworkState>();
    m_network = network.get();
    config.networkState = std::move(network);
    m_engine = std::make_unique<Engine>(std::move(config));
    QObject::connect(&m_engine->uploads(), &UploadManager::uploadsChanged, m_engine.get(),
                     [this](const UploadBatch& batch) {
                         for (const UploadSnapshot& upload : batch.changed) {
                             m_snapshots[upload.record.id] = upload;
                             m_progress[upload.record.id].append(upload.bytesSent);
                         }
                         for (const UploadId& id : batch.removed)
                             m_snapshots.erase(id);
                     });
    QObject::connect(&m_engine->uploads(), &UploadManager::stageFailed, m_engine.get(),
                     [this](const QList<StageFailure>& failures) { m_stageFailures += failures; });
    QObject::connect(&m_engine->uploads(), &UploadManager::totalsChanged, m_engine.get(),
                     [this](const TransferTotals& totals) { m_totals = totals; });
    if (const Result<void> started = await(m_engine->start()); !started)
        qFatal("the engine did not start: %s", qPrintable(describeError(started.error())));
}

void EngineFixture::stop()
{
    if (!m_engine)
        return;
    QFuture<void> future = m_engine->shutdown();
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10'000))
        qFatal("the engine did not stop");
    m_engine.reset();
}

void EngineFixture::restart()
{
    stop();
    m_snapshots.clear();
    start();
}

void EngineFixture::restartWithout(const QString& statement)
{
    stop();
    const QString name = QStringLiteral("between");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(ProfilePaths::below(m_profile.path()).databaseFile());
        if (!database.open() || !QSqlQuery(database).exec(statement))
            qFatal("not carried out: %s", qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(name);
    m_snapshots.clear();
    start();
}

QString EngineFixture::writeFile(const QString& name, const QByteArray& content)
{
    QString path = m_files.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

UploadTarget EngineFixture::target(const QString& space) const
{
    return {.accountId = {},
            .accountName = QStringLiteral("environment"),
            .accessKeyId = m_sandbox.account().accessKeyId,
            .endpoint = m_sandbox.endpoint(),
            .region = m_options.region,
            .spaceId = SpaceId{space.isEmpty() ? m_sandbox.spaceId() : space},
            .spaceName = QStringLiteral("Practice")};
}

QList<UploadId> EngineFixture::stage(const QStringList& paths)
{
    QList<StageRequest> requests;
    for (const QString& path : paths)
        requests.append({.path = path, .target = target()});
    return stage(requests);
}

QList<UploadId> EngineFixture::stage(const QList<StageRequest>& requests)
{
    const Result<QList<UploadId>> staged = await(m_engine->uploads().stage(requests));
    if (!staged)
        qFatal("staging failed: %s", qPrintable(describeError(staged.error())));
    return *staged;
}

QList<UploadId> EngineFixture::upload(const QStringList& paths)
{
    QList<UploadId> ids = stage(paths);
    m_engine->uploads().start(ids);
    return ids;
}

bool EngineFixture::waitEnded(const QList<UploadId>& ids, int timeoutMs)
{
    return QTest::qWaitFor(
        [&] {
            return std::all_of(ids.begin(), ids.end(), [this](const UploadId& id) {
                const auto at = m_snapshots.find(id);
                return at != m_snapshots.end() && isEnded(at->second.record.state);
            });
        },
        timeoutMs);
}

UploadSnapshot EngineFixture::uploadOne(const QString& path)
{
    const QList<UploadId> ids = upload({path});
    if (ids.size() != 1 || !waitEnded(ids))
        qFatal("the upload did not end");
    return snapshot(ids.constFirst());
}

QList<UploadRecord> EngineFixture::history(const HistoryQuery& query)
{
    const Result<QList<UploadRecord>> rows = await(m_engine->history(query));
    if (!rows)
        qFatal("history failed: %s", qPrintable(describeError(rows.error())));
    return *rows;
}

QList<UploadRecord> EngineFixture::unfinished()
{
    const Result<QList<UploadRecord>> rows = await(m_engine->unfinished());
    if (!rows)
        qFatal("the queue cannot be read: %s", qPrintable(describeError(rows.error())));
    return *rows;
}

void EngineFixture::addAccount(const QString& name)
{
    Account account;
    account.name = name;
    account.accessKeyId = m_sandbox.account().accessKeyId;
    account.endpoint = m_sandbox.endpoint();
    const Result<Account> added = await(m_engine->accounts().addAccount(
        account, SecretString(m_sandbox.account().accessKeySecret.toUtf8())));
    if (!added)
        qFatal("no account: %s", qPrintable(describeError(added.error())));
}

std::optional<QByteArray> EngineFixture::openLink(const QString& url) const
{
    QNetworkAccessManager manager;
    manager.setProxy(QNetworkProxy::NoProxy);
    QNetworkRequest request{QUrl(url, QUrl::StrictMode)};
    if (!m_sandbox.caFile().isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslCertificate::fromPath(m_sandbox.caFile()));
        request.setSslConfiguration(tls);
    }
    const std::unique_ptr<QNetworkReply> reply(manager.get(request));
    if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 10'000)
        || reply->error() != QNetworkReply::NoError) {
        return std::nullopt;
    }
    return reply->readAll();
}

} // namespace ChatApp
