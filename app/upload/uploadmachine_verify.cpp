// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

// The part of the UploadMachine that asks what is there after an unknown outcome.

#include "upload/uploadmachine.h"

namespace ChatApp {

namespace {

Error vanishedError()
{
    return Error{.kind = ErrorKind::InvalidAnswer,
                 .message = QStringLiteral("the object is not there after a successful answer")};
}

} // namespace

Error UploadMachine::mismatchError()
{
    return Error{.kind = ErrorKind::ChecksumMismatch,
                 .message = QStringLiteral("the object's CRC64 differs from the file's")};
}

void UploadMachine::verify()
{
    if (m_step != Step::Verify)
        m_verified = m_step;
    m_step = Step::Verify;
    m_probing = false;
    show(UploadState::Verifying);
    ask(Await::Seen, UploadAction::SendHead{});
}

void UploadMachine::on(const UploadEvent::ObjectSeen& event)
{
    if (!takes(Await::Seen, event.attempt))
        return;
    if (event.error || !event.serverCrc64) {
        notSeen(event);
        return;
    }
    if (m_record.requestId.isEmpty())
        m_record.requestId = event.requestId;
    m_record.url = event.url;
    if (m_record.crc64) {
        compare(*event.serverCrc64);
        return;
    }
    // The bytes on the server are compared with the whole file; an answer that came early, or a
    // restart, leaves it unread.
    m_seenCrc64 = event.serverCrc64;
    ask(Await::Hash, UploadAction::HashFile{});
}

void UploadMachine::on(const UploadEvent::FileHashed& event)
{
    if (!takes(Await::Hash, event.attempt))
        return;
    if (!event.crc64) {
        finish(UploadState::Failed, event.crc64.error());
        return;
    }
    m_record.crc64 = event.crc64.value();
    compare(m_seenCrc64.value_or(0));
}

void UploadMachine::compare(std::uint64_t server)
{
    if (server == *m_record.crc64)
        finish(UploadState::Done, std::nullopt);
    else
        giveUpKey(mismatchError());
}

void UploadMachine::notSeen(const UploadEvent::ObjectSeen& event)
{
    if (event.error && event.error->httpStatus == 404
        && event.error->kind != ErrorKind::BucketMissing) {
        absent();
        return;
    }
    // Refused, or answered without a checksum: an anonymous reader may be told more.
    const bool refused =
        !event.error || event.error->httpStatus == 403 || event.error->httpStatus == 405;
    const bool tokenRejected =
        event.error && retryClass(event.error->kind) == RetryClass::RefreshCredentials;
    if (!m_probing && refused && !tokenRejected) {
        m_probing = true;
        ask(Await::Seen, UploadAction::SendProbe{});
    } else if (m_probing && refused) {
        giveUpKey(Error{.kind = ErrorKind::ChecksumMismatch,
                        .message = QStringLiteral("the object cannot be read back to compare it")});
    } else {
        recover(*event.error, Step::Verify);
    }
}

void UploadMachine::absent()
{
    const Error error = m_lastError.value_or(vanishedError());
    if (m_wish == Wish::Cancel)
        cancelNow();
    else if (error.kind == ErrorKind::UploadMissing)
        restart(error, ServerUpload::Gone);
    else
        recover(error, m_verified);
}

void UploadMachine::giveUpKey(const Error& error)
{
    if (m_wish == Wish::Cancel) {
        cancelNow();
        return;
    }
    if (m_freshKeyUsed) {
        finish(UploadState::Failed, error);
        return;
    }
    m_freshKeyUsed = true;
    m_record.crc64.reset();
    drop(AfterDrop::Rename);
}

void UploadMachine::on(const UploadEvent::ObjectNamed& event)
{
    if (m_await != Await::Name)
        return;
    m_await = Await::Nothing;
    m_record.objectName = event.objectName;
    m_record.key.clear();
    m_record.url.clear();
    m_record.state = UploadState::Queued;
    store(StoreFor::Rename);
}

} // namespace ChatApp
