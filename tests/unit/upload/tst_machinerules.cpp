// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "machinedriver.h"

#include <QtCore/QRandomGenerator>

#include <map>
#include <set>

using namespace ChatApp;

//! The design's rules over every state and every event, and over random sequences of events.
class TestMachineRules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cancelInEveryState_data();
    void cancelInEveryState();
    void pauseInEveryState_data();
    void pauseInEveryState();
    void interruptedStatesArePaused_data();
    void interruptedStatesArePaused();
    void everyStateEveryEvent();
    void randomSequencesKeepTheRules();
};

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
    case UploadState::Initiating:
        d = Driver(stagedRecord(bigFile));
        d.runToPut();
        break;
    case UploadState::Reconciling:
        d = Driver(interruptedRecord());
        d.queue();
        d.feed(UploadEvent::SlotGranted{});
        d.feed(UploadEvent::FileChecked{d.attempt, FileFacts{bigFile, {}}});
        d.feed(UploadEvent::PartsLoaded{d.attempt, QList<UploadPart>()});
        d.authorized();
        break;
    case UploadState::SendingParts:
        d = Driver(stagedRecord(bigFile));
        d.runToParts();
        d.grantAll();
        break;
    case UploadState::Completing:
        d = Driver(stagedRecord(bigFile));
        d.runToComplete();
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
    UploadState::Staged,      UploadState::Queued,       UploadState::Checking,
    UploadState::Authorizing, UploadState::Putting,      UploadState::Initiating,
    UploadState::Reconciling, UploadState::SendingParts, UploadState::Completing,
    UploadState::Verifying,   UploadState::Waiting,      UploadState::Paused,
    UploadState::Cancelling,  UploadState::Done,         UploadState::Failed,
    UploadState::Cancelled};

} // namespace

void TestMachineRules::cancelInEveryState_data()
{
    QTest::addColumn<UploadState>("state");
    for (const UploadState state : reachable)
        QTest::newRow(qPrintable(uploadStateName(state))) << state;
}

void TestMachineRules::cancelInEveryState()
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
    if (state == UploadState::Initiating) {
        QVERIFY2(d.actions.empty(), "the id that is on its way names what there is to drop");
        d.initiated({});
    } else if (state == UploadState::Completing) {
        QVERIFY2(d.actions.empty(), "nothing is dropped while it is being completed");
        d.completed(failure(ErrorKind::ServiceUnavailable, 503));
    } else if (state != UploadState::Cancelling) {
        QVERIFY(d.asked<UploadAction::AbortAll>());
    }
    if (!d.machine.record().uploadId.isEmpty()) {
        if (d.asked<UploadAction::Store>())
            d.storedOk();
        d.authorized();
        QVERIFY(d.asked<UploadAction::SendAbort>());
        d.aborted();
        QVERIFY(d.stored.uploadId.isEmpty());
    }
    d.storedOk();
    QCOMPARE(d.state(), UploadState::Cancelled);
    QVERIFY(d.asked<UploadAction::Rest>());
}

void TestMachineRules::pauseInEveryState_data()
{
    cancelInEveryState_data();
}

void TestMachineRules::pauseInEveryState()
{
    QFETCH(UploadState, state);
    Driver d = driverIn(state);
    d.feed(UploadEvent::PauseRequested{});
    if (state == UploadState::Initiating) {
        QCOMPARE(d.state(), state);
        d.initiated({});
        QCOMPARE(d.stored.uploadId, QStringLiteral("upload-1"));
    }
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

void TestMachineRules::interruptedStatesArePaused_data()
{
    QTest::addColumn<UploadState>("state");
    QTest::addColumn<UploadState>("taken");
    for (const UploadState state : reachable) {
        const bool kept = state == UploadState::Staged || state == UploadState::Queued
            || state == UploadState::Cancelling || isEnded(state);
        QTest::newRow(qPrintable(uploadStateName(state)))
            << state << (kept ? state : UploadState::Paused);
    }
}

void TestMachineRules::interruptedStatesArePaused()
{
    QFETCH(UploadState, state);
    QFETCH(UploadState, taken);
    UploadRecord record = stagedRecord();
    record.state = state;
    QCOMPARE(Driver(record).state(), taken);
}

namespace {

UploadPart serverPart(int number)
{
    const MultipartPlan plan(bigFile.size, 4 * mebibyte);
    return {
        .number = number, .size = plan.size(number), .etag = QByteArrayLiteral("E"), .crc64 = 0};
}

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
        StopRequested{},
        NetworkReturned{},
        ObjectNamed{QStringLiteral("a-new.png")},
        TimerFired{attempt},
        PartsLoaded{attempt, QList<UploadPart>()},
        PartsLoaded{attempt, failure(ErrorKind::StoreFailed)},
        Initiated{.attempt = attempt, .error = {}, .uploadId = QStringLiteral("upload-9")},
        PartsListed{attempt, QList<UploadPart>{serverPart(1), serverPart(3)}},
        SlicesHashed{attempt, QList<SliceDigest>{{QByteArrayLiteral("E"), goodCrc}}},
        SlicesHashed{attempt, failure(ErrorKind::FileChanged)},
        PartSlotGranted{},
        Completed{.attempt = attempt,
                  .error = {},
                  .outcomeUnknown = false,
                  .serverCrc64 = goodCrc,
                  .requestId = {},
                  .url = {}},
        UploadAborted{.attempt = attempt, .error = {}}};
    for (const ErrorKind kind : allErrorKinds()) {
        events.push_back(Authorized{attempt, failure(kind)});
        events.push_back(Initiated{.attempt = attempt, .error = failure(kind), .uploadId = {}});
        events.push_back(PartsListed{attempt, failure(kind)});
        events.push_back(UploadAborted{.attempt = attempt, .error = failure(kind)});
        for (const int number : {1, 2}) {
            events.push_back(PartAnswered{.attempt = number,
                                          .number = number,
                                          .error = failure(kind),
                                          .fileError = {},
                                          .bodyCrc64 = goodCrc,
                                          .serverCrc64 = {},
                                          .etag = {}});
        }
        for (const bool unknown : {false, true}) {
            events.push_back(Completed{.attempt = attempt,
                                       .error = failure(kind),
                                       .outcomeUnknown = unknown,
                                       .serverCrc64 = {},
                                       .requestId = {},
                                       .url = {}});
        }
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
    // Attempts are few, and the list of events for each of them is long.
    static std::map<int, std::vector<AnyUploadEvent>> known;
    auto at = known.find(attempt);
    if (at == known.end())
        at = known.emplace(attempt, eventsOf(attempt)).first;
    const std::vector<AnyUploadEvent>& events = at->second;
    return events[static_cast<size_t>(random.bounded(static_cast<int>(events.size())))];
}

//! What one upload may have outstanding: counted from its actions.
int waitedFor(const std::vector<AnyUploadAction>& actions)
{
    int count = 0;
    for (const AnyUploadAction& action : actions) {
        count += std::holds_alternative<UploadAction::AbortAll>(action)
                || std::holds_alternative<UploadAction::SendPart>(action)
                || std::holds_alternative<UploadAction::JournalPart>(action)
                || std::holds_alternative<UploadAction::RememberMultipartDenied>(action)
                || std::holds_alternative<UploadAction::Rest>(action)
            ? 0
            : 1;
    }
    return count;
}

} // namespace

namespace {

bool isUnderWay(UploadState state)
{
    return !isEnded(state) && state != UploadState::Staged && state != UploadState::Queued
        && state != UploadState::Paused && state != UploadState::Cancelling;
}

} // namespace

void TestMachineRules::everyStateEveryEvent()
{
    int cells = 0;
    for (const UploadState state : reachable) {
        const Driver brought = driverIn(state);
        const int current = brought.attempt;
        for (const int attempt : {current, current - 1, current + 1}) {
            for (const AnyUploadEvent& event : eventsOf(attempt)) {
                Driver d = brought;
                d.feed(event);
                ++cells;
                QVERIFY2(waitedFor(d.actions) <= 1, "one thing at a time");
                // An upload that runs always waits for something, else it would hang for ever.
                if (isUnderWay(d.state()) && state != d.state())
                    QVERIFY(waitedFor(d.actions) == 1 || d.machine.wantsPart());
                // Rule 8.
                Driver again = brought;
                again.feed(event);
                QCOMPARE(again.actions.size(), d.actions.size());
                QCOMPARE(again.state(), d.state());
            }
        }
    }
    QVERIFY(cells > 5000);
}

namespace {

void answerParts(Driver& d, QRandomGenerator& random)
{
    d.grantAll();
    for (const int number : {1, 2, 3}) {
        d.partAnswered(number,
                       random.bounded(4) ? std::nullopt
                                         : std::optional(failure(ErrorKind::ConnectionLost)));
    }
    if (random.bounded(2))
        d.timer();
}

void completeOrNot(Driver& d, QRandomGenerator& random)
{
    d.storedOk();
    d.authorized();
    d.completed(random.bounded(2) ? std::nullopt : std::optional(failure(ErrorKind::Timeout)),
                random.bounded(2) == 0);
}

} // namespace

void TestMachineRules::randomSequencesKeepTheRules()
{
    QRandomGenerator random(20261124);
    std::set<UploadState> ends;
    for (int run = 0; run < 3000; ++run) {
        Driver d(stagedRecord(run % 2 == 0 ? someFile : bigFile));
        d.feed(UploadEvent::StartRequested{});
        qint64 confirmed = 0;
        QString uploadId;
        for (int step = 0; step < 60; ++step) {
            const UploadState before = d.state();
            // Mostly answers that fit; now and then a person who changes their mind.
            if (random.bounded(4) == 0)
                d.feed(anyEvent(d.attempt, random));
            else if (before == UploadState::Queued)
                d.feed(random.bounded(2) ? AnyUploadEvent(UploadEvent::SlotGranted{})
                                         : AnyUploadEvent(UploadEvent::Stored{d.attempt, {}}));
            else if (before == UploadState::Checking)
                d.feed(random.bounded(2) ? AnyUploadEvent(UploadEvent::FileChecked{
                           d.attempt, FileFacts{d.machine.record().identity, {}}})
                                         : AnyUploadEvent(UploadEvent::PartsLoaded{
                                             d.attempt, QList<UploadPart>()}));
            else if (before == UploadState::Authorizing)
                d.authorized();
            else if (before == UploadState::Putting)
                d.putAnswered(random.bounded(2) ? std::nullopt
                                                : std::optional(failure(ErrorKind::Timeout)),
                              random.bounded(2) == 0);
            else if (before == UploadState::Waiting)
                d.timer();
            else if (before == UploadState::Initiating)
                d.initiated(random.bounded(3) ? std::nullopt
                                              : std::optional(failure(ErrorKind::Timeout)));
            else if (before == UploadState::SendingParts)
                answerParts(d, random);
            else if (before == UploadState::Completing)
                completeOrNot(d, random);
            else
                d.feed(UploadEvent::Stored{d.attempt, {}});
            QVERIFY(waitedFor(d.actions) <= 1);
            // Rule 6: bytes confirmed only fall on a restart.
            const bool again = d.machine.record().uploadId != uploadId
                || before == UploadState::Reconciling || d.state() == UploadState::Queued;
            QVERIFY(again || d.machine.record().bytesConfirmed >= confirmed);
            confirmed = d.machine.record().bytesConfirmed;
            uploadId = d.machine.record().uploadId;
            // Rule 7: whatever happens, attempts are bounded between two starts.
            QVERIFY(d.puts <= 60);
            if (isEnded(d.state()))
                ends.insert(d.state());
        }
    }
    QCOMPARE(ends.size(), 3);
}

QTEST_APPLESS_MAIN(TestMachineRules)
#include "tst_machinerules.moc"
