// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "processes.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QLockFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace ChatApp;

//! What takes as long as the program is patient.
class TestCliPatience : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void throttledToTheEnd();
    void aHolderThatTakesNothing();
};

void TestCliPatience::throttledToTheEnd()
{
    const QTemporaryDir folder;
    SandboxProcess sandbox;
    QVERIFY(sandbox.start({},
                          R"({"rules": [{"operation": "GetChatappUploadAuthorization",
                                         "ordinal": "always", "fault": "throttle"}]})"));
    QVERIFY(writeFile(folder.filePath(QStringLiteral("a")), "x"));
    CliProcess process(folder.path(), cliEnvironment(folder.path(), &sandbox));
    process.start({QStringLiteral("put"), QStringLiteral("--json"), QStringLiteral("--wait"),
                   QStringLiteral("0"), QStringLiteral("--space"), sandbox.space(),
                   QStringLiteral("--endpoint"), sandbox.endpoint(), QStringLiteral("a")});
    QVERIFY(process.waitForOutput("\"failed\"") || process.waitForOutput("\"failed\""));
    const CliOutcome run = process.outcome();
    QCOMPARE(run.exitCode, 4);
    QCOMPARE(run.events("failed").first().value(QLatin1String("kind")).toString(),
             QStringLiteral("throttled"));
}

//! As a practice run does, or a program of an older version.
void TestCliPatience::aHolderThatTakesNothing()
{
    const QTemporaryDir folder;
    QVERIFY(writeFile(folder.filePath(QStringLiteral("a")), "x"));
    SandboxProcess sandbox;
    QVERIFY(sandbox.start());
    QLockFile lock(folder.filePath(QStringLiteral("profile/state/profile.lock")));
    QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("profile/state")));
    QVERIFY(lock.tryLock());
    const CliOutcome run =
        runCli(folder.path(), cliEnvironment(folder.path(), &sandbox),
               {QStringLiteral("put"), QStringLiteral("--json"), QStringLiteral("--enqueue"),
                QStringLiteral("--profile"), QStringLiteral("profile"), QStringLiteral("--space"),
                sandbox.space(), QStringLiteral("a")});
    QCOMPARE(run.exitCode, 5);
    QVERIFY2(run.err.contains(QByteArray::number(QCoreApplication::applicationPid())),
             run.err.constData());
}

QTEST_GUILESS_MAIN(TestCliPatience)
#include "tst_clipatience.moc"
