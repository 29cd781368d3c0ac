// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "crashbench.h"

#include "e2e/processes.h"

#include <QtCore/QDir>
#include <QtCore/QSet>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

#include <atomic>
#include <csignal>
#include <thread>

#include <sys/wait.h>

namespace ChatApp::Test {

namespace {

constexpr int longestRunMs = 300'000;
const QString profileName = QStringLiteral("profile");
const QString databaseName = QStringLiteral("uploads.sqlite");
const QString counterName = QStringLiteral("commits");

const char* stageName(CommitPoint::Stage stage)
{
    switch (stage) {
    case CommitPoint::Stage::Before:
        return "before";
    case CommitPoint::Stage::Amid:
        return "amid";
    case CommitPoint::Stage::After:
        break;
    }
    return "after";
}

//! Watches one run from the server's thread, and kills it there.
class Watch {
public:
    explicit Watch(std::function<bool(const SandboxMoment&)> kill) : m_kill(std::move(kill)) { }

    void setProcess(qint64 id) { m_process = static_cast<pid_t>(id); }

    void pass(const SandboxMoment& moment)
    {
        if (m_done)
            return;
        m_moments.append(moment);
        if (!m_kill || !m_kill(moment))
            return;
        m_done = true;
        while (m_process == 0)
            std::this_thread::yield();
        ::kill(m_process, SIGKILL);
        // The server goes on when there is nobody to answer; QProcess takes the dead one away.
        siginfo_t info{};
        ::waitid(P_PID, static_cast<id_t>(m_process), &info, WEXITED | WNOWAIT);
    }

    //! Once the server does not call any more.
    const QList<SandboxMoment>& moments() const { return m_moments; }

private:
    std::function<bool(const SandboxMoment&)> m_kill;
    std::atomic<pid_t> m_process{0};
    QList<SandboxMoment> m_moments;
    bool m_done = false;
};

QList<StoredRow> readRows(QSqlDatabase& database)
{
    QList<StoredRow> rows;
    QSqlQuery query(database);
    // Without the table, killed before it was made, there is no row.
    if (!database.open()
        || !query.exec(QStringLiteral("SELECT id, path, state, object_key, crc64, error_kind, "
                                      "error_message, upload_id FROM uploads ORDER BY id")))
        return rows;
    while (query.next()) {
        const auto text = [&query](int column) { return query.value(column).toString(); };
        rows.append({query.value(0).toLongLong(), text(1), text(2), text(3), text(4), text(5),
                     text(6), text(7)});
    }
    return rows;
}

QString partName(const SandboxLogEntry& entry)
{
    return QString::fromLatin1(entry.parameters.value("uploadId") + ' '
                               + entry.parameters.value("partNumber"));
}

} // namespace

qsizetype CrashRun::count(const char* event) const
{
    return out.count(QByteArray("\"event\":\"") + event + '"');
}

QByteArray CrashRun::describe() const
{
    return "killed " + QByteArray::number(static_cast<int>(killed)) + ", exit code "
        + QByteArray::number(exitCode) + '\n' + out.right(4000) + err.right(4000);
}

CrashBench::CrashBench(const SandboxConfig& config)
    : m_sandbox(SandboxFixture::Transport::Http, config)
{
}

QStringList CrashBench::command(const QString& name, const QStringList& more) const
{
    return QStringList{name, QStringLiteral("--json"), QStringLiteral("--profile"), profileName}
    + more;
}

QStringList CrashBench::put(const QString& space, const QStringList& more) const
{
    return command(QStringLiteral("put"),
                   QStringList{QStringLiteral("--space"), space, QStringLiteral("--endpoint"),
                               m_sandbox.endpoint()}
                       + more);
}

QProcessEnvironment CrashBench::environment(const KillPoint& point) const
{
    const SandboxAccount account = m_sandbox.account();
    QProcessEnvironment environment = cliEnvironment(m_folder.path());
    const auto set = [&environment](const char* name, const QString& value) {
        environment.insert(QString::fromLatin1(name), value);
    };
    set("ALIBABA_CLOUD_ACCESS_KEY_ID", account.accessKeyId);
    set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", account.accessKeySecret);
    set("LD_PRELOAD", QStringLiteral(CHATAPP_KILL_LIBRARY));
    // AddressSanitizer wants to be the first library.
    set("ASAN_OPTIONS",
        environment.value(QStringLiteral("ASAN_OPTIONS"))
            + QStringLiteral(":verify_asan_link_order=0"));
    set("CHATAPP_KILL_FILE", databaseName);
    set("CHATAPP_KILL_COUNT", path(counterName));
    if (point.commit) {
        set("CHATAPP_KILL_AT", QString::fromLatin1(stageName(point.commit->stage)));
        set("CHATAPP_KILL_NTH", QString::number(point.commit->ordinal));
    }
    return environment;
}

CrashRun CrashBench::run(const QStringList& arguments, const KillPoint& point)
{
    QFile::remove(path(counterName));
    const auto watch = std::make_shared<Watch>(point.moment);
    server().setGate([watch](const SandboxMoment& moment) { watch->pass(moment); });
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessEnvironment(environment(point));
    process.start(builtProgram(QStringLiteral("chatapp-upload")), arguments, QIODevice::ReadOnly);
    process.waitForStarted();
    watch->setProcess(process.processId());
    const bool ended = process.waitForFinished(longestRunMs);
    server().setGate({});
    // What the dead process had sent is worked off before the next one asks.
    const bool gone = QTest::qWaitFor([this] { return server().stats().openConnections == 0; });

    CrashRun run;
    run.out = process.readAllStandardOutput();
    run.err = process.readAllStandardError();
    if (!ended || !gone)
        run.err += "\nthe run did not end, or its connections did not\n";
    const bool crashed = ended && process.exitStatus() == QProcess::CrashExit;
    run.killed = crashed && process.exitCode() == SIGKILL;
    run.exitCode = ended && !crashed ? process.exitCode() : -1;
    QFile counter(path(counterName));
    if (counter.open(QIODevice::ReadOnly))
        run.commits = counter.readAll();
    run.moments = watch->moments();
    return run;
}

QList<StoredRow> CrashBench::rows() const
{
    const QString data = path(profileName + QStringLiteral("/data/"));
    const QTemporaryDir copy;
    for (const char* suffix : {"", "-wal"}) {
        const QString file = databaseName + QLatin1String(suffix);
        QFile::copy(data + file, copy.filePath(file));
    }
    if (!QFileInfo::exists(copy.filePath(databaseName)))
        return {};
    const QString connection = QStringLiteral("rows");
    QList<StoredRow> rows;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        database.setDatabaseName(copy.filePath(databaseName));
        rows = readRows(database);
    }
    QSqlDatabase::removeDatabase(connection);
    return rows;
}

qsizetype CrashBench::committed(SandboxOperation operation) const
{
    const QList<SandboxLogEntry> log = m_sandbox.log(operation);
    return std::count_if(log.begin(), log.end(),
                         [](const SandboxLogEntry& entry) { return entry.committed; });
}

QList<SandboxUpload> CrashBench::forgottenUploads()
{
    QSet<QString> named;
    const QList<SandboxLogEntry> log = server().log();
    for (const SandboxLogEntry& entry : log)
        named.insert(QString::fromLatin1(entry.parameters.value("uploadId")));
    QList<SandboxUpload> open = server().uploads();
    open.removeIf([&named](const SandboxUpload& upload) {
        return !named.contains(upload.uploadId) && upload.parts.isEmpty();
    });
    return open;
}

QStringList CrashBench::partsSentAgain(bool answeredOnly) const
{
    QList<SandboxLogEntry> log = m_sandbox.log(SandboxOperation::UploadPart);
    std::sort(log.begin(), log.end(),
              [](const auto& a, const auto& b) { return a.sequence < b.sequence; });
    QStringList again;
    QSet<QString> stored;
    for (const SandboxLogEntry& entry : std::as_const(log)) {
        const QString part = partName(entry);
        if (stored.contains(part))
            again.append(part);
        const bool well = entry.answered && entry.fault < 0;
        if (entry.committed && (well || !answeredOnly))
            stored.insert(part);
    }
    return again;
}

QString momentName(SandboxOperation operation, int ordinal, SandboxMoment::Stage stage)
{
    static const QMap<SandboxMoment::Stage, const char*> names{
        {SandboxMoment::Stage::Received, "received"},
        {SandboxMoment::Stage::Whole, "whole"},
        {SandboxMoment::Stage::CarriedOut, "carried out"},
        {SandboxMoment::Stage::Sent, "sent"},
    };
    return QStringLiteral("%1 %2 %3")
        .arg(sandboxOperationName(operation))
        .arg(ordinal)
        .arg(QLatin1String(names.value(stage)));
}

} // namespace ChatApp::Test
