// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "processes.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <csignal>

using namespace ChatApp;

class TestCliInterrupt : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void uploadsArePausedAndTheProfileFree_data();
    void uploadsArePausedAndTheProfileFree();
    void anInterruptBeforeTheFirstFile();
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

QTEST_GUILESS_MAIN(TestCliInterrupt)
#include "tst_cliinterrupt.moc"
