// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "faultrun.h"

#include <QtTest/QtTest>

using namespace ChatApp;

Q_DECLARE_METATYPE(ChatApp::FaultCell)

//! A slice of the fault matrix that is quick: the rest is tst_faultmatrix.
class TestFaultSlice : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstOccurrence_data();
    void firstOccurrence();
};

void TestFaultSlice::firstOccurrence_data()
{
    // A stall takes its time: it is tried where files are sent and finished.
    static const QList<FaultScenario> stalled{FaultScenario::Put, FaultScenario::Part,
                                              FaultScenario::Complete};
    QTest::addColumn<FaultCell>("cell");
    for (const FaultScenario scenario : allFaultScenarios()) {
        QStringList faults{QStringLiteral("503"), QStringLiteral("commit-then-close")};
        if (stalled.contains(scenario))
            faults.append(QStringLiteral("stall"));
        for (const FaultCell& cell : faultCells(scenario, {Occurrence::First})) {
            if (faults.contains(cell.fault.name))
                QTest::newRow(qPrintable(cell.name())) << cell;
        }
    }
}

void TestFaultSlice::firstOccurrence()
{
    QFETCH(FaultCell, cell);
    const QString problem = FaultRun(cell).problem();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

QTEST_GUILESS_MAIN(TestFaultSlice)
#include "tst_faultslice.moc"
