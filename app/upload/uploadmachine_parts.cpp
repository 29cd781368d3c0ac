// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

// The part of the UploadMachine that is about multipart uploads.

#include "upload/uploadmachine.h"

#include <algorithm>

namespace ChatApp {

namespace {

// How often the server is asked to drop an upload before that is left to a later run.
constexpr int maxDropAttempts = 3;

bool isJournalled(const QList<UploadPart>& journal, const UploadPart& part)
{
    const auto at =
        std::lower_bound(journal.begin(), journal.end(), part.number,
                         [](const UploadPart& entry, int number) { return entry.number < number; });
    return at != journal.end() && *at == part;
}

} // namespace

bool UploadMachine::goesInParts() const
{
    return m_record.identity.size > m_limits.threshold && !m_putOnly;
}

bool UploadMachine::wantsPart() const
{
    return m_record.state == UploadState::SendingParts && m_storeFor == StoreFor::Nothing
        && m_await == Await::Nothing && m_ledger.hasMissing()
        && m_ledger.inFlight() < m_limits.partsAtOnce;
}

// The beginning

void UploadMachine::initiate(const UploadEvent::Place& place)
{
    if (place.multipartDenied) {
        m_putOnly = true;
        begin();
        return;
    }
    m_record.partSize =
        MultipartPlan::choosePartSize(m_record.identity.size, m_limits.smallestPart);
    m_record.state = UploadState::Initiating;
    ask(Await::Initiate, UploadAction::SendInitiate{});
}

void UploadMachine::on(const UploadEvent::Initiated& event)
{
    if (!takes(Await::Initiate, event.attempt))
        return;
    if (!event.error) {
        m_failures = 0;
        m_record.uploadId = event.uploadId;
        m_ledger = PartLedger(MultipartPlan(m_record.identity.size, m_record.partSize));
    }
    if (m_wish == Wish::Pause) {
        hold();
    } else if (m_wish == Wish::Cancel) {
        cancelNow();
    } else if (!event.error) {
        store(StoreFor::MultipartId);
    } else if (event.error->kind == ErrorKind::PermissionDenied) {
        multipartDenied(*event.error);
    } else if (event.error->kind == ErrorKind::ObjectExists) {
        m_lastError = event.error;
        verify();
    } else {
        recover(*event.error, Step::Initiate);
    }
}

void UploadMachine::multipartDenied(const Error& error)
{
    m_putOnly = true;
    m_record.partSize = 0;
    if (m_record.identity.size > maxPutSize) {
        finish(UploadState::Failed, error);
        return;
    }
    act(UploadAction::RememberMultipartDenied{});
    sendPut();
}

void UploadMachine::multipartStored(StoreFor purpose, const Result<void>& result)
{
    if (purpose == StoreFor::Cancel) {
        // Cancelled all the same if it could not be written: the next run takes it as paused.
        cancelNow();
    } else if (purpose == StoreFor::MultipartId && !result) {
        // Without its id on disk a part could be sent for nothing.
        m_ended = m_record;
        m_ended.state = UploadState::Failed;
        m_ended.error = result.error();
        m_ended.endedAt = m_now;
        m_record.state = UploadState::Cancelling;
        drop(AfterDrop::End);
    } else if (!result) {
        finish(UploadState::Failed, result.error());
    } else if (purpose == StoreFor::MultipartId) {
        sendParts();
    } else {
        authorize(Step::Complete);
    }
}

// Going on with an upload of an earlier run

void UploadMachine::on(const UploadEvent::PartsLoaded& event)
{
    if (!takes(Await::Parts, event.attempt))
        return;
    // Without its journal the upload still has the server's list.
    m_journal = event.parts ? *event.parts : QList<UploadPart>();
    begin();
}

void UploadMachine::listParts(const UploadEvent::Place& place)
{
    if (m_record.bucket != place.bucket || m_record.key != keyAt(place)) {
        restart(Error{.kind = ErrorKind::UploadMissing,
                      .message = QStringLiteral("the space has another folder now")},
                ServerUpload::MayBeThere);
        return;
    }
    m_record.state = UploadState::Reconciling;
    ask(Await::List, UploadAction::SendListParts{});
}

void UploadMachine::on(const UploadEvent::PartsListed& event)
{
    if (!takes(Await::List, event.attempt))
        return;
    if (event.parts) {
        m_byJournal = false;
        m_candidates = *event.parts;
        hashCandidates();
        return;
    }
    const Error& error = event.parts.error();
    if (error.kind == ErrorKind::PermissionDenied) {
        m_byJournal = true;
        m_candidates = m_journal;
        hashCandidates();
    } else if (error.kind == ErrorKind::UploadMissing) {
        // Completed just before the program ended, or gone.
        m_lastError = error;
        verify();
    } else {
        recover(error, Step::Reconcile);
    }
}

void UploadMachine::hashCandidates()
{
    m_failures = 0;
    const MultipartPlan plan(m_record.identity.size, m_record.partSize);
    m_candidates.removeIf([&plan](const UploadPart& part) {
        return part.size <= 0 || part.size != plan.size(part.number);
    });
    if (m_candidates.isEmpty()) {
        keepParts({});
        return;
    }
    QList<FileSlice> slices;
    for (const UploadPart& part : std::as_const(m_candidates))
        slices.append({plan.offset(part.number), part.size});
    m_record.state = UploadState::Reconciling;
    ask(Await::Slices, UploadAction::HashSlices{.slices = slices});
}

void UploadMachine::on(const UploadEvent::SlicesHashed& event)
{
    if (!takes(Await::Slices, event.attempt))
        return;
    if (!event.slices) {
        finish(UploadState::Failed, event.slices.error());
        return;
    }
    keepParts(*event.slices);
}

void UploadMachine::keepParts(const QList<SliceDigest>& slices)
{
    m_ledger = PartLedger(MultipartPlan(m_record.identity.size, m_record.partSize));
    m_record.bytesConfirmed = 0;
    const qsizetype count = std::min(slices.size(), m_candidates.size());
    for (qsizetype i = 0; i < count; ++i) {
        UploadPart part = m_candidates.at(i);
        const SliceDigest& slice = slices.at(i);
        const bool same =
            m_byJournal ? part.crc64 == slice.crc64 : part.etag.toUpper() == slice.md5;
        if (!same)
            continue;
        part.crc64 = slice.crc64;
        acknowledge(part);
        if (!isJournalled(m_journal, part))
            act(UploadAction::JournalPart{part});
    }
    m_candidates.clear();
    sendParts();
}

// Sending

void UploadMachine::acknowledge(const UploadPart& part)
{
    m_ledger.acknowledge(part);
    m_record.bytesConfirmed = m_ledger.confirmedBytes();
}

void UploadMachine::sendParts()
{
    m_step = Step::Parts;
    m_record.state = UploadState::SendingParts;
    m_waitingFor.reset();
    m_waitingUntil = {};
    if (m_ledger.isComplete())
        complete();
}

void UploadMachine::on(const UploadEvent::PartSlotGranted&)
{
    if (!wantsPart())
        return;
    const int number = m_ledger.send(++m_partAttempt);
    const MultipartPlan& plan = m_ledger.plan();
    act(UploadAction::SendPart{m_partAttempt, number, {plan.offset(number), plan.size(number)}});
}

void UploadMachine::on(const UploadEvent::PartAnswered& event)
{
    if (!m_ledger.isInFlight(event.number, event.attempt))
        return;
    if (event.fileError)
        finish(UploadState::Failed, event.fileError);
    else if (event.error)
        partFailed(event.number, *event.error);
    else
        partDelivered(event);
}

void UploadMachine::partDelivered(const UploadEvent::PartAnswered& event)
{
    if (!event.bodyCrc64 || event.etag.isEmpty()) {
        partFailed(event.number,
                   Error{.kind = ErrorKind::InvalidAnswer,
                         .message = QStringLiteral("a part was answered before it was sent")});
        return;
    }
    if (event.serverCrc64 && *event.serverCrc64 != *event.bodyCrc64) {
        partFailed(event.number,
                   Error{.kind = ErrorKind::ChecksumMismatch,
                         .message = QStringLiteral("a part's CRC64 differs from the file's")});
        return;
    }
    // Without a checksum of the server's, that of the whole decides.
    const UploadPart part{.number = event.number,
                          .size = m_ledger.plan().size(event.number),
                          .etag = event.etag,
                          .crc64 = *event.bodyCrc64};
    acknowledge(part);
    m_failures = 0;
    m_offlineWaits = 0;
    act(UploadAction::JournalPart{part});
    settleParts();
}

void UploadMachine::partFailed(int number, const Error& error)
{
    if (error.kind == ErrorKind::Offline) { // waiting, not a failure
        m_ledger.recall(number);
        cool(error);
        return;
    }
    const int failures = m_ledger.fail(number);
    if (error.kind == ErrorKind::UploadMissing) {
        restart(error, ServerUpload::Gone);
        return;
    }
    if (error.kind == ErrorKind::PermissionDenied && !m_reconciledAgain) {
        // Perhaps the space has another folder now, and with it the token another right.
        m_reconciledAgain = true;
        stopParts();
        authorize(Step::Reconcile);
        return;
    }
    const RetryClass type = retryClass(error.kind);
    if (type == RetryClass::Permanent || failures >= m_policy.maxAttempts) {
        finish(UploadState::Failed, error);
        return;
    }
    // A new token is worth a try at once; only one that is refused again waits.
    if (type == RetryClass::RefreshCredentials && failures == 1)
        return;
    cool(error);
}

//! Begins no part for a while; what is under way goes on.
void UploadMachine::cool(const Error& error)
{
    if (!m_cooling) {
        const bool offline = error.kind == ErrorKind::Offline;
        if (!offline && ++m_failures >= m_policy.maxAttempts) {
            finish(UploadState::Failed, error);
            return;
        }
        m_cooling = true;
        m_waitingFor = error;
        const std::chrono::milliseconds delay =
            delayAfter(error, offline ? ++m_offlineWaits : m_failures);
        m_waitingUntil = m_now.addMSecs(delay.count());
        ask(Await::Timer, UploadAction::StartTimer{.delay = delay});
    }
    settleParts();
}

void UploadMachine::settleParts()
{
    if (m_ledger.isComplete())
        complete();
    else if (m_cooling && m_ledger.inFlight() == 0)
        m_record.state = UploadState::Waiting;
}

void UploadMachine::stopParts()
{
    if (m_ledger.inFlight() > 0 || m_cooling)
        act(UploadAction::AbortAll{});
    m_ledger.recallAll();
    m_cooling = false;
}

// The end

void UploadMachine::complete()
{
    stopParts(); // the timer, if a part had failed
    m_waitingFor.reset();
    m_waitingUntil = {};
    m_record.crc64 = m_ledger.combinedCrc64();
    m_record.state = UploadState::Completing;
    store(StoreFor::Complete);
}

void UploadMachine::on(const UploadEvent::Completed& event)
{
    if (!takes(Await::Complete, event.attempt))
        return;
    m_record.requestId = event.requestId;
    m_record.url = event.url;
    m_lastError = event.error;
    if (!event.error) {
        if (event.serverCrc64 == m_record.crc64) {
            finish(UploadState::Done, std::nullopt);
            return;
        }
        if (event.serverCrc64)
            m_lastError = mismatchError();
        verify();
        return;
    }
    const Error& error = *event.error;
    if (event.outcomeUnknown || error.kind == ErrorKind::ObjectExists
        || error.kind == ErrorKind::UploadMissing) {
        verify();
    } else if (error.code.startsWith(QLatin1String("InvalidPart")) && !m_reconciledAgain
               && m_wish == Wish::None) {
        m_reconciledAgain = true;
        authorize(Step::Reconcile);
    } else {
        recover(error, Step::Complete);
    }
}

// Dropping what is on the server

void UploadMachine::restart(const Error& error, ServerUpload upload)
{
    stopParts();
    if (upload == ServerUpload::Gone)
        forgetUpload();
    if (m_restarted) {
        finish(UploadState::Failed, error);
        return;
    }
    m_restarted = true;
    drop(AfterDrop::Restart);
}

void UploadMachine::drop(AfterDrop after)
{
    m_afterDrop = after;
    m_dropFailures = 0;
    if (m_record.uploadId.isEmpty())
        dropped();
    else
        authorize(Step::Abort);
}

void UploadMachine::on(const UploadEvent::UploadAborted& event)
{
    if (!takes(Await::Abort, event.attempt))
        return;
    const bool settled = !event.error || event.error->kind == ErrorKind::UploadMissing
        || event.error->kind == ErrorKind::PermissionDenied;
    if (settled) {
        m_record.uploadId.clear();
        dropped();
    } else {
        dropFailed(*event.error);
    }
}

void UploadMachine::dropFailed(const Error& error)
{
    if (retryClass(error.kind) == RetryClass::Permanent || ++m_dropFailures >= maxDropAttempts) {
        dropped();
        return;
    }
    const bool immediately =
        retryClass(error.kind) == RetryClass::RefreshCredentials && m_dropFailures == 1;
    ask(Await::Timer,
        UploadAction::StartTimer{.delay = immediately ? std::chrono::milliseconds{0}
                                                      : delayAfter(error, m_dropFailures)});
}

void UploadMachine::dropped()
{
    switch (m_afterDrop) {
    case AfterDrop::End:
        // An id that is still there names what a later run may drop.
        m_ended.uploadId = m_record.uploadId;
        m_ended.partSize = m_record.uploadId.isEmpty() ? 0 : m_record.partSize;
        storeEnd();
        break;
    case AfterDrop::Rename:
        forgetUpload();
        m_await = Await::Name;
        act(UploadAction::MakeObjectName{});
        break;
    case AfterDrop::Restart:
        forgetUpload();
        m_record.crc64.reset();
        m_record.key.clear();
        m_record.state = UploadState::Authorizing;
        begin();
        break;
    }
}

void UploadMachine::forgetUpload()
{
    m_record.uploadId.clear();
    m_record.partSize = 0;
    m_record.bytesConfirmed = 0;
    m_ledger = {};
    m_journal.clear();
    m_candidates.clear();
}

} // namespace ChatApp
