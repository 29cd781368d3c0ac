// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/uploadmachine.h"

namespace ChatApp {

namespace {

// How often the last commit is tried again before the user is told that it could not be written.
constexpr int maxStoreAttempts = 5;

//! The parts on the server cannot serve a later attempt: they are to be dropped.
bool makesPartsUseless(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled:
    case ErrorKind::FileChanged:
    case ErrorKind::FileTooLarge:
    case ErrorKind::ChecksumMismatch:
    case ErrorKind::PermissionDenied:
    case ErrorKind::BucketMissing:
    case ErrorKind::ObjectExists:
    case ErrorKind::UploadMissing:
    case ErrorKind::Rejected:
        return true;
    default:
        return false;
    }
}

} // namespace

UploadMachine::UploadMachine(UploadRecord record, RetryPolicy policy, MultipartLimits limits)
    : m_record(std::move(record))
    , m_policy(policy)
    , m_limits(limits)
{
    const bool atRest = m_record.state == UploadState::Staged
        || m_record.state == UploadState::Queued || m_record.state == UploadState::Cancelling
        || isEnded(m_record.state);
    if (!atRest)
        m_record.state = UploadState::Paused;
}

std::vector<AnyUploadAction> UploadMachine::handle(const AnyUploadEvent& event,
                                                   const QDateTime& now, double jitter)
{
    m_now = now;
    m_jitter = jitter;
    m_actions.clear();
    std::visit([this](const auto& specific) { on(specific); }, event);
    return std::move(m_actions);
}

bool UploadMachine::takes(Await what, int attempt)
{
    if (m_await != what || !isCurrent(attempt))
        return false;
    m_await = Await::Nothing;
    return true;
}

bool UploadMachine::isRunning() const
{
    switch (m_record.state) {
    case UploadState::Checking:
    case UploadState::Authorizing:
    case UploadState::Putting:
    case UploadState::Initiating:
    case UploadState::Reconciling:
    case UploadState::SendingParts:
    case UploadState::Completing:
    case UploadState::Verifying:
        return true;
    default:
        return false;
    }
}

void UploadMachine::show(UploadState state)
{
    // A cancel that waits for an answer goes on being one, whatever is done on the way.
    m_record.state = m_wish == Wish::Cancel ? UploadState::Cancelling : state;
}

void UploadMachine::store(StoreFor purpose)
{
    m_storeFor = purpose;
    m_await = Await::Nothing;
    act(UploadAction::Store{++m_attempt, m_record});
}

// What people ask for

void UploadMachine::on(const UploadEvent::StartRequested&)
{
    if (m_record.state != UploadState::Staged && m_record.state != UploadState::Paused)
        return;
    m_record.state = UploadState::Queued;
    m_failures = 0;
    store(StoreFor::Queue);
}

void UploadMachine::on(const UploadEvent::RetryRequested&)
{
    if (m_record.state != UploadState::Failed && m_record.state != UploadState::Cancelled)
        return;
    m_record.state = UploadState::Queued;
    m_record.error.reset();
    m_record.endedAt = {};
    m_record.requestId.clear();
    m_record.url.clear();
    m_record.identity.inode = 0; // the file is taken as it is now
    m_freshKeyUsed = false;
    m_restarted = false;
    m_failures = 0;
    store(StoreFor::Queue);
}

void UploadMachine::on(const UploadEvent::PauseRequested&)
{
    const bool held =
        m_record.state == UploadState::Queued || m_record.state == UploadState::Waiting;
    if ((!isRunning() && !held) || isEnding())
        return;
    // An upload id that is on its way would be lost, and the server's upload with it.
    if (m_await == Await::Initiate)
        m_wish = Wish::Pause;
    else
        hold();
}

void UploadMachine::hold()
{
    act(UploadAction::AbortAll{});
    m_ledger.recallAll();
    m_cooling = false;
    m_wish = Wish::None;
    m_waitingFor.reset();
    m_waitingUntil = {};
    m_record.state = UploadState::Paused;
    store(StoreFor::Hold);
}

void UploadMachine::on(const UploadEvent::CancelRequested&)
{
    if (isEnded(m_record.state) || m_record.state == UploadState::Cancelling || isEnding())
        return;
    if (m_await == Await::Initiate || m_await == Await::Complete) {
        // The answer tells what there is to drop; nothing is dropped while it is being completed.
        m_wish = Wish::Cancel;
        m_record.state = UploadState::Cancelling;
        return;
    }
    act(UploadAction::AbortAll{});
    m_ledger.recallAll();
    m_cooling = false;
    m_record.state = UploadState::Cancelling;
    if (m_record.uploadId.isEmpty())
        cancelNow();
    else
        store(StoreFor::Cancel);
}

void UploadMachine::cancelNow()
{
    finish(UploadState::Cancelled, Error{.kind = ErrorKind::Cancelled});
}

void UploadMachine::on(const UploadEvent::StopRequested&)
{
    const bool held =
        m_record.state == UploadState::Queued || m_record.state == UploadState::Waiting;
    const bool cancelling = m_record.state == UploadState::Cancelling;
    if ((!isRunning() && !held && !cancelling) || isEnding())
        return;
    if (!cancelling || m_wish == Wish::Cancel) {
        hold();
        return;
    }
    act(UploadAction::AbortAll{});
    if (m_step == Step::Abort && m_ended.state == UploadState::Failed)
        storeEnd();
    else
        store(StoreFor::Hold); // goes on cancelling when the program runs again
}

void UploadMachine::on(const UploadEvent::SlotGranted&)
{
    if (m_storeFor != StoreFor::Nothing || m_await != Await::Nothing)
        return;
    if (m_record.state == UploadState::Cancelling) {
        cancelNow();
        return;
    }
    if (m_record.state != UploadState::Queued)
        return;
    if (!m_record.startedAt.isValid())
        m_record.startedAt = m_now;
    check();
}

// The store's answers

void UploadMachine::on(const UploadEvent::Stored& event)
{
    if (!isCurrent(event.attempt))
        return;
    const StoreFor purpose = m_storeFor;
    switch (purpose) {
    case StoreFor::Nothing:
        break;
    case StoreFor::Queue:
        queueStored(event.result);
        break;
    case StoreFor::Rename:
        m_storeFor = StoreFor::Nothing;
        if (event.result)
            check();
        else
            finish(UploadState::Failed, event.result.error());
        break;
    case StoreFor::Hold:
        // If this failed the row still says Queued or the like, which the next process takes as
        // Paused: nothing is lost.
        m_storeFor = StoreFor::Nothing;
        act(UploadAction::Rest{});
        break;
    case StoreFor::MultipartId:
    case StoreFor::Complete:
    case StoreFor::Cancel:
        m_storeFor = StoreFor::Nothing;
        multipartStored(purpose, event.result);
        break;
    case StoreFor::End:
        endStored(event.result);
        break;
    }
}

void UploadMachine::queueStored(const Result<void>& result)
{
    m_storeFor = StoreFor::Nothing;
    if (result)
        return;
    // Nothing was sent and the row is as it was: say so, without another write.
    m_record.state = UploadState::Failed;
    m_record.error = result.error();
    m_record.endedAt = m_now;
    act(UploadAction::Rest{});
}

void UploadMachine::endStored(const Result<void>& result)
{
    if (!result && m_ended.state == UploadState::Done && ++m_storeFailures < maxStoreAttempts) {
        // The object is there and verified, only its row is not: success is shown after that.
        ask(Await::Timer,
            UploadAction::StartTimer{.delay = m_policy.backoff.delay(m_storeFailures, m_jitter)});
        return;
    }
    m_storeFor = StoreFor::Nothing;
    m_record = m_ended;
    if (!result && m_record.state == UploadState::Done) {
        // The row in the store is still a queued one: started again it finds its object.
        m_record.state = UploadState::Failed;
        m_record.error = result.error();
    }
    act(UploadAction::Rest{});
}

// The file, and the place where it goes

void UploadMachine::check()
{
    m_record.state = UploadState::Checking;
    ask(Await::File, UploadAction::CheckFile{});
}

void UploadMachine::on(const UploadEvent::FileChecked& event)
{
    if (!takes(Await::File, event.attempt))
        return;
    if (!event.facts) {
        finish(UploadState::Failed, event.facts.error());
        return;
    }
    const bool otherSize = m_record.identity.size != event.facts->identity.size;
    if (!m_record.identity.isKnown()) {
        m_record.crc64.reset();
        m_record.identity = event.facts->identity;
        m_record.contentType = event.facts->contentType;
    } else if (m_record.identity != event.facts->identity) {
        finish(UploadState::Failed,
               Error{.kind = ErrorKind::FileChanged,
                     .message = m_record.path + QStringLiteral(": changed since it was added")});
        return;
    }
    if (m_record.uploadId.isEmpty())
        begin();
    else if (otherSize)
        drop(AfterDrop::Restart);
    else
        ask(Await::Parts, UploadAction::LoadParts{});
}

void UploadMachine::begin()
{
    if (goesInParts())
        authorize(m_record.uploadId.isEmpty() ? Step::Initiate : Step::Reconcile);
    else if (m_record.identity.size > maxPutSize)
        finish(UploadState::Failed, Error{.kind = ErrorKind::FileTooLarge});
    else
        authorize(Step::Put);
}

void UploadMachine::authorize(Step step)
{
    m_step = step;
    m_waitingFor.reset();
    m_waitingUntil = {};
    if (step == Step::Complete)
        show(UploadState::Completing);
    else if (step != Step::Abort)
        show(UploadState::Authorizing);
    ask(Await::Authorization, UploadAction::Authorize{});
}

void UploadMachine::on(const UploadEvent::Authorized& event)
{
    if (!takes(Await::Authorization, event.attempt))
        return;
    if (event.place)
        proceed(*event.place);
    else if (m_step == Step::Abort)
        dropFailed(event.place.error());
    else if (event.place.error().kind == ErrorKind::TokenRejected)
        // A token that CAMS refuses is the caller's own, from the environment: no call renews it.
        finish(UploadState::Failed, event.place.error());
    else
        recover(event.place.error(), m_step);
}

void UploadMachine::proceed(const UploadEvent::Place& place)
{
    switch (m_step) {
    case Step::Put:
        settleAt(place);
        sendPut();
        break;
    case Step::Initiate:
        settleAt(place);
        initiate(place);
        break;
    case Step::Reconcile:
        listParts(place);
        break;
    case Step::Complete:
        m_record.state = UploadState::Completing;
        ask(Await::Complete, UploadAction::SendComplete{.parts = m_ledger.acknowledged()});
        break;
    case Step::Verify:
        verify();
        break;
    case Step::Abort:
        ask(Await::Abort, UploadAction::SendAbort{});
        break;
    case Step::Parts:
        break; // parts take their authorization one by one
    }
}

QString UploadMachine::keyAt(const UploadEvent::Place& place) const
{
    return place.dir.isEmpty() ? m_record.objectName
                               : place.dir + QLatin1Char('/') + m_record.objectName;
}

void UploadMachine::settleAt(const UploadEvent::Place& place)
{
    m_record.bucket = place.bucket;
    m_record.key = keyAt(place);
}

// One PUT

void UploadMachine::sendPut()
{
    m_step = Step::Put;
    m_record.state = UploadState::Putting;
    ask(Await::Put, UploadAction::SendPut{});
}

void UploadMachine::on(const UploadEvent::PutAnswered& event)
{
    if (!takes(Await::Put, event.attempt))
        return;
    if (event.fileError) {
        finish(UploadState::Failed, event.fileError);
        return;
    }
    if (event.bodyCrc64)
        m_record.crc64 = event.bodyCrc64;
    m_record.requestId = event.requestId;
    m_record.url = event.url;
    m_lastError = event.error;

    if (!event.error) {
        if (event.serverCrc64 && event.bodyCrc64 && *event.serverCrc64 == *event.bodyCrc64) {
            finish(UploadState::Done, std::nullopt);
        } else {
            if (event.serverCrc64)
                m_lastError = mismatchError();
            verify();
        }
        return;
    }
    if (event.error->kind == ErrorKind::ObjectExists || event.outcomeUnknown)
        verify();
    else
        recover(*event.error, Step::Put);
}

// Errors, and the end

void UploadMachine::recover(const Error& error, Step step)
{
    if (m_wish == Wish::Cancel) {
        cancelNow();
        return;
    }
    if (error.kind == ErrorKind::Offline) { // waiting, not a failure
        wait(error, step);
        return;
    }
    // A conflict whose object turned out not to be there is worth another try.
    const bool conflict = step != Step::Verify && error.kind == ErrorKind::ObjectExists;
    const bool permanent = retryClass(error.kind) == RetryClass::Permanent && !conflict;
    if (permanent || ++m_failures >= m_policy.maxAttempts) {
        finish(UploadState::Failed, error);
        return;
    }
    wait(error, step);
}

void UploadMachine::wait(const Error& error, Step step)
{
    m_step = step;
    m_waitingFor = error;
    // A new token is worth a try at once; only one that is refused again waits.
    const bool immediately =
        retryClass(error.kind) == RetryClass::RefreshCredentials && m_failures == 1;
    const int count = error.kind == ErrorKind::Offline ? ++m_offlineWaits : m_failures;
    const std::chrono::milliseconds delay =
        immediately ? std::chrono::milliseconds{0} : delayAfter(error, count);
    m_record.state = UploadState::Waiting;
    m_waitingUntil = m_now.addMSecs(delay.count());
    ask(Await::Timer, UploadAction::StartTimer{.delay = delay});
}

std::chrono::milliseconds UploadMachine::delayAfter(const Error& error, int failures) const
{
    return m_policy.backoff.delay(failures - 1, m_jitter,
                                  error.retryAfter.value_or(std::chrono::milliseconds{0}));
}

void UploadMachine::on(const UploadEvent::TimerFired& event)
{
    if (!takes(Await::Timer, event.attempt))
        return;
    if (isEnding())
        act(UploadAction::Store{++m_attempt, m_ended});
    else
        goOn();
}

void UploadMachine::on(const UploadEvent::NetworkReturned&)
{
    const bool waits = m_await == Await::Timer && m_waitingFor && !isEnding();
    if (!waits || retryClass(m_waitingFor->kind) != RetryClass::Transient
        || m_waitingFor->httpStatus != 0)
        return;
    m_await = Await::Nothing;
    m_offlineWaits = 0;
    goOn();
}

//! After a wait.
void UploadMachine::goOn()
{
    if (m_cooling) {
        m_cooling = false;
        sendParts();
    } else {
        authorize(m_step);
    }
}

void UploadMachine::finish(UploadState state, std::optional<Error> error)
{
    stopParts();
    m_wish = Wish::None;
    m_ended = m_record;
    m_ended.state = state;
    m_ended.endedAt = m_now;
    m_ended.link = LinkState::Unchecked;
    if (state != UploadState::Done)
        m_ended.url.clear();
    m_waitingFor.reset();
    m_waitingUntil = {};
    const bool drops =
        !m_record.uploadId.isEmpty() && state != UploadState::Done && makesPartsUseless(*error);
    m_ended.error = std::move(error);
    if (drops) {
        m_record.state = UploadState::Cancelling;
        drop(AfterDrop::End);
        return;
    }
    if (state == UploadState::Done) {
        m_ended.uploadId.clear();
        m_ended.partSize = 0;
    }
    storeEnd();
}

void UploadMachine::storeEnd()
{
    m_storeFailures = 0;
    m_storeFor = StoreFor::End;
    m_await = Await::Nothing;
    act(UploadAction::Store{++m_attempt, m_ended});
}

} // namespace ChatApp
