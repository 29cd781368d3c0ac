// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/interruptwatcher.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

using namespace ChatApp;

class TestInterruptWatcher : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void signalsArrive_data();
    void signalsArrive();
    void aSecondOneEndsTheProcess();
};

void TestInterruptWatcher::signalsArrive_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void TestInterruptWatcher::signalsArrive()
{
    QFETCH(int, number);
    const InterruptWatcher watcher;
    QSignalSpy spy(&watcher, &InterruptWatcher::interrupted);
    QCOMPARE(std::raise(number), 0);
    QTRY_COMPARE(spy.size(), 1);
}

void TestInterruptWatcher::aSecondOneEndsTheProcess()
{
    const pid_t child = ::fork();
    if (child == 0) {
        const InterruptWatcher watcher;
        std::raise(SIGINT);
        std::raise(SIGINT);
        ::_exit(0);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 130);
}

QTEST_GUILESS_MAIN(TestInterruptWatcher)
#include "tst_interruptwatcher.moc"
