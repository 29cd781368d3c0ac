// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "faultrun.h"

#include <QtTest/QtTest>

using namespace ChatApp;

Q_DECLARE_METATYPE(ChatApp::FaultCell)

//! Every operation, every fault of the sandbox's plan, at every request: each upload ends all the
//! same, verified or with the fault's name, after a bounded number of attempts.
class TestEndlessFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void every_data();
    void every();
    void cleanupTestCase() { qInfo("%d cells were right", m_played); }

private:
    int m_played = 0;
};

void TestEndlessFaults::every_data()
{
    QTest::addColumn<FaultCell>("cell");
    for (const FaultScenario scenario : allFaultScenarios()) {
        for (const FaultCell& cell : faultCells(scenario, {Occurrence::Every}))
            QTest::newRow(qPrintable(cell.name())) << cell;
    }
}

void TestEndlessFaults::every()
{
    QFETCH(FaultCell, cell);
    const QString problem = FaultRun(cell).problem();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    ++m_played;
}

QTEST_GUILESS_MAIN(TestEndlessFaults)
#include "tst_endlessfaults.moc"
