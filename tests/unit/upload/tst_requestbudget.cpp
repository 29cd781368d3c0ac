// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/requestbudget.h"

#include <QtTest/QtTest>

#include <map>

using namespace ChatApp;
using namespace std::chrono_literals;

namespace {

QStringList names(std::initializer_list<const char*> list)
{
    QStringList made;
    for (const char* name : list)
        made.append(QLatin1String(name));
    return made;
}

} // namespace

class TestRequestBudget : public QObject {
    Q_OBJECT
private:
    //! Asks, and notes the name when it is granted.
    void ask(const QString& name, const QByteArray& host, const QString& account = {})
    {
        m_tickets[name] = m_budget->ask({host, account}, [this, name] { m_granted.append(name); });
    }

    SystemClock m_clock;
    std::unique_ptr<RequestBudget> m_budget;
    std::map<QString, RequestBudget::Ticket> m_tickets;
    QStringList m_granted;

private Q_SLOTS:
    void init()
    {
        m_tickets.clear();
        m_granted.clear();
        m_budget = std::make_unique<RequestBudget>(3, 2, m_clock);
    }

    void grantsInTurnAndLater()
    {
        for (const char* name : {"a", "b", "c", "d", "e"})
            ask(QLatin1String(name), name);
        QVERIFY2(m_granted.isEmpty(), "never from within");
        QTRY_COMPARE(m_granted, (names({"a", "b", "c"})));
        QCOMPARE(m_budget->inFlight(), 3);
        m_tickets.erase(QStringLiteral("b"));
        QTRY_COMPARE(m_granted, (names({"a", "b", "c", "d"})));
        QCOMPARE(m_budget->inFlight(), 3);
    }

    void aFullHostDoesNotHoldUpOthers()
    {
        ask(QStringLiteral("a1"), "a");
        ask(QStringLiteral("a2"), "a");
        ask(QStringLiteral("a3"), "a");
        ask(QStringLiteral("b1"), "b");
        QTRY_COMPARE(m_granted, (names({"a1", "a2", "b1"})));
        m_tickets.erase(QStringLiteral("a1"));
        QTRY_COMPARE(m_granted, (names({"a1", "a2", "b1", "a3"})));
    }

    void whoLeftIsNotTold()
    {
        ask(QStringLiteral("a"), "a");
        ask(QStringLiteral("b"), "b");
        m_tickets.erase(QStringLiteral("a"));
        QTRY_COMPARE(m_granted, names({"b"}));
        QCOMPARE(m_budget->inFlight(), 1);
    }

    //! One that is granted may give back, or ask again, while the others are being told.
    void aTurnMayBeGivenBackAtOnce()
    {
        m_tickets[QStringLiteral("a")] = m_budget->ask({"a", {}}, [this] {
            m_granted.append(QStringLiteral("a"));
            m_tickets.erase(QStringLiteral("b"));
            ask(QStringLiteral("c"), "c");
        });
        ask(QStringLiteral("b"), "b");
        QTRY_COMPARE(m_granted, (names({"a", "c"})));
        QCOMPARE(m_budget->inFlight(), 2);
    }

    void throttlingHoldsBackItsAccountOnly()
    {
        QElapsedTimer timer;
        timer.start();
        m_budget->holdBack(QStringLiteral("slow"), 300ms);
        m_budget->holdBack(QStringLiteral("slow"), 10ms); // the longer one counts
        ask(QStringLiteral("s"), "a", QStringLiteral("slow"));
        ask(QStringLiteral("q"), "a", QStringLiteral("quick"));
        QTRY_COMPARE(m_granted, names({"q"}));
        QTRY_COMPARE(m_granted, (names({"q", "s"})));
        QVERIFY(timer.elapsed() >= 300);
    }

    void ticketsMayOutliveTheBudget()
    {
        ask(QStringLiteral("a"), "a");
        QTRY_COMPARE(m_granted.size(), 1);
        m_budget.reset();
        m_tickets.clear();
    }
};

QTEST_GUILESS_MAIN(TestRequestBudget)
#include "tst_requestbudget.moc"
