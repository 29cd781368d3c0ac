// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "machinedriver.h"

using namespace ChatApp;
using std::chrono::milliseconds;

class TestUploadMachine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void plainUpload();
    void keyIsDirAndObjectName();
    void fileErrors_data();
    void fileErrors();
    void changedFileFails();
    void retryTakesTheFileAsItIs();
    void tooLargeForOnePut();
    void transientErrorsAreRepeatedAndBounded();
    void permanentErrorFails();
    void retryAfterIsHonoured();
    void offlineIsWaiting();
    void returnOfTheNetworkWakes();
    void tokenIsRefreshedAtOnce();
    void callersOwnTokenIsNotRefreshed();
    void unknownOutcome_data();
    void unknownOutcome();
    void conflictOnOurOwnKeyIsResolved();
    void earlyConflictHashesTheFile();
    void wrongChecksumIsVerified();
    void missingChecksumIsVerified();
    void differentObjectGetsAFreshKeyOnce();
    void refusedHeadIsProbed();
    void unreadableObjectGetsAFreshKeyOnce();
    void expiredTokenWhileVerifying();
    void lateAnswersChangeNothing();
    void failedCommitOfSuccessIsRepeated();
    void failedCommitOfSuccessIsNamedAtLast();
    void failedQueueingIsNamed();
};

void TestUploadMachine::plainUpload()
{
    Driver d;
    d.feed(UploadEvent::StartRequested{});
    QCOMPARE(d.state(), UploadState::Queued);
    QCOMPARE(d.stored.state, UploadState::Queued);
    QCOMPARE(d.stored.objectName, QStringLiteral("a-random.png"));
    d.feed(UploadEvent::SlotGranted{});
    QVERIFY2(d.actions.empty(), "nothing begins before the row is committed");
    d.storedOk();
    d.feed(UploadEvent::SlotGranted{});
    QCOMPARE(d.state(), UploadState::Checking);
    QVERIFY(d.machine.record().startedAt.isValid());
    d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{someFile, {}}});
    QCOMPARE(d.state(), UploadState::Authorizing);
    d.authorized();
    QCOMPARE(d.state(), UploadState::Putting);
    d.putAnswered({});
    QVERIFY(d.state() != UploadState::Done);
    QCOMPARE(d.stored.state, UploadState::Done);
    QCOMPARE(d.stored.url, QStringLiteral("https://host/dir/a"));
    QCOMPARE(d.stored.crc64, std::optional<quint64>(goodCrc));
    QCOMPARE(d.stored.requestId, QStringLiteral("R1"));
    QVERIFY(d.stored.endedAt.isValid());
    QVERIFY(!d.asked<UploadAction::Rest>());
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Done);
    QVERIFY(d.asked<UploadAction::Rest>());
    QCOMPARE(d.puts, 1);
}

void TestUploadMachine::keyIsDirAndObjectName()
{
    Driver d;
    d.runToPut();
    QCOMPARE(d.machine.record().key, QStringLiteral("dir/a-random.png"));
    QCOMPARE(d.machine.record().bucket, QStringLiteral("bucket"));
}

void TestUploadMachine::fileErrors_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("missing") << ErrorKind::FileMissing;
    QTest::newRow("unreadable") << ErrorKind::FileUnreadable;
}

void TestUploadMachine::fileErrors()
{
    QFETCH(ErrorKind, kind);
    Driver d;
    d.queue();
    d.feed(UploadEvent::SlotGranted{});
    d.feed(UploadEvent::FileChecked{d.attempt, failure(kind)});
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Failed);
    QCOMPARE(d.machine.record().error->kind, kind);
    QCOMPARE(d.puts, 0);
}

void TestUploadMachine::changedFileFails()
{
    Driver d;
    d.queue();
    d.feed(UploadEvent::SlotGranted{});
    FileIdentity other = someFile;
    ++other.mtimeNs;
    d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{other, {}}});
    QCOMPARE(d.stored.error->kind, ErrorKind::FileChanged);

    Driver during;
    during.runToPut();
    during.feed(UploadEvent::PutAnswered{.attempt = during.attempt,
                                         .error = failure(ErrorKind::ConnectionLost),
                                         .outcomeUnknown = true,
                                         .fileError = failure(ErrorKind::FileChanged),
                                         .bodyCrc64 = {},
                                         .serverCrc64 = {},
                                         .requestId = {},
                                         .url = {}});
    QCOMPARE(during.stored.error->kind, ErrorKind::FileChanged);
    QVERIFY(during.stored.url.isEmpty());
}

void TestUploadMachine::retryTakesTheFileAsItIs()
{
    UploadRecord record = stagedRecord();
    record.state = UploadState::Failed;
    record.error = failure(ErrorKind::FileChanged);
    record.crc64 = 1;
    record.endedAt = start;
    Driver d(record);
    d.feed(UploadEvent::RetryRequested{});
    QCOMPARE(d.stored.state, UploadState::Queued);
    QVERIFY(!d.stored.error);
    QVERIFY(!d.stored.endedAt.isValid());
    QCOMPARE(d.stored.objectName, record.objectName);
    d.storedOk();
    d.feed(UploadEvent::SlotGranted{});
    FileIdentity other = someFile;
    other.size = 2000;
    d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{other, QStringLiteral("t/x")}});
    QCOMPARE(d.state(), UploadState::Authorizing);
    QCOMPARE(d.machine.record().identity, other);
    QCOMPARE(d.machine.record().contentType, QStringLiteral("t/x"));
    QVERIFY2(!d.machine.record().crc64, "an old checksum says nothing about a new file");
}

void TestUploadMachine::tooLargeForOnePut()
{
    UploadRecord record = stagedRecord();
    record.identity.size = 5LL * 1024 * 1024 * 1024 + 1;
    Driver d(record);
    d.queue();
    d.feed(UploadEvent::SlotGranted{});
    d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{record.identity, {}}});
    d.authorized(true);
    QCOMPARE(d.stored.error->kind, ErrorKind::FileTooLarge);
    QCOMPARE(d.puts, 0);
}

void TestUploadMachine::transientErrorsAreRepeatedAndBounded()
{
    Driver d;
    d.runToPut();
    for (int i = 1; i < policy().maxAttempts; ++i) {
        d.putAnswered(failure(ErrorKind::ServiceUnavailable, 503));
        QCOMPARE(d.state(), UploadState::Waiting);
        QCOMPARE(d.machine.waitingFor()->kind, ErrorKind::ServiceUnavailable);
        QVERIFY(d.machine.waitingUntil().isValid());
        d.timer();
        QCOMPARE(d.state(), UploadState::Authorizing);
        d.authorized();
    }
    d.putAnswered(failure(ErrorKind::ServiceUnavailable, 503));
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Failed);
    QCOMPARE(d.puts, policy().maxAttempts);
    QCOMPARE(d.machine.record().error->httpStatus, 503);
}

void TestUploadMachine::permanentErrorFails()
{
    Driver d;
    d.queue();
    d.feed(UploadEvent::SlotGranted{});
    d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{someFile, {}}});
    d.feed(UploadEvent::Authorized{d.attempt, failure(ErrorKind::PermissionDenied, 403)});
    QCOMPARE(d.stored.error->kind, ErrorKind::PermissionDenied);
    QCOMPARE(d.puts, 0);
}

void TestUploadMachine::offlineIsWaiting()
{
    Driver d;
    d.runToPut();
    for (int i = 0; i < 5 * policy().maxAttempts; ++i) {
        d.putAnswered(failure(ErrorKind::Offline));
        QCOMPARE(d.state(), UploadState::Waiting);
        QCOMPARE(d.machine.waitingFor()->kind, ErrorKind::Offline);
        d.timer();
        d.authorized();
    }
    d.putAnswered({});
    QCOMPARE(d.stored.state, UploadState::Done);
}

void TestUploadMachine::returnOfTheNetworkWakes()
{
    for (const ErrorKind kind : {ErrorKind::Offline, ErrorKind::Timeout}) {
        Driver d;
        d.runToPut();
        d.putAnswered(failure(kind));
        const int timer = d.attempt;
        d.feed(UploadEvent::NetworkReturned{});
        QCOMPARE(d.state(), UploadState::Authorizing);
        d.feed(UploadEvent::TimerFired{timer});
        QVERIFY2(d.actions.empty(), "the timer that was overtaken means nothing");
    }
    Driver busy;
    busy.runToPut();
    busy.putAnswered(failure(ErrorKind::ServiceUnavailable, 503));
    busy.feed(UploadEvent::NetworkReturned{});
    QVERIFY2(busy.actions.empty(), "a service that is busy is so with any network");
}

void TestUploadMachine::retryAfterIsHonoured()
{
    Driver d;
    d.runToPut();
    Error throttled = failure(ErrorKind::Throttled, 503);
    throttled.retryAfter = milliseconds{7000};
    d.putAnswered(throttled);
    QCOMPARE(d.delay.count(), 7000);
}

void TestUploadMachine::tokenIsRefreshedAtOnce()
{
    Driver d;
    d.runToPut();
    d.putAnswered(failure(ErrorKind::TokenRejected, 403));
    QCOMPARE(d.delay.count(), 0);
    d.timer();
    d.authorized();
    QCOMPARE(d.state(), UploadState::Putting);
    d.putAnswered({});
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Done);
}

void TestUploadMachine::callersOwnTokenIsNotRefreshed()
{
    Driver d;
    d.queue();
    d.feed(UploadEvent::SlotGranted{});
    d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{someFile, {}}});
    d.feed(UploadEvent::Authorized{d.attempt, failure(ErrorKind::TokenRejected, 403)});
    QCOMPARE(d.stored.state, UploadState::Failed);
}

void TestUploadMachine::unknownOutcome_data()
{
    QTest::addColumn<bool>("arrived");
    QTest::newRow("arrived") << true;
    QTest::newRow("lost") << false;
}

void TestUploadMachine::unknownOutcome()
{
    QFETCH(bool, arrived);
    Driver d;
    d.runToPut();
    d.putAnswered(failure(ErrorKind::ConnectionLost), true);
    QCOMPARE(d.state(), UploadState::Verifying);
    QVERIFY(d.asked<UploadAction::SendHead>());
    if (arrived) {
        d.seen({}, goodCrc);
        d.storedOk();
        QCOMPARE(d.state(), UploadState::Done);
        QCOMPARE(d.puts, 1);
    } else {
        d.seen(failure(ErrorKind::Rejected, 404), {});
        QCOMPARE(d.state(), UploadState::Waiting);
        d.timer();
        d.authorized();
        QCOMPARE(d.puts, 2);
        QCOMPARE(d.machine.record().objectName, QStringLiteral("a-random.png"));
    }
}

void TestUploadMachine::conflictOnOurOwnKeyIsResolved()
{
    Driver d;
    d.runToPut();
    d.putAnswered(failure(ErrorKind::ObjectExists, 409));
    QVERIFY(d.asked<UploadAction::SendHead>());
    d.seen({}, goodCrc);
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Done);
}

void TestUploadMachine::earlyConflictHashesTheFile()
{
    Driver d;
    d.runToPut();
    d.putAnswered(failure(ErrorKind::ObjectExists, 409), false, std::nullopt);
    QVERIFY(d.asked<UploadAction::SendHead>());
    d.seen({}, goodCrc);
    QVERIFY2(d.asked<UploadAction::HashFile>(), "the body was not read to its end");
    d.feed(UploadEvent::FileHashed{d.attempt, std::uint64_t{goodCrc}});
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Done);
    QCOMPARE(d.machine.record().crc64, std::optional<quint64>(goodCrc));
}

void TestUploadMachine::wrongChecksumIsVerified()
{
    Driver d;
    d.runToPut();
    d.putAnswered({}, false, goodCrc, goodCrc + 1);
    QVERIFY(d.asked<UploadAction::SendHead>());
    d.seen({}, goodCrc);
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Done);
}

void TestUploadMachine::missingChecksumIsVerified()
{
    Driver d;
    d.runToPut();
    d.putAnswered({}, false, goodCrc, std::nullopt);
    QCOMPARE(d.state(), UploadState::Verifying);
    d.seen(failure(ErrorKind::Rejected, 404), {});
    QCOMPARE(d.state(), UploadState::Waiting);
}

void TestUploadMachine::differentObjectGetsAFreshKeyOnce()
{
    Driver d;
    d.runToPut();
    for (int round = 0; round < 2; ++round) {
        d.putAnswered({}, false, goodCrc, goodCrc + 1);
        d.seen({}, goodCrc + 1);
        if (round == 1)
            break;
        QVERIFY(d.asked<UploadAction::MakeObjectName>());
        d.feed(UploadEvent::ObjectNamed{QStringLiteral("a-other.png")});
        QCOMPARE(d.stored.objectName, QStringLiteral("a-other.png"));
        QVERIFY2(!d.asked<UploadAction::SendPut>(), "the new name is committed first");
        d.storedOk();
        d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{someFile, {}}});
        d.authorized();
        QCOMPARE(d.machine.record().key, QStringLiteral("dir/a-other.png"));
    }
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Failed);
    QCOMPARE(d.machine.record().error->kind, ErrorKind::ChecksumMismatch);
    QCOMPARE(d.puts, 2);
}

void TestUploadMachine::refusedHeadIsProbed()
{
    Driver d;
    d.runToPut();
    d.putAnswered(failure(ErrorKind::Timeout), true);
    d.seen(failure(ErrorKind::PermissionDenied, 403), {});
    QVERIFY(d.asked<UploadAction::SendProbe>());
    d.seen({}, goodCrc);
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Done);
}

void TestUploadMachine::unreadableObjectGetsAFreshKeyOnce()
{
    Driver d;
    d.runToPut();
    d.putAnswered(failure(ErrorKind::Timeout), true);
    d.seen(failure(ErrorKind::PermissionDenied, 403), {});
    d.seen(failure(ErrorKind::Rejected, 403), {});
    QVERIFY(d.asked<UploadAction::MakeObjectName>());
}

void TestUploadMachine::expiredTokenWhileVerifying()
{
    Driver d;
    d.runToPut();
    d.putAnswered(failure(ErrorKind::ConnectionLost), true);
    d.seen(failure(ErrorKind::TokenRejected, 403), {});
    QVERIFY(!d.asked<UploadAction::SendProbe>());
    d.timer();
    d.authorized();
    QVERIFY2(d.asked<UploadAction::SendHead>(), "it goes on where it was");
    QCOMPARE(d.puts, 1);
}

void TestUploadMachine::lateAnswersChangeNothing()
{
    Driver d;
    d.runToPut();
    const int old = d.attempt;
    d.putAnswered(failure(ErrorKind::ServiceUnavailable, 503));
    d.timer();
    d.authorized();
    d.feed(UploadEvent::PutAnswered{.attempt = old,
                                    .error = {},
                                    .outcomeUnknown = false,
                                    .fileError = {},
                                    .bodyCrc64 = goodCrc,
                                    .serverCrc64 = goodCrc,
                                    .requestId = {},
                                    .url = {}});
    QCOMPARE(d.state(), UploadState::Putting);
    QVERIFY(d.actions.empty());
}

void TestUploadMachine::failedCommitOfSuccessIsRepeated()
{
    Driver d;
    d.runToPut();
    d.putAnswered({});
    d.feed(UploadEvent::Stored{d.attempt, failure(ErrorKind::DiskFull)});
    QVERIFY(d.state() != UploadState::Done);
    QVERIFY(d.asked<UploadAction::StartTimer>());
    d.timer();
    QCOMPARE(d.stored.state, UploadState::Done);
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Done);
    QCOMPARE(d.puts, 1);
}

void TestUploadMachine::failedCommitOfSuccessIsNamedAtLast()
{
    Driver d;
    d.runToPut();
    d.putAnswered({});
    for (int i = 0; i < 10 && !isEnded(d.state()); ++i) {
        d.feed(UploadEvent::Stored{d.attempt, failure(ErrorKind::DiskFull)});
        if (d.asked<UploadAction::StartTimer>())
            d.timer();
    }
    QCOMPARE(d.state(), UploadState::Failed);
    QCOMPARE(d.machine.record().error->kind, ErrorKind::DiskFull);
    QVERIFY(d.asked<UploadAction::Rest>());
}

void TestUploadMachine::failedQueueingIsNamed()
{
    Driver d;
    d.feed(UploadEvent::StartRequested{});
    d.feed(UploadEvent::Stored{d.attempt, failure(ErrorKind::DiskFull)});
    QCOMPARE(d.state(), UploadState::Failed);
    QCOMPARE(d.machine.record().error->kind, ErrorKind::DiskFull);
}

QTEST_APPLESS_MAIN(TestUploadMachine)
#include "tst_uploadmachine.moc"
