// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/uploadmachine.h"

namespace ChatApp {

namespace {

// How often the last commit is tried again before the user is told that it could not be written.
constexpr int maxStoreAttempts = 5;
// PutObject takes 5 GB (protocol: OSS limits).
constexpr qint64 maxPutSize = 5LL * 1024 * 1024 * 1024;

Error mismatchError()
{
    return Error{.kind = ErrorKind::ChecksumMismatch,
                 .message = QStringLiteral("the object's CRC64 differs from the file's")};
}

Error vanishedError()
{
    return Error{.kind = ErrorKind::InvalidAnswer,
                 .message = QStringLiteral("the object is not there after a successful answer")};
}

} // namespace

UploadMachine::UploadMachine(UploadRecord record, RetryPolicy policy)
    : m_record(std::move(record))
    , m_policy(policy)
{
    const bool atRest = m_record.state == UploadState::Staged
        || m_record.state == UploadState::Queued || isEnded(m_record.state);
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

template <typename Action>
void UploadMachine::act(Action action)
{
    m_actions.emplace_back(std::move(action));
}

bool UploadMachine::isRunning() const
{
    switch (m_record.state) {
    case UploadState::Checking:
    case UploadState::Authorizing:
    case UploadState::Putting:
    case UploadState::Verifying:
        return true;
    default:
        return false;
    }
}

void UploadMachine::store(StoreFor purpose)
{
    m_storeFor = purpose;
    act(UploadAction::Store{++m_attempt, m_record});
}

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
    m_failures = 0;
    store(StoreFor::Queue);
}

void UploadMachine::on(const UploadEvent::PauseRequested&)
{
    const bool held =
        m_record.state == UploadState::Queued || m_record.state == UploadState::Waiting;
    if ((!isRunning() && !held) || isEnding())
        return;
    act(UploadAction::AbortAll{});
    m_record.state = UploadState::Paused;
    store(StoreFor::Hold);
}

void UploadMachine::on(const UploadEvent::CancelRequested&)
{
    if (isEnded(m_record.state) || m_record.state == UploadState::Cancelling || isEnding())
        return;
    act(UploadAction::AbortAll{});
    m_record.state = UploadState::Cancelling;
    finish(UploadState::Cancelled, Error{.kind = ErrorKind::Cancelled});
}

void UploadMachine::on(const UploadEvent::SlotGranted&)
{
    if (m_record.state != UploadState::Queued || m_storeFor != StoreFor::Nothing)
        return;
    if (!m_record.startedAt.isValid())
        m_record.startedAt = m_now;
    check();
}

void UploadMachine::check()
{
    m_record.state = UploadState::Checking;
    act(UploadAction::CheckFile{++m_attempt});
}

void UploadMachine::on(const UploadEvent::Stored& event)
{
    if (!isCurrent(event.attempt))
        return;
    switch (m_storeFor) {
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
        act(UploadAction::StartTimer{++m_attempt,
                                     m_policy.backoff.delay(m_storeFailures, m_jitter)});
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

void UploadMachine::on(const UploadEvent::FileChecked& event)
{
    if (!isCurrent(event.attempt) || m_record.state != UploadState::Checking)
        return;
    if (!event.facts) {
        finish(UploadState::Failed, event.facts.error());
        return;
    }
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
    if (m_record.identity.size > maxPutSize) {
        finish(UploadState::Failed, Error{.kind = ErrorKind::FileTooLarge});
        return;
    }
    authorize(Step::Put);
}

void UploadMachine::authorize(Step step)
{
    m_step = step;
    m_waitingFor.reset();
    m_waitingUntil = {};
    m_record.state = UploadState::Authorizing;
    act(UploadAction::Authorize{++m_attempt});
}

void UploadMachine::on(const UploadEvent::Authorized& event)
{
    if (!isCurrent(event.attempt) || m_record.state != UploadState::Authorizing)
        return;
    if (!event.place) {
        // A token that CAMS refuses is the caller's own, from the environment: no call renews it.
        if (event.place.error().kind == ErrorKind::TokenRejected)
            finish(UploadState::Failed, event.place.error());
        else
            recover(event.place.error(), m_step);
        return;
    }
    m_generation = event.place->generation;
    m_record.bucket = event.place->bucket;
    m_record.key = event.place->dir.isEmpty()
        ? m_record.objectName
        : event.place->dir + QLatin1Char('/') + m_record.objectName;
    if (m_step == Step::Verify)
        verify();
    else
        sendPut();
}

void UploadMachine::sendPut()
{
    m_step = Step::Put;
    m_record.state = UploadState::Putting;
    act(UploadAction::SendPut{++m_attempt});
}

void UploadMachine::on(const UploadEvent::PutAnswered& event)
{
    if (!isCurrent(event.attempt) || m_record.state != UploadState::Putting)
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

void UploadMachine::verify()
{
    m_step = Step::Verify;
    m_probing = false;
    m_record.state = UploadState::Verifying;
    // The bytes on the server are compared with the whole file; an answer that came early, or a
    // restart, leaves it unread.
    if (m_record.crc64)
        sendHead();
    else
        act(UploadAction::HashFile{++m_attempt});
}

void UploadMachine::on(const UploadEvent::FileHashed& event)
{
    if (!isCurrent(event.attempt) || m_record.state != UploadState::Verifying)
        return;
    if (!event.crc64) {
        finish(UploadState::Failed, event.crc64.error());
        return;
    }
    m_record.crc64 = event.crc64.value();
    sendHead();
}

void UploadMachine::sendHead()
{
    act(UploadAction::SendHead{++m_attempt});
}

void UploadMachine::on(const UploadEvent::ObjectSeen& event)
{
    if (!isCurrent(event.attempt) || m_record.state != UploadState::Verifying)
        return;
    const bool seen = !event.error && event.serverCrc64.has_value();
    if (seen && *event.serverCrc64 == *m_record.crc64) {
        if (m_record.requestId.isEmpty())
            m_record.requestId = event.requestId;
        m_record.url = event.url;
        finish(UploadState::Done, std::nullopt);
        return;
    }
    if (seen) {
        giveUpKey(mismatchError());
        return;
    }
    if (event.error && event.error->httpStatus == 404
        && event.error->kind != ErrorKind::BucketMissing) {
        recover(m_lastError.value_or(vanishedError()), Step::Put);
        return;
    }
    // Refused, or answered without a checksum: an anonymous reader may be told more.
    const bool refused =
        !event.error || event.error->httpStatus == 403 || event.error->httpStatus == 405;
    const bool tokenRejected =
        event.error && retryClass(event.error->kind) == RetryClass::RefreshCredentials;
    if (!m_probing && refused && !tokenRejected) {
        m_probing = true;
        act(UploadAction::SendProbe{++m_attempt});
    } else if (m_probing && refused) {
        giveUpKey(Error{.kind = ErrorKind::ChecksumMismatch,
                        .message = QStringLiteral("the object cannot be read back to compare it")});
    } else {
        recover(*event.error, Step::Verify);
    }
}

void UploadMachine::giveUpKey(const Error& error)
{
    if (m_freshKeyUsed) {
        finish(UploadState::Failed, error);
        return;
    }
    m_freshKeyUsed = true;
    m_record.crc64.reset();
    act(UploadAction::MakeObjectName{});
}

void UploadMachine::on(const UploadEvent::ObjectNamed& event)
{
    if (m_record.state != UploadState::Verifying || isEnding())
        return;
    m_record.objectName = event.objectName;
    m_record.key.clear();
    m_record.url.clear();
    m_record.state = UploadState::Queued;
    store(StoreFor::Rename);
}

void UploadMachine::recover(const Error& error, Step step)
{
    const RetryClass type = retryClass(error.kind);
    if (type == RetryClass::RefreshCredentials)
        act(UploadAction::InvalidateAuthorization{m_generation});
    const bool absent = step == Step::Put && error.kind == ErrorKind::ObjectExists;
    if ((type == RetryClass::Permanent && !absent) || ++m_failures >= m_policy.maxAttempts) {
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
    const std::chrono::milliseconds delay = immediately
        ? std::chrono::milliseconds{0}
        : m_policy.backoff.delay(m_failures - 1, m_jitter,
                                 error.retryAfter.value_or(std::chrono::milliseconds{0}));
    m_record.state = UploadState::Waiting;
    m_waitingUntil = m_now.addMSecs(delay.count());
    act(UploadAction::StartTimer{++m_attempt, delay});
}

void UploadMachine::on(const UploadEvent::TimerFired& event)
{
    if (!isCurrent(event.attempt))
        return;
    if (isEnding())
        act(UploadAction::Store{++m_attempt, m_ended});
    else if (m_record.state == UploadState::Waiting)
        authorize(m_step);
}

void UploadMachine::finish(UploadState state, std::optional<Error> error)
{
    m_ended = m_record;
    m_ended.state = state;
    m_ended.error = std::move(error);
    m_ended.endedAt = m_now;
    m_ended.link = LinkState::Unchecked;
    if (state != UploadState::Done)
        m_ended.url.clear();
    m_waitingFor.reset();
    m_waitingUntil = {};
    m_storeFailures = 0;
    m_storeFor = StoreFor::End;
    act(UploadAction::Store{++m_attempt, m_ended});
}

} // namespace ChatApp
