// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/crc64.h"
#include "machinedriver.h"

using namespace ChatApp;
using std::chrono::milliseconds;

namespace {

UploadPart part(int number, const QByteArray& etag, quint64 crc = 0)
{
    const MultipartPlan plan(bigFile.size, 4 * mebibyte);
    return {.number = number, .size = plan.size(number), .etag = etag, .crc64 = crc};
}

//! An upload of an earlier run, up to the question which parts the server has.
Driver resumed(const QList<UploadPart>& journal = {}, UploadRecord record = interruptedRecord())
{
    Driver d(std::move(record));
    d.queue();
    d.feed(UploadEvent::SlotGranted{});
    d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{bigFile, {}}});
    d.feed(UploadEvent::PartsLoaded{d.attempt, journal});
    d.authorized();
    return d;
}

//! An upload that failed in the middle of its parts, up to the look at its file.
Driver retried()
{
    UploadRecord record = interruptedRecord();
    record.state = UploadState::Failed;
    record.error = failure(ErrorKind::Timeout);
    record.endedAt = start;
    Driver d(record);
    d.feed(UploadEvent::RetryRequested{});
    d.storedOk();
    d.feed(UploadEvent::SlotGranted{});
    return d;
}

} // namespace

class TestMultipartMachine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wholeUpload();
    void partsAtOnceAreLimited();
    void idIsStoredBeforeAnyPart();
    void idThatCannotBeStoredIsDropped();
    void failedPartIsRepeatedAlone();
    void progressResetsTheCount();
    void partFailuresAreBounded();
    void offlinePartsWait();
    void refusedTokenRepeatsOnlyThatPart();
    void wrongPartChecksumIsRepeated();
    void changedFileDropsTheParts();
    void initiateRefusedBecomesOnePut();
    void knownRefusalIsNotRepeated();
    void unknownCompleteIsLookedUp_data();
    void unknownCompleteIsLookedUp();
    void completeWithoutUpload_data();
    void completeWithoutUpload();
    void wrongWholeChecksumGetsAFreshKey();
    void equalPartsAreKept();
    void listRefusedTakesTheJournal();
    void uploadGoneIsLookedUpThenRestartedOnce();
    void otherFolderRestartsOnce();
    void abortMayBeRefused();
    void transientFailureKeepsThePartsForRetry();
    void stopWhileCancellingGoesOnLater();
    void pauseWaitsForTheUploadId();
    void cancelWhileCompletingIsTruthful();
    void otherSizeOnRetryStartsAgain();
};

void TestMultipartMachine::wholeUpload()
{
    Driver d(stagedRecord(bigFile));
    d.runToComplete();
    QCOMPARE(d.state(), UploadState::Completing);
    QCOMPARE(d.sentParts, (QList<int>{1, 2, 3}));
    QCOMPARE(d.machine.record().bytesConfirmed, bigFile.size);
    const auto size = static_cast<std::uint64_t>(4 * mebibyte);
    std::uint64_t whole = Crc64::combine(goodCrc, goodCrc, size);
    whole = Crc64::combine(whole, goodCrc, static_cast<std::uint64_t>(2 * mebibyte));
    QCOMPARE(d.machine.record().crc64, std::optional<quint64>(whole));
    QCOMPARE(d.stored.state, UploadState::Completing);
    d.completed({});
    QCOMPARE(d.stored.state, UploadState::Done);
    QVERIFY(d.stored.uploadId.isEmpty());
    QVERIFY(d.state() != UploadState::Done);
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Done);
    QCOMPARE(d.machine.record().crc64, std::optional<quint64>(whole));
    QCOMPARE(d.puts, 0);
}

void TestMultipartMachine::partsAtOnceAreLimited()
{
    FileIdentity file = bigFile;
    file.size = 100 * mebibyte;
    Driver d(stagedRecord(file));
    d.runToParts();
    d.grantAll();
    QCOMPARE(d.sentParts, (QList<int>{1, 2, 3, 4}));
    QVERIFY(!d.machine.wantsPart());
    d.partAnswered(2);
    QVERIFY(d.machine.wantsPart());
    d.grantAll();
    QCOMPARE(d.sentParts.last(), 5);
}

void TestMultipartMachine::idIsStoredBeforeAnyPart()
{
    Driver d(stagedRecord(bigFile));
    d.runToPut();
    d.initiated({});
    QVERIFY(!d.machine.wantsPart());
    d.feed(UploadEvent::PartSlotGranted{});
    QVERIFY(d.sentParts.isEmpty());
    QCOMPARE(d.stored.uploadId, QStringLiteral("upload-1"));
    QCOMPARE(d.stored.partSize, 4 * mebibyte);
    d.storedOk();
    QVERIFY(d.machine.wantsPart());
}

void TestMultipartMachine::idThatCannotBeStoredIsDropped()
{
    Driver d(stagedRecord(bigFile));
    d.runToPut();
    d.initiated({});
    d.feed(UploadEvent::Stored{d.attempt, failure(ErrorKind::DiskFull)});
    d.authorized();
    QVERIFY(d.asked<UploadAction::SendAbort>());
    d.aborted();
    QCOMPARE(d.stored.error->kind, ErrorKind::DiskFull);
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Failed);
    QVERIFY(d.sentParts.isEmpty());
}

void TestMultipartMachine::failedPartIsRepeatedAlone()
{
    Driver d(stagedRecord(bigFile));
    d.runToParts();
    d.grantAll();
    d.partAnswered(1);
    d.partAnswered(2, failure(ErrorKind::ConnectionLost));
    QCOMPARE(d.state(), UploadState::SendingParts);
    QVERIFY2(!d.machine.wantsPart(), "it waits a while first");
    d.partAnswered(3);
    QCOMPARE(d.state(), UploadState::Waiting);
    QCOMPARE(d.machine.waitingFor()->kind, ErrorKind::ConnectionLost);
    d.timer();
    QCOMPARE(d.state(), UploadState::SendingParts);
    d.grantAll();
    QCOMPARE(d.sentParts, (QList<int>{1, 2, 3, 2}));
}

void TestMultipartMachine::progressResetsTheCount()
{
    FileIdentity file = bigFile;
    file.size = 100 * mebibyte;
    Driver d(stagedRecord(file));
    d.runToParts();
    for (int number = 1; number <= 10; ++number) {
        d.grantAll();
        d.partAnswered(number, failure(ErrorKind::Timeout));
        d.timer();
        d.grantAll();
        d.partAnswered(number);
        QCOMPARE(d.state(), UploadState::SendingParts);
    }
}

void TestMultipartMachine::partFailuresAreBounded()
{
    Driver d(stagedRecord(bigFile));
    d.runToParts();
    for (int i = 0; i < 10 && d.state() == UploadState::SendingParts; ++i) {
        d.grantAll();
        d.partAnswered(1, failure(ErrorKind::Timeout));
        if (d.state() == UploadState::SendingParts)
            d.timer();
    }
    QCOMPARE(d.stored.state, UploadState::Failed);
    QCOMPARE(d.sentParts.count(1), policy().maxAttempts);
    QVERIFY2(!d.stored.uploadId.isEmpty(), "a retry goes on with the parts that are there");
}

void TestMultipartMachine::offlinePartsWait()
{
    Driver d(stagedRecord(bigFile));
    d.runToParts();
    for (int i = 0; i < 5 * policy().maxAttempts; ++i) {
        d.grantAll();
        for (const int number : {1, 2, 3})
            d.partAnswered(number, failure(ErrorKind::Offline));
        QCOMPARE(d.state(), UploadState::Waiting);
        QCOMPARE(d.machine.waitingFor()->kind, ErrorKind::Offline);
        d.feed(UploadEvent::NetworkReturned{});
        QCOMPARE(d.state(), UploadState::SendingParts);
    }
}

void TestMultipartMachine::refusedTokenRepeatsOnlyThatPart()
{
    Driver d(stagedRecord(bigFile));
    d.runToParts();
    d.grantAll();
    d.partAnswered(2, failure(ErrorKind::TokenRejected, 403));
    QVERIFY2(d.machine.wantsPart(), "at once");
    QVERIFY(!d.asked<UploadAction::AbortAll>());
    d.grantAll();
    QCOMPARE(d.sentParts, (QList<int>{1, 2, 3, 2}));
    d.partAnswered(2, failure(ErrorKind::TokenRejected, 403));
    QVERIFY2(!d.machine.wantsPart(), "refused again: after a while");
}

void TestMultipartMachine::wrongPartChecksumIsRepeated()
{
    Driver d(stagedRecord(bigFile));
    d.runToParts();
    d.grantAll();
    d.partAnswered(1, {}, goodCrc + 1);
    QCOMPARE(d.machine.record().bytesConfirmed, 0);
    d.partAnswered(2, {}, std::nullopt);
    QVERIFY2(d.machine.record().bytesConfirmed > 0, "the whole will tell");
    d.timer();
    d.grantAll();
    QCOMPARE(d.sentParts, (QList<int>{1, 2, 3, 1}));
}

void TestMultipartMachine::changedFileDropsTheParts()
{
    Driver d(stagedRecord(bigFile));
    d.runToParts();
    d.grantAll();
    d.partAnswered(1, failure(ErrorKind::ConnectionLost), {}, failure(ErrorKind::FileChanged));
    QVERIFY(d.asked<UploadAction::AbortAll>());
    d.authorized();
    QVERIFY(d.asked<UploadAction::SendAbort>());
    d.aborted();
    QCOMPARE(d.stored.error->kind, ErrorKind::FileChanged);
    QVERIFY(d.stored.uploadId.isEmpty());
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Failed);
}

void TestMultipartMachine::initiateRefusedBecomesOnePut()
{
    Driver d(stagedRecord(bigFile));
    d.runToPut();
    d.initiated(failure(ErrorKind::PermissionDenied, 403));
    QVERIFY(d.asked<UploadAction::RememberMultipartDenied>());
    QCOMPARE(d.state(), UploadState::Putting);
    d.putAnswered({});
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Done);
    QCOMPARE(d.machine.record().partSize, 0);
}

void TestMultipartMachine::knownRefusalIsNotRepeated()
{
    Driver d(stagedRecord(bigFile));
    d.queue();
    d.feed(UploadEvent::SlotGranted{});
    d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{bigFile, {}}});
    d.authorized(true);
    QVERIFY(!d.asked<UploadAction::SendInitiate>());
    d.authorized(true);
    QCOMPARE(d.state(), UploadState::Putting);
}

void TestMultipartMachine::unknownCompleteIsLookedUp_data()
{
    QTest::addColumn<bool>("arrived");
    QTest::newRow("arrived") << true;
    QTest::newRow("lost") << false;
}

void TestMultipartMachine::unknownCompleteIsLookedUp()
{
    QFETCH(bool, arrived);
    Driver d(stagedRecord(bigFile));
    d.runToComplete();
    d.completed(failure(ErrorKind::Timeout), true);
    QCOMPARE(d.state(), UploadState::Verifying);
    QVERIFY(d.asked<UploadAction::SendHead>());
    if (arrived) {
        d.seen({}, d.machine.record().crc64);
        d.storedOk();
        QCOMPARE(d.state(), UploadState::Done);
        return;
    }
    d.seen(failure(ErrorKind::Rejected, 404), {});
    d.timer();
    d.authorized();
    QVERIFY2(d.asked<UploadAction::SendComplete>(), "the same request again");
    QCOMPARE(d.sentParts.size(), 3);
}

void TestMultipartMachine::completeWithoutUpload_data()
{
    unknownCompleteIsLookedUp_data();
}

void TestMultipartMachine::completeWithoutUpload()
{
    QFETCH(bool, arrived);
    Driver d(stagedRecord(bigFile));
    d.runToComplete();
    d.completed(failure(ErrorKind::UploadMissing, 404));
    QVERIFY(d.asked<UploadAction::SendHead>());
    if (arrived) {
        d.seen({}, d.machine.record().crc64);
        QCOMPARE(d.stored.state, UploadState::Done);
        return;
    }
    d.seen(failure(ErrorKind::Rejected, 404), {});
    d.authorized();
    QVERIFY2(d.asked<UploadAction::SendInitiate>(), "it starts again");
    QCOMPARE(d.machine.record().bytesConfirmed, 0);
}

void TestMultipartMachine::wrongWholeChecksumGetsAFreshKey()
{
    Driver d(stagedRecord(bigFile));
    d.runToComplete();
    d.feed(UploadEvent::Completed{.attempt = d.attempt,
                                  .error = {},
                                  .outcomeUnknown = false,
                                  .serverCrc64 = 1,
                                  .requestId = {},
                                  .url = {}});
    d.seen({}, 1);
    d.authorized();
    QVERIFY2(d.asked<UploadAction::SendAbort>(), "if the upload is still there");
    d.aborted(failure(ErrorKind::UploadMissing, 404));
    QVERIFY(d.asked<UploadAction::MakeObjectName>());
    d.feed(UploadEvent::ObjectNamed{QStringLiteral("a-other.png")});
    QVERIFY(d.stored.uploadId.isEmpty());
    QCOMPARE(d.stored.objectName, QStringLiteral("a-other.png"));
}

void TestMultipartMachine::equalPartsAreKept()
{
    Driver d = resumed({part(1, "AA", 7)});
    QCOMPARE(d.state(), UploadState::Reconciling);
    QVERIFY(d.asked<UploadAction::SendListParts>());
    UploadPart torn = part(3, "CC");
    torn.size = 5;
    d.feed(
        UploadEvent::PartsListed{d.attempt, QList<UploadPart>{part(1, "aa"), part(2, "BB"), torn}});
    const auto* hash = std::get_if<UploadAction::HashSlices>(&d.actions.front());
    QVERIFY(hash != nullptr);
    QCOMPARE(hash->slices, (QList<FileSlice>{{0, 4 * mebibyte}, {4 * mebibyte, 4 * mebibyte}}));
    d.feed(UploadEvent::SlicesHashed{d.attempt, QList<SliceDigest>{{"AA", 7}, {"XX", 8}}});
    QCOMPARE(d.state(), UploadState::SendingParts);
    QCOMPARE(d.machine.record().bytesConfirmed, 4 * mebibyte);
    d.grantAll();
    QCOMPARE(d.sentParts, (QList<int>{2, 3}));
}

void TestMultipartMachine::listRefusedTakesTheJournal()
{
    Driver d = resumed({part(1, "AA", 7), part(3, "CC", 9)});
    d.feed(UploadEvent::PartsListed{d.attempt, failure(ErrorKind::PermissionDenied, 403)});
    d.feed(UploadEvent::SlicesHashed{d.attempt, QList<SliceDigest>{{"AA", 7}, {"CC", 10}}});
    d.grantAll();
    QCOMPARE(d.sentParts, (QList<int>{2, 3}));
    QVERIFY2(!d.asked<UploadAction::JournalPart>(), "it is there already");
}

void TestMultipartMachine::uploadGoneIsLookedUpThenRestartedOnce()
{
    Driver d = resumed();
    d.feed(UploadEvent::PartsListed{d.attempt, failure(ErrorKind::UploadMissing, 404)});
    QVERIFY2(d.asked<UploadAction::SendHead>(), "perhaps it was completed");
    d.seen(failure(ErrorKind::Rejected, 404), {});
    d.authorized();
    QVERIFY(d.asked<UploadAction::SendInitiate>());
    d.initiated({});
    d.storedOk();
    d.grantAll();
    d.partAnswered(1, failure(ErrorKind::UploadMissing, 404));
    QCOMPARE(d.stored.state, UploadState::Failed);
    QCOMPARE(d.initiations, 1);
}

void TestMultipartMachine::otherFolderRestartsOnce()
{
    Driver d(interruptedRecord());
    d.queue();
    d.feed(UploadEvent::SlotGranted{});
    d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{bigFile, {}}});
    d.feed(UploadEvent::PartsLoaded{d.attempt, QList<UploadPart>()});
    d.authorized(false, QStringLiteral("other"));
    QVERIFY(!d.asked<UploadAction::SendListParts>());
    d.authorized(false, QStringLiteral("other"));
    QVERIFY2(d.asked<UploadAction::SendAbort>(), "nothing stays on the server");
    QCOMPARE(d.machine.record().key, QStringLiteral("dir/a-random.png"));
    d.aborted();
    d.authorized(false, QStringLiteral("other"));
    QVERIFY(d.asked<UploadAction::SendInitiate>());
    QCOMPARE(d.machine.record().key, QStringLiteral("other/a-random.png"));
}

void TestMultipartMachine::abortMayBeRefused()
{
    Driver d(stagedRecord(bigFile));
    d.runToParts();
    d.feed(UploadEvent::CancelRequested{});
    QCOMPARE(d.stored.state, UploadState::Cancelling);
    d.storedOk();
    d.authorized();
    d.aborted(failure(ErrorKind::PermissionDenied, 403));
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Cancelled);
}

void TestMultipartMachine::transientFailureKeepsThePartsForRetry()
{
    Driver d = retried();
    d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{bigFile, {}}});
    QVERIFY(d.asked<UploadAction::LoadParts>());
}

void TestMultipartMachine::stopWhileCancellingGoesOnLater()
{
    Driver d(stagedRecord(bigFile));
    d.runToParts();
    d.feed(UploadEvent::CancelRequested{});
    d.storedOk();
    d.authorized();
    d.feed(UploadEvent::StopRequested{});
    d.storedOk();
    QVERIFY(d.asked<UploadAction::Rest>());
    QCOMPARE(d.stored.state, UploadState::Cancelling);
    Driver later(d.stored);
    QCOMPARE(later.state(), UploadState::Cancelling);
    later.feed(UploadEvent::SlotGranted{});
    later.authorized();
    QVERIFY(later.asked<UploadAction::SendAbort>());
    later.aborted();
    later.storedOk();
    QCOMPARE(later.state(), UploadState::Cancelled);
}

void TestMultipartMachine::pauseWaitsForTheUploadId()
{
    Driver d(stagedRecord(bigFile));
    d.runToPut();
    d.feed(UploadEvent::PauseRequested{});
    QVERIFY(d.actions.empty());
    d.initiated({});
    QCOMPARE(d.state(), UploadState::Paused);
    QCOMPARE(d.stored.uploadId, QStringLiteral("upload-1"));
}

void TestMultipartMachine::cancelWhileCompletingIsTruthful()
{
    Driver done(stagedRecord(bigFile));
    done.runToComplete();
    done.feed(UploadEvent::CancelRequested{});
    done.completed({});
    QVERIFY2(done.stored.state == UploadState::Done, "it was too late, and that is said");

    Driver unknown(stagedRecord(bigFile));
    unknown.runToComplete();
    unknown.feed(UploadEvent::CancelRequested{});
    unknown.completed(failure(ErrorKind::Timeout), true);
    QCOMPARE(unknown.state(), UploadState::Cancelling);
    unknown.seen(failure(ErrorKind::Rejected, 404), {});
    unknown.authorized();
    unknown.aborted();
    QCOMPARE(unknown.stored.state, UploadState::Cancelled);
}

void TestMultipartMachine::otherSizeOnRetryStartsAgain()
{
    Driver d = retried();
    FileIdentity other = bigFile;
    other.size = 9 * mebibyte;
    d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{other, {}}});
    d.authorized();
    QVERIFY(d.asked<UploadAction::SendAbort>());
    d.aborted();
    d.authorized();
    QVERIFY(d.asked<UploadAction::SendInitiate>());
}

QTEST_APPLESS_MAIN(TestMultipartMachine)
#include "tst_multipartmachine.moc"
