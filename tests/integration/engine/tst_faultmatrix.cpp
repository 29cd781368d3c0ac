// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "faultrun.h"

#include <QtTest/QtTest>

using namespace ChatApp;

Q_DECLARE_METATYPE(ChatApp::FaultCell)

namespace {

const QList<Occurrence> occurrences{Occurrence::First, Occurrence::Middle, Occurrence::Last};

}

//! Every operation, every fault of the sandbox's plan, the first, middle and last occurrence: the
//! outcome is right, and the server and the store agree on it.
class TestFaultMatrix : public QObject {
    Q_OBJECT
private:
    static void rows(FaultScenario scenario)
    {
        QTest::addColumn<FaultCell>("cell");
        for (const FaultCell& cell : faultCells(scenario, occurrences))
            QTest::newRow(qPrintable(cell.name())) << cell;
    }
    void play()
    {
        QFETCH(FaultCell, cell);
        const QString problem = FaultRun(cell).problem();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        ++m_played;
    }

    int m_played = 0;

private Q_SLOTS:
    void everyFaultIsInIt();
    void authorization_data() { rows(FaultScenario::Authorization); }
    void authorization() { play(); }
    void renewal_data() { rows(FaultScenario::Renewal); }
    void renewal() { play(); }
    void put_data() { rows(FaultScenario::Put); }
    void put() { play(); }
    void head_data() { rows(FaultScenario::Head); }
    void head() { play(); }
    void probe_data() { rows(FaultScenario::Probe); }
    void probe() { play(); }
    void initiate_data() { rows(FaultScenario::Initiate); }
    void initiate() { play(); }
    void part_data() { rows(FaultScenario::Part); }
    void part() { play(); }
    void list_data() { rows(FaultScenario::List); }
    void list() { play(); }
    void complete_data() { rows(FaultScenario::Complete); }
    void complete() { play(); }
    void abort_data() { rows(FaultScenario::Abort); }
    void abort() { play(); }
    void cleanupTestCase();
};

void TestFaultMatrix::everyFaultIsInIt()
{
    qsizetype cells = 0;
    QSet<QString> names;
    for (const FaultScenario scenario : allFaultScenarios()) {
        QSet<int> types;
        for (const FaultCell& cell : faultCells(scenario, occurrences)) {
            ++cells;
            names.insert(cell.name());
            types.insert(static_cast<int>(cell.fault.fault.type));
        }
        // DenyAcl is the one that no request of the client meets.
        for (int type = 0; type <= static_cast<int>(SandboxFault::Type::ErrorIn200); ++type) {
            QCOMPARE(types.contains(type), type != static_cast<int>(SandboxFault::Type::DenyAcl));
        }
    }
    QCOMPARE(names.size(), cells);
    QVERIFY2(cells >= 800, qPrintable(QString::number(cells)));
    qInfo("the matrix has %d cells", static_cast<int>(cells));
}

void TestFaultMatrix::cleanupTestCase()
{
    qInfo("%d cells were right", m_played);
}

QTEST_GUILESS_MAIN(TestFaultMatrix)
#include "tst_faultmatrix.moc"
