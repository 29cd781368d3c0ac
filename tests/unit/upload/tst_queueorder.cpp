// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/queueorder.h"

#include <QtCore/QHash>
#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

using namespace ChatApp;

namespace {

//! A QueueOrder, and whoever knows the places.
class List {
public:
    void add(qint64 id, qint64 position)
    {
        m_places.insert(UploadId{id}, {UploadId{id}, position});
        m_order.insert(m_places.value(UploadId{id}));
    }
    void append(qint64 id) { add(id, m_order.reserve()); }
    void remove(qint64 id) { m_order.remove(m_places.take(UploadId{id})); }

    //! Gives how many places changed.
    qsizetype move(const QList<qint64>& ids, qint64 before)
    {
        QList<QueuePlace> moved;
        for (const qint64 id : ids)
            moved.append(m_places.value(UploadId{id}));
        const QList<QueuePlace> changed = m_order.move(
            moved, before == 0 ? std::nullopt : std::optional(m_places.value(UploadId{before})));
        for (const QueuePlace& place : changed)
            m_places.insert(place.id, place);
        return changed.size();
    }

    QList<qint64> ids() const
    {
        QList<qint64> ids;
        for (const UploadId& id : m_order.ids())
            ids.append(id.value);
        return ids;
    }

    //! As the store would sort them.
    QList<qint64> idsByPlaces() const
    {
        QList<QueuePlace> places = m_places.values();
        std::sort(places.begin(), places.end(), [](const QueuePlace& a, const QueuePlace& b) {
            return std::pair(a.position, a.id.value) < std::pair(b.position, b.id.value);
        });
        QList<qint64> ids;
        for (const QueuePlace& place : places)
            ids.append(place.id.value);
        return ids;
    }

private:
    QueueOrder m_order;
    QHash<UploadId, QueuePlace> m_places;
};

List listOf(int count)
{
    List list;
    for (int i = 1; i <= count; ++i)
        list.append(i);
    return list;
}

using Ids = QList<qint64>;

} // namespace

class TestQueueOrder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void moves_data();
    void moves();
    void newOnesGoBehindMovedOnes();
    void rowsWithoutRoomAreSpread();
    void theSameGapAgainAndAgain();
    void randomMovesAgreeWithAPlainList();
};

void TestQueueOrder::moves_data()
{
    QTest::addColumn<Ids>("ids");
    QTest::addColumn<qint64>("before");
    QTest::addColumn<Ids>("expected");
    const auto row = [](const char* name, const Ids& ids, qint64 before, const Ids& expected) {
        QTest::newRow(name) << ids << before << expected;
    };
    row("to the front", {4}, 1, {4, 1, 2, 3, 5});
    row("to the end", {2}, 0, {1, 3, 4, 5, 2});
    row("into the middle", {5}, 3, {1, 2, 5, 3, 4});
    row("several, in the order given", {5, 1}, 3, {2, 5, 1, 3, 4});
    row("several to the end", {3, 1}, 0, {2, 4, 5, 3, 1});
    row("all", {5, 4, 3, 2, 1}, 0, {5, 4, 3, 2, 1});
    row("before itself", {3}, 3, {1, 2, 3, 4, 5});
    row("before one of them", {1, 3}, 3, {2, 1, 3, 4, 5});
    row("before the last of them", {5, 2}, 5, {1, 3, 4, 5, 2});
    row("named twice", {4, 4}, 1, {4, 1, 2, 3, 5});
    row("nothing", {}, 1, {1, 2, 3, 4, 5});
}

void TestQueueOrder::moves()
{
    QFETCH(Ids, ids);
    QFETCH(qint64, before);
    QFETCH(Ids, expected);
    List list = listOf(5);
    list.move(ids, before);
    QCOMPARE(list.ids(), expected);
    QCOMPARE(list.idsByPlaces(), expected);
}

void TestQueueOrder::newOnesGoBehindMovedOnes()
{
    List list = listOf(2);
    list.move({1}, 0);
    list.append(3);
    QCOMPARE(list.ids(), (Ids{2, 1, 3}));
    list.remove(1);
    list.move({2}, 0);
    QCOMPARE(list.ids(), (Ids{3, 2}));
}

void TestQueueOrder::rowsWithoutRoomAreSpread()
{
    List list;
    for (int i = 1; i <= 4; ++i)
        list.add(i, 0);
    list.move({4}, 2);
    QCOMPARE(list.ids(), (Ids{1, 4, 2, 3}));
    QCOMPARE(list.idsByPlaces(), list.ids());
}

void TestQueueOrder::theSameGapAgainAndAgain()
{
    List list = listOf(2000);
    Ids expected = list.ids();
    qsizetype written = 0;
    for (int i = 0; i < 1000; ++i) {
        const qint64 id = 2000 - i;
        written += list.move({id}, 2);
        expected.removeOne(id);
        expected.insert(expected.indexOf(2), id);
    }
    QCOMPARE(list.ids(), expected);
    QCOMPARE(list.idsByPlaces(), expected);
    QVERIFY2(written < 20'000, qPrintable(QString::number(written)));
}

void TestQueueOrder::randomMovesAgreeWithAPlainList()
{
    QRandomGenerator random(4711);
    List list = listOf(30);
    Ids plain = list.ids();
    for (int i = 0; i < 2000; ++i) {
        Ids moved;
        for (int n = random.bounded(4); n >= 0; --n) {
            const qint64 id = 1 + random.bounded(30);
            if (!moved.contains(id))
                moved.append(id);
        }
        const qint64 before = random.bounded(31);
        list.move(moved, before);

        Ids rest;
        qsizetype at = -1;
        for (const qint64 id : std::as_const(plain)) {
            if (id == before)
                at = rest.size();
            if (!moved.contains(id))
                rest.append(id);
        }
        if (at < 0)
            at = rest.size();
        plain = rest.mid(0, at) + moved + rest.mid(at);
        QCOMPARE(list.ids(), plain);
        QCOMPARE(list.idsByPlaces(), plain);
    }
}

QTEST_APPLESS_MAIN(TestQueueOrder)
#include "tst_queueorder.moc"
