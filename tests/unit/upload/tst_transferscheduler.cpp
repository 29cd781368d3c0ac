// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/transferscheduler.h"

#include <QtTest/QtTest>

using namespace ChatApp;

namespace {

constexpr qint64 largeAbove = 1000;

} // namespace

class TestTransferScheduler : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsBudgetAndOrder();
    void releasedBeforeItsTurn();
    void queuedTwiceRunsOnce();
    void goesByPosition();
    void aMovedOneGoesAtItsNewPlace();
    void withoutSlotsNothingGoes();
    void largeOnesLeaveRoomForSmallOnes();
    void cancellingManyIsQuick();
};

void TestTransferScheduler::keepsBudgetAndOrder()
{
    TransferScheduler scheduler(2, largeAbove);
    for (int i = 1; i <= 4; ++i)
        scheduler.enqueue({UploadId{i}});
    QCOMPARE(scheduler.next()->value, 1);
    QCOMPARE(scheduler.next()->value, 2);
    QVERIFY(!scheduler.next());
    QCOMPARE(scheduler.running(), 2);
    scheduler.release(UploadId{1});
    QCOMPARE(scheduler.next()->value, 3);
    QVERIFY(!scheduler.next());
}

void TestTransferScheduler::releasedBeforeItsTurn()
{
    TransferScheduler scheduler(1, largeAbove);
    for (int i = 1; i <= 3; ++i)
        scheduler.enqueue({UploadId{i}});
    scheduler.release(UploadId{1});
    QCOMPARE(scheduler.queued(), 2);
    QCOMPARE(scheduler.next()->value, 2);
    scheduler.release(UploadId{2});
    scheduler.release(UploadId{3});
    QVERIFY(!scheduler.next());
    QCOMPARE(scheduler.queued(), 0);
}

void TestTransferScheduler::queuedTwiceRunsOnce()
{
    TransferScheduler scheduler(5, largeAbove);
    scheduler.enqueue({UploadId{1}});
    scheduler.enqueue({UploadId{1}});
    scheduler.release(UploadId{1});
    scheduler.enqueue({UploadId{1}});
    QCOMPARE(scheduler.next()->value, 1);
    scheduler.enqueue({UploadId{1}});
    QVERIFY(!scheduler.next());
    scheduler.release(UploadId{1});
    scheduler.enqueue({UploadId{1}});
    QCOMPARE(scheduler.next()->value, 1);
}

void TestTransferScheduler::goesByPosition()
{
    TransferScheduler scheduler(9, largeAbove);
    scheduler.enqueue({UploadId{1}, 30});
    scheduler.enqueue({UploadId{3}, 20});
    scheduler.enqueue({UploadId{2}, 20});
    scheduler.enqueue({UploadId{4}, -5});
    for (const int expected : {4, 2, 3, 1})
        QCOMPARE(scheduler.next()->value, expected);
}

void TestTransferScheduler::aMovedOneGoesAtItsNewPlace()
{
    TransferScheduler scheduler(2, largeAbove);
    for (int i = 1; i <= 4; ++i)
        scheduler.enqueue({UploadId{i}, i * 10});
    QCOMPARE(scheduler.next()->value, 1);
    scheduler.move({UploadId{4}, 15});
    scheduler.move({UploadId{2}, 50});
    scheduler.move({UploadId{1}, 100}); // runs
    scheduler.move({UploadId{9}, 1}); // unknown
    QCOMPARE(scheduler.queued(), 3);
    QCOMPARE(scheduler.next()->value, 4);
    scheduler.release(UploadId{1});
    QCOMPARE(scheduler.next()->value, 3);
    scheduler.release(UploadId{2});
    scheduler.release(UploadId{3});
    QVERIFY(!scheduler.next());
}

void TestTransferScheduler::withoutSlotsNothingGoes()
{
    TransferScheduler scheduler(0, largeAbove);
    scheduler.enqueue({UploadId{1}, 1});
    QVERIFY(!scheduler.next());
    QCOMPARE(scheduler.queued(), 1);
}

void TestTransferScheduler::largeOnesLeaveRoomForSmallOnes()
{
    TransferScheduler scheduler(4, largeAbove);
    for (int i = 1; i <= 6; ++i)
        scheduler.enqueue({UploadId{i}, i, largeAbove + 1});
    for (int i = 7; i <= 9; ++i)
        scheduler.enqueue({UploadId{i}, i, largeAbove});
    QList<qint64> began;
    while (const auto id = scheduler.next())
        began.append(id->value);
    QCOMPARE(began, (QList<qint64>{1, 2, 7, 8}));
    scheduler.release(UploadId{7});
    QCOMPARE(scheduler.next()->value, 9);
    scheduler.release(UploadId{8});
    scheduler.release(UploadId{9});
    QCOMPARE(scheduler.next()->value, 3);
    QVERIFY2(scheduler.next()->value == 4, "with no small one waiting all slots are theirs");
}

void TestTransferScheduler::cancellingManyIsQuick()
{
    // Quadratic work on this many would take minutes, and the test's time limit notices.
    TransferScheduler scheduler(1, largeAbove);
    constexpr int many = 500'000;
    for (int i = 1; i <= many; ++i)
        scheduler.enqueue({UploadId{i}});
    for (int i = many; i >= 1; --i)
        scheduler.release(UploadId{i});
    QVERIFY(!scheduler.next());
}

QTEST_APPLESS_MAIN(TestTransferScheduler)
#include "tst_transferscheduler.moc"
