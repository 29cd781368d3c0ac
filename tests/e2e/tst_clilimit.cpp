// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "processes.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace ChatApp;

class TestCliLimit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void putKeepsTheLimit();
    void noRateIsUsage();
};

void TestCliLimit::putKeepsTheLimit()
{
    const QTemporaryDir folder;
    QVERIFY(writeFile(folder.filePath(QStringLiteral("a")), QByteArray(200 * 1024, 'a')));
    QVERIFY(writeFile(folder.filePath(QStringLiteral("b")), QByteArray(100 * 1024, 'b')));
    QElapsedTimer timer;
    timer.start();
    const CliOutcome run =
        runCli(folder.path(), cliEnvironment(folder.path()),
               {QStringLiteral("put"), QStringLiteral("--sandbox"), QStringLiteral("--json"),
                QStringLiteral("--limit"), QStringLiteral("200K"), QStringLiteral("a"),
                QStringLiteral("b")});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.events("finished").size(), 2);
    QVERIFY2(timer.elapsed() >= 1400, qPrintable(QString::number(timer.elapsed())));
}

void TestCliLimit::noRateIsUsage()
{
    const QTemporaryDir folder;
    QVERIFY(writeFile(folder.filePath(QStringLiteral("a")), "x"));
    const CliOutcome run =
        runCli(folder.path(), cliEnvironment(folder.path()),
               {QStringLiteral("put"), QStringLiteral("--sandbox"), QStringLiteral("--limit"),
                QStringLiteral("2MB"), QStringLiteral("a")});
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.err.contains("\"2MB\""), run.err.constData());
}

QTEST_GUILESS_MAIN(TestCliLimit)
#include "tst_clilimit.moc"
