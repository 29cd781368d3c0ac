// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "processes.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <csignal>

using namespace ChatApp;

namespace {

const QString profileName = QStringLiteral("profile");

//! "list --json" with the profile named.
QStringList command(const char* words)
{
    return QString::fromUtf8(words).split(QLatin1Char(' '), Qt::SkipEmptyParts)
        + QStringList{QStringLiteral("--profile"), profileName};
}

QStringList put(const SandboxProcess& sandbox, const char* more)
{
    return command("put --json")
        + QStringList{QStringLiteral("--space"), sandbox.space(), QStringLiteral("--endpoint"),
                      sandbox.endpoint()}
    + QString::fromUtf8(more).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

//! "one.png paused, two.png queued"
QString namesAndStates(const CliOutcome& list)
{
    QStringList rows;
    for (const QJsonObject& row : list.objects()) {
        rows.append(row.value(QLatin1String("file")).toString().section(QLatin1Char('/'), -1)
                    + QLatin1Char(' ') + row.value(QLatin1String("state")).toString());
    }
    return rows.join(QLatin1String(", "));
}

QString idAt(const CliOutcome& list, int row)
{
    return QString::number(list.objects().value(row).value(QLatin1String("id")).toInteger());
}

} // namespace

//! Uploads that outlive the command that began them.
class TestCliQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void anInterruptedPutGoesOn();
    void storedForLater();
    void nothingToGoOnWith();
    void otherCredentialsLeaveItAsItIs();
    void theNetworkMayBeAwayAgain();
    void cancelById();
    void cancelOfWhatIsNotThere();
    void busyProfileIsNamed();
    void listInWords();

private:
    CliOutcome run(const QStringList& arguments) const
    {
        return runCli(m_folder->path(), m_environment, arguments);
    }
    void start(const QByteArray& plan = {});
    void write(const char* name);
    //! How many objects the server has whose name starts so.
    qsizetype objects(const char* stem) const
    {
        return m_sandbox->objectsNow().count(QByteArray("/") + stem + '-');
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SandboxProcess> m_sandbox;
    QProcessEnvironment m_environment;
};

void TestCliQueue::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestCliQueue::start(const QByteArray& plan)
{
    m_sandbox = std::make_unique<SandboxProcess>();
    QVERIFY(m_sandbox->start({}, plan));
    m_environment = cliEnvironment(m_folder->path(), m_sandbox.get());
}

void TestCliQueue::write(const char* name)
{
    QVERIFY(writeFile(m_folder->filePath(QString::fromUtf8(name)), name));
}

void TestCliQueue::anInterruptedPutGoesOn()
{
    start(R"({"rules": [{"operation": "PutObject", "ordinal": 2, "fault": "stall"}]})");
    for (const char* name : {"one.png", "two.png", "three.png"})
        write(name);
    CliProcess process(m_folder->path(), m_environment);
    process.start(put(*m_sandbox, "--parallel 1 one.png two.png three.png"));
    QVERIFY(process.waitForOutput("\"finished\""));
    QVERIFY(process.waitForOutput("\"putting\""));
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    const CliOutcome interrupted = process.outcome();
    QCOMPARE(interrupted.exitCode, 130);
    QCOMPARE(interrupted.events("finished").size(), 1);

    const CliOutcome list = run(command("list --json"));
    QCOMPARE(list.exitCode, 0);
    QCOMPARE(namesAndStates(list), QStringLiteral("two.png paused, three.png queued"));

    const CliOutcome resumed = run(command("resume --json"));
    QVERIFY2(resumed.exitCode == 0, resumed.err.constData());
    QCOMPARE(resumed.events("queued").size(), 2);
    QCOMPARE(resumed.events("finished").size(), 2);
    const QJsonObject summary = resumed.events("summary").constFirst();
    QCOMPARE(summary.value(QLatin1String("files")).toInt(), 2);
    QCOMPARE(summary.value(QLatin1String("done")).toInt(), 2);
    for (const char* stem : {"one", "two", "three"})
        QCOMPARE(objects(stem), 1);
    QCOMPARE(run(command("list --json")).out, QByteArray());
    QCOMPARE(run(command("history --json")).objects().size(), 3);
}

void TestCliQueue::storedForLater()
{
    start();
    write("one.png");
    write("two.png");
    const CliOutcome stored =
        run(put(*m_sandbox, "--enqueue --replace one.png missing.png two.png"));
    QVERIFY2(stored.exitCode == 1, stored.err.constData());
    QCOMPARE(stored.events("queued").size(), 2);
    QCOMPARE(stored.events("failed").size(), 1);
    QVERIFY(stored.events("started").isEmpty());
    QCOMPARE(m_sandbox->objectsNow().count("\"key\""), 0);
    QCOMPARE(run(put(*m_sandbox, "--enqueue one.png")).exitCode, 0);

    const CliOutcome list = run(command("list --json"));
    QCOMPARE(namesAndStates(list),
             QStringLiteral("one.png queued, two.png queued, one.png queued"));
    QCOMPARE(idAt(list, 0),
             QString::number(
                 stored.events("queued").constFirst().value(QLatin1String("id")).toInteger()));

    // A put of its own leaves them alone.
    write("own.png");
    QCOMPARE(run(put(*m_sandbox, "own.png")).exitCode, 0);
    QCOMPARE(m_sandbox->objectsNow().count("\"key\""), 1);

    const CliOutcome resumed = run(command("resume --json"));
    QVERIFY2(resumed.exitCode == 0, resumed.err.constData());
    QCOMPARE(objects("one"), 2);
    QCOMPARE(objects("two"), 1);
}

void TestCliQueue::nothingToGoOnWith()
{
    m_environment = cliEnvironment(m_folder->path());
    const CliOutcome resumed = run(command("resume --json"));
    QVERIFY2(resumed.exitCode == 0, resumed.err.constData());
    QCOMPARE(resumed.objects().size(), 1);
    QCOMPARE(resumed.events("summary").size(), 1);
    const QTemporaryDir other;
    const CliOutcome list =
        runCli(other.path(), cliEnvironment(other.path()), command("list --json"));
    QCOMPARE(list.exitCode, 0);
    QCOMPARE(list.out + list.err, QByteArray());
    QVERIFY(QDir(other.path()).isEmpty());
}

void TestCliQueue::otherCredentialsLeaveItAsItIs()
{
    start();
    write("one.png");
    QCOMPARE(run(put(*m_sandbox, "--enqueue one.png")).exitCode, 0);
    const QProcessEnvironment own = m_environment;
    m_environment = cliEnvironment(m_folder->path());
    const CliOutcome refused = run(command("resume --json"));
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.err.contains(m_sandbox->accessKeyId().toUtf8()), refused.err.constData());
    QCOMPARE(namesAndStates(run(command("list --json"))), QStringLiteral("one.png queued"));

    m_environment = own;
    QCOMPARE(run(command("resume --json")).exitCode, 0);
    QCOMPARE(objects("one"), 1);
}

void TestCliQueue::theNetworkMayBeAwayAgain()
{
    start(R"({"rules": [{"operation": "PutObject", "count": 1000, "fault": "closeBeforeReply"}]})");
    write("one.png");
    QCOMPARE(run(put(*m_sandbox, "--enqueue one.png")).exitCode, 0);
    const CliOutcome away = run(command("resume --json --wait 0"));
    QVERIFY2(away.exitCode == 4, away.err.constData());
    QCOMPARE(namesAndStates(run(command("list --json"))), QStringLiteral("one.png paused"));
}

void TestCliQueue::cancelById()
{
    start();
    for (const char* name : {"one.png", "two.png"})
        write(name);
    QCOMPARE(run(put(*m_sandbox, "--enqueue one.png two.png")).exitCode, 0);
    const QString id = idAt(run(command("list --json")), 0);

    const CliOutcome cancelled =
        run(command("cancel --json") + QStringList{id, QStringLiteral("4711")});
    QCOMPARE(cancelled.exitCode, 1);
    QCOMPARE(cancelled.events("cancelled").size(), 1);
    QCOMPARE(cancelled.events("cancelled").constFirst().value(QLatin1String("file")).toString(),
             m_folder->filePath(QStringLiteral("one.png")));
    QCOMPARE(cancelled.events("failed").constFirst().value(QLatin1String("id")).toInt(), 4711);
    QVERIFY2(cancelled.err.contains("no unfinished upload has the id 4711"),
             cancelled.err.constData());
    QCOMPARE(namesAndStates(run(command("list --json"))), QStringLiteral("two.png queued"));
    QCOMPARE(namesAndStates(run(command("history --json"))), QStringLiteral("one.png cancelled"));

    const CliOutcome other =
        run(command("cancel") + QStringList{idAt(run(command("list --json")), 0)});
    QVERIFY2(other.exitCode == 0, other.err.constData());
    QVERIFY2(other.out.startsWith("cancelled"), other.out.constData());
    QCOMPARE(run(command("resume --json")).exitCode, 0);
    QCOMPARE(m_sandbox->objectsNow().count("\"key\""), 0);
}

void TestCliQueue::cancelOfWhatIsNotThere()
{
    m_environment = cliEnvironment(m_folder->path());
    const CliOutcome unknown = run(command("cancel 7"));
    QCOMPARE(unknown.exitCode, 1);
    QVERIFY2(unknown.err.contains("has the id 7"), unknown.err.constData());
    QCOMPARE(run(command("cancel seven")).exitCode, 2);
}

void TestCliQueue::busyProfileIsNamed()
{
    start(R"({"rules": [{"operation": "PutObject", "fault": "stall"}]})");
    write("one.png");
    CliProcess holder(m_folder->path(), m_environment);
    holder.start(put(*m_sandbox, "one.png"));
    QVERIFY(holder.waitForOutput("\"started\""));
    for (const char* words : {"resume --json", "cancel 1"}) {
        const CliOutcome refused = run(command(words));
        QCOMPARE(refused.exitCode, 5);
        QVERIFY2(refused.err.contains(QByteArray::number(holder.processId())),
                 refused.err.constData());
    }
    const CliOutcome list = run(command("list --json"));
    QCOMPARE(list.exitCode, 0);
    QCOMPARE(list.objects().size(), 1);
}

void TestCliQueue::listInWords()
{
    start();
    write("new\nline.png");
    QCOMPARE(run(command("put --enqueue")
                 + QStringList{QStringLiteral("--space"), m_sandbox->space(),
                               QStringLiteral("--endpoint"), m_sandbox->endpoint(),
                               QStringLiteral("new\nline.png")})
                 .exitCode,
             0);
    const CliOutcome list = run(command("list"));
    QCOMPARE(list.exitCode, 0);
    QCOMPARE(list.out.count('\n'), 1);
    QVERIFY2(list.out.contains("queued") && list.out.contains("new\\nline.png"),
             list.out.constData());
}

QTEST_GUILESS_MAIN(TestCliQueue)
#include "tst_cliqueue.moc"
