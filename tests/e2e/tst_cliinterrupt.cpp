// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "processes.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

#include <csignal>

using namespace ChatApp;

class TestCliInterrupt : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void uploadsArePausedAndTheProfileFree_data();
    void uploadsArePausedAndTheProfileFree();
    void anInterruptBeforeTheFirstFile();
    void itSaysHowToGoOn();
    void theSecondOneLeavesAtOnce();
};

void TestCliInterrupt::uploadsArePausedAndTheProfileFree_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void TestCliInterrupt::uploadsArePausedAndTheProfileFree()
{
    QFETCH(int, number);
    const QTemporaryDir folder;
    SandboxProcess sandbox;
    QVERIFY(sandbox.start({},
                          R"({"rules": [{"operation": "PutObject", "ordinal": 1,
                                         "fault": "slow", "bytesPerSecond": 10000}]})"));
    // More than the sockets' buffers take: a body that is in them whole may arrive all the same.
    QVERIFY(writeFile(folder.filePath(QStringLiteral("big.bin")), QByteArray(60'000'000, 'x')));
    QVERIFY(writeFile(folder.filePath(QStringLiteral("small.bin")), "x"));
    const QProcessEnvironment environment = cliEnvironment(folder.path(), &sandbox);
    const QStringList common{QStringLiteral("put"),        QStringLiteral("--json"),
                             QStringLiteral("--space"),    sandbox.space(),
                             QStringLiteral("--endpoint"), sandbox.endpoint(),
                             QStringLiteral("--profile"),  QStringLiteral("profile")};

    CliProcess process(folder.path(), environment);
    process.start(common + QStringList{QStringLiteral("big.bin")});
    QVERIFY(process.waitForOutput("\"sendingParts\""));
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), number), 0);
    const CliOutcome run = process.outcome();

    QCOMPARE(run.exitCode, 130);
    QVERIFY2(timer.elapsed() < 10'000, "the end has to come soon");
    QVERIFY(run.events("finished").isEmpty());
    QVERIFY(run.events("failed").isEmpty());
    QCOMPARE(run.events("summary").size(), 1);
    QVERIFY(!sandbox.objectsNow().contains("/big-"));

    // No lock is left, the row is there but not started by itself, and is no history.
    const CliOutcome next =
        runCli(folder.path(), environment, common + QStringList{QStringLiteral("small.bin")});
    QVERIFY2(next.exitCode == 0, next.err.constData());
    QVERIFY(!next.out.contains("big.bin"));
    QVERIFY(sandbox.objectsNow().contains("/small-")); // keys are listed in this form
    QVERIFY(!sandbox.objectsNow().contains("/big-"));
    const CliOutcome history = runCli(folder.path(), environment,
                                      {QStringLiteral("history"), QStringLiteral("--json"),
                                       QStringLiteral("--profile"), QStringLiteral("profile")});
    QCOMPARE(history.objects().size(), 1);
}

void TestCliInterrupt::anInterruptBeforeTheFirstFile()
{
    const QTemporaryDir folder;
    SandboxProcess sandbox;
    QVERIFY(sandbox.start({},
                          R"({"rules": [{"operation": "GetChatappUploadAuthorization",
                                         "ordinal": "always", "fault": "stall"}]})"));
    QVERIFY(writeFile(folder.filePath(QStringLiteral("a")), "x"));
    CliProcess process(folder.path(), cliEnvironment(folder.path(), &sandbox));
    process.start({QStringLiteral("put"), QStringLiteral("--json"), QStringLiteral("--space"),
                   sandbox.space(), QStringLiteral("--endpoint"), sandbox.endpoint(),
                   QStringLiteral("a")});
    QVERIFY(process.waitForOutput("\"queued\""));
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    const CliOutcome run = process.outcome();
    QVERIFY2(run.exitCode == 130, run.err.constData());
}

void TestCliInterrupt::itSaysHowToGoOn()
{
    const QTemporaryDir folder;
    SandboxProcess sandbox;
    QVERIFY(sandbox.start(
        {}, R"({"rules": [{"operation": "PutObject", "ordinal": 1, "fault": "stall"}]})"));
    QVERIFY(writeFile(folder.filePath(QStringLiteral("a.png")), "x"));
    const QString profile = QStringLiteral("it's mine");
    CliProcess process(folder.path(), cliEnvironment(folder.path(), &sandbox));
    process.start({QStringLiteral("put"), QStringLiteral("--space"), sandbox.space(),
                   QStringLiteral("--endpoint"), sandbox.endpoint(), QStringLiteral("--profile"),
                   profile, QStringLiteral("a.png")});
    QVERIFY(process.waitForOutput("sending"));
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    const CliOutcome run = process.outcome();
    QCOMPARE(run.exitCode, 130);
    const QByteArray hint = "chatapp-upload resume --profile 'it'\\''s mine'";
    QVERIFY2(run.out.contains(hint + '\n'), run.out.constData());

    // As it is said, so it goes.
    CliProcess shell(folder.path(), cliEnvironment(folder.path(), &sandbox));
    shell.startShell(QString::fromUtf8(hint).replace(QLatin1String("chatapp-upload"),
                                                     QLatin1String("\"$CLI\"")));
    const CliOutcome resumed = shell.outcome();
    QVERIFY2(resumed.exitCode == 0, resumed.err.constData());
    QCOMPARE(sandbox.objectsNow().count("/a-"), 1);
}

//! The first one cannot get its commit through, as on a disk that hangs.
void TestCliInterrupt::theSecondOneLeavesAtOnce()
{
    const QTemporaryDir folder;
    SandboxProcess sandbox;
    QVERIFY(sandbox.start(
        {}, R"({"rules": [{"operation": "PutObject", "ordinal": 1, "fault": "stall"}]})"));
    QVERIFY(writeFile(folder.filePath(QStringLiteral("a.png")), "x"));
    const QProcessEnvironment environment = cliEnvironment(folder.path(), &sandbox);
    CliProcess process(folder.path(), environment);
    process.start({QStringLiteral("put"), QStringLiteral("--space"), sandbox.space(),
                   QStringLiteral("--endpoint"), sandbox.endpoint(), QStringLiteral("--profile"),
                   QStringLiteral("profile"), QStringLiteral("a.png")});
    QVERIFY(process.waitForOutput("sending"));
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("holder"));
        database.setDatabaseName(folder.filePath(QStringLiteral("profile/data/uploads.sqlite")));
        QVERIFY(database.open());
        QVERIFY(QSqlQuery(database).exec(QStringLiteral("BEGIN IMMEDIATE")));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        QVERIFY(process.waitForOutput("Interrupted"));
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        const CliOutcome run = process.outcome();
        QCOMPARE(run.exitCode, 130);
        QVERIFY2(timer.elapsed() < 4000, "less than the patience with a locked database");
        QVERIFY(!run.out.contains("resume"));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("holder"));

    const QStringList profile{QStringLiteral("--json"), QStringLiteral("--profile"),
                              QStringLiteral("profile")};
    const CliOutcome list =
        runCli(folder.path(), environment, QStringList{QStringLiteral("list")} + profile);
    QCOMPARE(list.objects().size(), 1);
    const CliOutcome resumed =
        runCli(folder.path(), environment, QStringList{QStringLiteral("resume")} + profile);
    QVERIFY2(resumed.exitCode == 0, resumed.err.constData());
    QCOMPARE(sandbox.objectsNow().count("/a-"), 1);
}

QTEST_GUILESS_MAIN(TestCliInterrupt)
#include "tst_cliinterrupt.moc"
