// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/ratemeter.h"
#include "upload/transferprogress.h"

#include <QtTest/QtTest>

using namespace ChatApp;
using std::chrono::milliseconds;
using std::chrono::seconds;

class TestTransferProgress : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rateOverItsWindow();
    void rateIsHiddenAtFirst();
    void totalsCountAnsweredRequests();
    void totalsStartAnewAfterRest();
    void heldUploadsLeaveTheTotals();
    void timeLeftNeedsAFinishedFile();
};

void TestTransferProgress::rateOverItsWindow()
{
    RateMeter meter(seconds{1});
    for (int ms = 0; ms < 3000; ms += 10)
        meter.add(1000, milliseconds{ms});
    QVERIFY(qAbs(meter.rate(milliseconds{3000}) - 100'000) < 6'000);
    QCOMPARE(meter.rate(milliseconds{5000}), 0.0);
}

void TestTransferProgress::rateIsHiddenAtFirst()
{
    RateMeter meter(seconds{10});
    QCOMPARE(meter.rate(milliseconds{0}), 0.0);
    meter.add(1'000'000, milliseconds{0});
    QCOMPARE(meter.rate(milliseconds{100}), 0.0);
    // Before the window is full, the time since the first byte counts.
    QCOMPARE(meter.rate(milliseconds{1000}), 1'000'000.0);
}

void TestTransferProgress::totalsCountAnsweredRequests()
{
    TransferProgress progress;
    progress.staged(3);
    for (int i = 1; i <= 3; ++i) {
        progress.unstaged(1);
        progress.queued(UploadId{i}, 100);
    }
    TransferTotals totals = progress.totals(milliseconds{0}, 0, 0);
    QCOMPARE(totals.files, 3);
    QCOMPARE(totals.bytes, 300);
    QCOMPARE(totals.filesStaged, 0);
    // Bytes under way are not acknowledged ones.
    totals = progress.totals(milliseconds{0}, 250, 3);
    QCOMPARE(totals.bytesAcknowledged, 0);
    progress.ended(UploadId{1}, true, milliseconds{10});
    progress.ended(UploadId{2}, false, milliseconds{10});
    progress.ended(UploadId{2}, false, milliseconds{10});
    totals = progress.totals(milliseconds{0}, 0, 1);
    QCOMPARE(totals.filesDone, 1);
    QCOMPARE(totals.filesFailed, 1);
    QCOMPARE(totals.bytesAcknowledged, 200);
    QVERIFY(totals.bytesAcknowledged <= totals.bytes);
}

void TestTransferProgress::totalsStartAnewAfterRest()
{
    TransferProgress progress;
    progress.queued(UploadId{1}, 100);
    progress.ended(UploadId{1}, true, {});
    QVERIFY(progress.isIdle());
    QCOMPARE(progress.totals({}, 0, 0).files, 1);
    progress.queued(UploadId{2}, 50);
    const TransferTotals totals = progress.totals({}, 0, 1);
    QCOMPARE(totals.files, 1);
    QCOMPARE(totals.bytes, 50);
    QCOMPARE(totals.bytesAcknowledged, 0);
}

void TestTransferProgress::heldUploadsLeaveTheTotals()
{
    TransferProgress progress;
    progress.queued(UploadId{1}, 100);
    progress.queued(UploadId{2}, 100);
    progress.held(UploadId{1});
    QCOMPARE(progress.totals({}, 0, 1).files, 1);
    QCOMPARE(progress.totals({}, 0, 1).bytes, 100);
    progress.queued(UploadId{1}, 100);
    QCOMPARE(progress.totals({}, 0, 1).files, 2);
}

void TestTransferProgress::timeLeftNeedsAFinishedFile()
{
    TransferProgress progress;
    for (int i = 1; i <= 10; ++i)
        progress.queued(UploadId{i}, 1000);
    for (int ms = 0; ms <= 1000; ms += 100)
        progress.moved(100, milliseconds{ms});
    QVERIFY(!progress.totals(milliseconds{1000}, 1000, 1).timeLeft);
    progress.ended(UploadId{1}, true, milliseconds{500});
    const TransferTotals totals = progress.totals(milliseconds{1000}, 0, 1);
    QVERIFY(totals.timeLeft.has_value());
    // 9,000 bytes at 1,100 B/s and nine files at half a second each, one at a time.
    QVERIFY(qAbs(totals.timeLeft->count() - (8181 + 4500)) < 200);
}

QTEST_APPLESS_MAIN(TestTransferProgress)
#include "tst_transferprogress.moc"
