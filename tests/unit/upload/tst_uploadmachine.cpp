// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/uploadmachine.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

#include <set>

using namespace ChatApp;
using std::chrono::milliseconds;

namespace {

const QDateTime start = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
constexpr std::uint64_t goodCrc = 4711;
const FileIdentity someFile{.device = 1, .inode = 2, .size = 1000, .mtimeNs = 3};

UploadRecord stagedRecord()
{
    UploadRecord record;
    record.id = UploadId{1};
    record.path = QStringLiteral("/files/a.png");
    record.name = QStringLiteral("a.png");
    record.identity = someFile;
    record.objectName = QStringLiteral("a-random.png");
    return record;
}

RetryPolicy policy()
{
    return {.maxAttempts = 4, .backoff = Backoff(milliseconds{100}, milliseconds{1000})};
}

//! Drives a machine, keeps what it asked for, and checks at every step what must always hold.
class Driver {
public:
    explicit Driver(UploadRecord record = stagedRecord()) : machine(std::move(record), policy()) { }

    void feed(const AnyUploadEvent& event)
    {
        const UploadState before = state();
        actions = machine.handle(event, now, 0.5);
        now = now.addMSecs(1);
        for (const AnyUploadAction& action : actions) {
            if (const auto* store = std::get_if<UploadAction::Store>(&action)) {
                attempt = store->attempt;
                stored = store->record;
                if (stored.state == UploadState::Done)
                    doneWasAskedToBeStored = true;
            } else if (const auto* check = std::get_if<UploadAction::CheckFile>(&action)) {
                attempt = check->attempt;
            } else if (const auto* hash = std::get_if<UploadAction::HashFile>(&action)) {
                attempt = hash->attempt;
            } else if (const auto* authorize = std::get_if<UploadAction::Authorize>(&action)) {
                attempt = authorize->attempt;
            } else if (const auto* put = std::get_if<UploadAction::SendPut>(&action)) {
                attempt = put->attempt;
                ++puts;
            } else if (const auto* head = std::get_if<UploadAction::SendHead>(&action)) {
                attempt = head->attempt;
            } else if (const auto* probe = std::get_if<UploadAction::SendProbe>(&action)) {
                attempt = probe->attempt;
            } else if (const auto* timer = std::get_if<UploadAction::StartTimer>(&action)) {
                attempt = timer->attempt;
                delay = timer->delay;
            }
        }
        // Rule 2: no success is shown before its row is committed.
        if (state() == UploadState::Done && before != UploadState::Done) {
            const auto* answer = std::get_if<UploadEvent::Stored>(&event);
            QVERIFY(answer && answer->result);
            QVERIFY(doneWasAskedToBeStored);
        }
        // Rule 5: ended means no request and no timer.
        if (isEnded(before) && before == state())
            QVERIFY(actions.empty());
    }

    UploadState state() const { return machine.record().state; }
    template <typename Action>
    bool asked() const
    {
        return std::any_of(actions.begin(), actions.end(), [](const AnyUploadAction& action) {
            return std::holds_alternative<Action>(action);
        });
    }

    void storedOk() { feed(UploadEvent::Stored{attempt, {}}); }
    void queue()
    {
        feed(UploadEvent::StartRequested{});
        storedOk();
    }
    void runToPut()
    {
        queue();
        feed(UploadEvent::SlotGranted{});
        feed(UploadEvent::FileChecked{attempt, FileFacts{someFile, {}}});
        authorized();
    }
    void authorized(quint64 generation = 1)
    {
        feed(UploadEvent::Authorized{
            attempt,
            UploadEvent::Place{QStringLiteral("bucket"), QStringLiteral("dir"), generation}});
    }
    void putAnswered(std::optional<Error> error, bool unknown = false,
                     std::optional<std::uint64_t> body = goodCrc,
                     std::optional<std::uint64_t> server = goodCrc)
    {
        feed(UploadEvent::PutAnswered{.attempt = attempt,
                                      .error = std::move(error),
                                      .outcomeUnknown = unknown,
                                      .fileError = {},
                                      .bodyCrc64 = body,
                                      .serverCrc64 = server,
                                      .requestId = QStringLiteral("R1"),
                                      .url = QStringLiteral("https://host/dir/a")});
    }
    void seen(std::optional<Error> error, std::optional<std::uint64_t> server)
    {
        feed(UploadEvent::ObjectSeen{.attempt = attempt,
                                     .error = std::move(error),
                                     .serverCrc64 = server,
                                     .requestId = QStringLiteral("R2"),
                                     .url = QStringLiteral("https://host/dir/a")});
    }
    void timer() { feed(UploadEvent::TimerFired{attempt}); }

    UploadMachine machine;
    std::vector<AnyUploadAction> actions;
    UploadRecord stored;
    QDateTime now = start;
    milliseconds delay{};
    int attempt = 0;
    int puts = 0;
    bool doneWasAskedToBeStored = false;
};

Error failure(ErrorKind kind, int status = 0)
{
    return Error{.kind = kind, .httpStatus = status};
}

} // namespace

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
    void cancelInEveryState_data();
    void cancelInEveryState();
    void pauseInEveryState_data();
    void pauseInEveryState();
    void lateAnswersChangeNothing();
    void failedCommitOfSuccessIsRepeated();
    void failedCommitOfSuccessIsNamedAtLast();
    void failedQueueingIsNamed();
    void interruptedStatesArePaused_data();
    void interruptedStatesArePaused();
    void everyStateEveryEvent();
    void randomSequencesKeepTheRules();
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
    QCOMPARE(d.stored.error->kind, ErrorKind::FileTooLarge);
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
    QVERIFY(d.asked<UploadAction::InvalidateAuthorization>());
    QCOMPARE(d.delay.count(), 0);
    d.timer();
    d.authorized(2);
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
    QVERIFY2(d.asked<UploadAction::HashFile>(), "the body was not read to its end");
    QVERIFY(!d.asked<UploadAction::SendHead>());
    d.feed(UploadEvent::FileHashed{d.attempt, std::uint64_t{goodCrc}});
    QVERIFY(d.asked<UploadAction::SendHead>());
    d.seen({}, goodCrc);
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
    QVERIFY(d.asked<UploadAction::InvalidateAuthorization>());
    QVERIFY(!d.asked<UploadAction::SendProbe>());
    d.timer();
    d.authorized(2);
    QVERIFY2(d.asked<UploadAction::SendHead>(), "it goes on where it was");
    QCOMPARE(d.puts, 1);
}

namespace {

//! A machine brought to each of the states that it can be in.
Driver driverIn(UploadState state)
{
    Driver d;
    switch (state) {
    case UploadState::Queued:
        d.queue();
        break;
    case UploadState::Checking:
        d.queue();
        d.feed(UploadEvent::SlotGranted{});
        break;
    case UploadState::Authorizing:
        d.queue();
        d.feed(UploadEvent::SlotGranted{});
        d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{someFile, {}}});
        break;
    case UploadState::Putting:
        d.runToPut();
        break;
    case UploadState::Verifying:
        d.runToPut();
        d.putAnswered(failure(ErrorKind::ConnectionLost), true);
        break;
    case UploadState::Waiting:
        d.runToPut();
        d.putAnswered(failure(ErrorKind::ServiceUnavailable, 503));
        break;
    case UploadState::Paused:
        d.runToPut();
        d.feed(UploadEvent::PauseRequested{});
        d.storedOk();
        break;
    case UploadState::Cancelling:
        d.runToPut();
        d.feed(UploadEvent::CancelRequested{});
        break;
    case UploadState::Done:
        d.runToPut();
        d.putAnswered({});
        d.storedOk();
        break;
    case UploadState::Failed:
        d.runToPut();
        d.putAnswered(failure(ErrorKind::PermissionDenied, 403));
        d.storedOk();
        break;
    case UploadState::Cancelled:
        d.runToPut();
        d.feed(UploadEvent::CancelRequested{});
        d.storedOk();
        break;
    default:
        break;
    }
    return d;
}

const QList<UploadState> reachable{
    UploadState::Staged,      UploadState::Queued,  UploadState::Checking,
    UploadState::Authorizing, UploadState::Putting, UploadState::Verifying,
    UploadState::Waiting,     UploadState::Paused,  UploadState::Cancelling,
    UploadState::Done,        UploadState::Failed,  UploadState::Cancelled};

} // namespace

void TestUploadMachine::cancelInEveryState_data()
{
    QTest::addColumn<UploadState>("state");
    for (const UploadState state : reachable)
        QTest::newRow(qPrintable(uploadStateName(state))) << state;
}

void TestUploadMachine::cancelInEveryState()
{
    QFETCH(UploadState, state);
    Driver d = driverIn(state);
    QCOMPARE(d.state(), state);
    d.feed(UploadEvent::CancelRequested{});
    if (isEnded(state)) {
        QCOMPARE(d.state(), state);
        return;
    }
    QCOMPARE(d.state(), UploadState::Cancelling);
    if (state != UploadState::Cancelling)
        QVERIFY(d.asked<UploadAction::AbortAll>());
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Cancelled);
    QVERIFY(d.asked<UploadAction::Rest>());
}

void TestUploadMachine::pauseInEveryState_data()
{
    cancelInEveryState_data();
}

void TestUploadMachine::pauseInEveryState()
{
    QFETCH(UploadState, state);
    Driver d = driverIn(state);
    d.feed(UploadEvent::PauseRequested{});
    const bool stays = isEnded(state) || state == UploadState::Staged
        || state == UploadState::Paused || state == UploadState::Cancelling;
    QCOMPARE(d.state(), stays ? state : UploadState::Paused);
    if (stays)
        return;
    QVERIFY(d.asked<UploadAction::AbortAll>());
    d.storedOk();
    QVERIFY(d.asked<UploadAction::Rest>());
    d.queue();
    d.feed(UploadEvent::SlotGranted{});
    QCOMPARE(d.state(), UploadState::Checking);
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

void TestUploadMachine::interruptedStatesArePaused_data()
{
    QTest::addColumn<UploadState>("state");
    QTest::addColumn<UploadState>("taken");
    for (const UploadState state : reachable) {
        const bool kept =
            state == UploadState::Staged || state == UploadState::Queued || isEnded(state);
        QTest::newRow(qPrintable(uploadStateName(state)))
            << state << (kept ? state : UploadState::Paused);
    }
}

void TestUploadMachine::interruptedStatesArePaused()
{
    QFETCH(UploadState, state);
    QFETCH(UploadState, taken);
    UploadRecord record = stagedRecord();
    record.state = state;
    QCOMPARE(Driver(record).state(), taken);
}

namespace {

std::vector<AnyUploadEvent> eventsOf(int attempt)
{
    using namespace UploadEvent;
    std::vector<AnyUploadEvent> events{
        StartRequested{},
        PauseRequested{},
        CancelRequested{},
        RetryRequested{},
        SlotGranted{},
        Stored{attempt, {}},
        Stored{attempt, failure(ErrorKind::DiskFull)},
        FileChecked{attempt, FileFacts{someFile, {}}},
        FileChecked{attempt, failure(ErrorKind::FileMissing)},
        FileHashed{attempt, std::uint64_t{goodCrc}},
        FileHashed{attempt, failure(ErrorKind::FileChanged)},
        Authorized{attempt, Place{QStringLiteral("b"), QStringLiteral("d"), 1}},
        ObjectNamed{QStringLiteral("a-new.png")},
        TimerFired{attempt}};
    for (const ErrorKind kind : allErrorKinds()) {
        events.push_back(Authorized{attempt, failure(kind)});
        for (const bool unknown : {false, true}) {
            events.push_back(PutAnswered{.attempt = attempt,
                                         .error = failure(kind),
                                         .outcomeUnknown = unknown,
                                         .fileError = {},
                                         .bodyCrc64 = goodCrc,
                                         .serverCrc64 = {},
                                         .requestId = {},
                                         .url = {}});
        }
        for (const int status : {0, 403, 404, 500}) {
            events.push_back(ObjectSeen{.attempt = attempt,
                                        .error = failure(kind, status),
                                        .serverCrc64 = {},
                                        .requestId = {},
                                        .url = {}});
        }
    }
    for (const auto& server :
         {std::optional<std::uint64_t>{}, std::optional<std::uint64_t>{goodCrc},
          std::optional<std::uint64_t>{goodCrc + 1}}) {
        for (const auto& body :
             {std::optional<std::uint64_t>{}, std::optional<std::uint64_t>{goodCrc}}) {
            events.push_back(PutAnswered{.attempt = attempt,
                                         .error = {},
                                         .outcomeUnknown = false,
                                         .fileError = {},
                                         .bodyCrc64 = body,
                                         .serverCrc64 = server,
                                         .requestId = {},
                                         .url = {}});
        }
        events.push_back(ObjectSeen{
            .attempt = attempt, .error = {}, .serverCrc64 = server, .requestId = {}, .url = {}});
    }
    return events;
}

AnyUploadEvent anyEvent(int attempt, QRandomGenerator& random)
{
    std::vector<AnyUploadEvent> events = eventsOf(attempt);
    return events[static_cast<size_t>(random.bounded(static_cast<int>(events.size())))];
}

//! What one upload may have outstanding: counted from its actions.
int waitedFor(const std::vector<AnyUploadAction>& actions)
{
    int count = 0;
    for (const AnyUploadAction& action : actions) {
        count += std::holds_alternative<UploadAction::AbortAll>(action)
                || std::holds_alternative<UploadAction::InvalidateAuthorization>(action)
                || std::holds_alternative<UploadAction::Rest>(action)
            ? 0
            : 1;
    }
    return count;
}

} // namespace

void TestUploadMachine::everyStateEveryEvent()
{
    int cells = 0;
    for (const UploadState state : reachable) {
        const int current = driverIn(state).attempt;
        for (const int attempt : {current, current - 1, current + 1}) {
            for (const AnyUploadEvent& event : eventsOf(attempt)) {
                Driver d = driverIn(state);
                d.feed(event);
                ++cells;
                QVERIFY2(waitedFor(d.actions) <= 1, "one thing at a time");
                // An upload that runs always waits for something, else it would hang for ever.
                const bool runs = d.state() == UploadState::Checking
                    || d.state() == UploadState::Authorizing || d.state() == UploadState::Putting
                    || d.state() == UploadState::Verifying || d.state() == UploadState::Waiting;
                if (runs && state != d.state())
                    QCOMPARE(waitedFor(d.actions), 1);
                // Rule 8.
                Driver again = driverIn(state);
                again.feed(event);
                QCOMPARE(again.actions.size(), d.actions.size());
                QCOMPARE(again.state(), d.state());
            }
        }
    }
    QVERIFY(cells > 5000);
}

void TestUploadMachine::randomSequencesKeepTheRules()
{
    QRandomGenerator random(20261124);
    std::set<UploadState> ends;
    for (int run = 0; run < 3000; ++run) {
        Driver d;
        d.feed(UploadEvent::StartRequested{});
        for (int step = 0; step < 60; ++step) {
            const UploadState before = d.state();
            // Mostly answers that fit; now and then a person who changes their mind.
            if (random.bounded(4) == 0)
                d.feed(anyEvent(d.attempt, random));
            else if (before == UploadState::Queued)
                d.feed(random.bounded(2) ? AnyUploadEvent(UploadEvent::SlotGranted{})
                                         : AnyUploadEvent(UploadEvent::Stored{d.attempt, {}}));
            else if (before == UploadState::Checking)
                d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{someFile, {}}});
            else if (before == UploadState::Authorizing)
                d.authorized();
            else if (before == UploadState::Putting)
                d.putAnswered(random.bounded(2) ? std::nullopt
                                                : std::optional(failure(ErrorKind::Timeout)),
                              random.bounded(2) == 0);
            else if (before == UploadState::Waiting)
                d.timer();
            else
                d.feed(UploadEvent::Stored{d.attempt, {}});
            QVERIFY(waitedFor(d.actions) <= 1);
            // Rule 7: whatever happens, attempts are bounded between two starts.
            QVERIFY(d.puts <= 60);
            if (isEnded(d.state()))
                ends.insert(d.state());
        }
    }
    QCOMPARE(ends.size(), 3);
}

QTEST_APPLESS_MAIN(TestUploadMachine)
#include "tst_uploadmachine.moc"
