// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

// The part of the UploadJob that is about multipart uploads.

#include "upload/uploadjob.h"

#include "core/logging.h"
#include "core/whendone.h"
#include "storage/uploadstore.h"
#include "upload/fileworker.h"
#include "upload/spacememory.h"

namespace ChatApp {

namespace {

std::optional<Error> errorOf(const OssOutcome& outcome)
{
    return outcome.answer ? std::nullopt : std::optional(outcome.answer.error());
}

} // namespace

void UploadJob::perform(const UploadAction::LoadParts& action)
{
    whenDone(m_services.store.parts(id()), this,
             [this, attempt = action.attempt](const Result<QList<UploadPart>>& parts) {
                 handle(UploadEvent::PartsLoaded{attempt, parts});
             });
}

void UploadJob::perform(const UploadAction::SendInitiate& action)
{
    request(
        [this](const OssTarget& target) {
            return m_services.oss.initiate(target, record().contentType.toLatin1(),
                                           !record().replace);
        },
        [this, attempt = action.attempt](const OssOutcome& outcome) {
            handle(UploadEvent::Initiated{.attempt = attempt,
                                          .error = errorOf(outcome),
                                          .uploadId = outcome.answer ? outcome.answer->uploadId
                                                                     : QString()});
        });
}

void UploadJob::perform(const UploadAction::RememberMultipartDenied&)
{
    m_services.spaces.rememberWithoutMultipart(authorizationKey());
}

void UploadJob::perform(const UploadAction::SendListParts& action)
{
    listPage(action.attempt, std::make_shared<QList<UploadPart>>(), 0);
}

void UploadJob::listPage(int attempt, const std::shared_ptr<QList<UploadPart>>& parts, int marker)
{
    request(
        [this, marker](const OssTarget& target) {
            return m_services.oss.listParts(target, record().uploadId, marker);
        },
        [this, attempt, parts, marker](const OssOutcome& outcome) {
            if (!outcome.answer) {
                handle(UploadEvent::PartsListed{attempt, outcome.answer.error()});
                return;
            }
            for (const OssPart& part : outcome.answer->parts)
                parts->append(
                    {.number = part.number, .size = part.size, .etag = part.etag, .crc64 = 0});
            const std::optional<int> next = outcome.answer->nextPartMarker;
            if (next && *next > marker) // a list that does not move on would never end
                listPage(attempt, parts, *next);
            else
                handle(UploadEvent::PartsListed{attempt, *parts});
        });
}

void UploadJob::perform(const UploadAction::HashSlices& action)
{
    whenDone(m_services.files.hashSlices(record().path, record().identity, action.slices), this,
             [this, attempt = action.attempt](const Result<QList<SliceDigest>>& digests) {
                 handle(UploadEvent::SlicesHashed{attempt, digests});
             });
}

//! The budget is asked for one part at a time: uploads take turns.
void UploadJob::askForPart()
{
    if (!m_machine.wantsPart()) {
        m_partTicket.giveBack();
        return;
    }
    if (!m_partTicket.isValid()) {
        m_partTicket = m_services.budget.ask({host(), record().target.accessKeyId},
                                             [this] { handle(UploadEvent::PartSlotGranted{}); });
    }
}

void UploadJob::perform(const UploadAction::SendPart& action)
{
    auto reading = std::make_shared<BodyReading>();
    BudgetedCall* call = request(
        [this, action, reading](const OssTarget& target) {
            return m_services.oss.uploadPart(target, record().uploadId, action.number,
                                             body(action.slice, reading));
        },
        [this, action, reading](const OssOutcome& outcome) {
            partFinished(action, *reading, outcome);
        },
        std::move(m_partTicket));
    connect(call, &BudgetedCall::bodyBytesSent, this,
            [this, reading](qint64 bytes) { bytesSent(reading->sent, bytes); });
}

void UploadJob::partFinished(const UploadAction::SendPart& part, const BodyReading& reading,
                             const OssOutcome& outcome)
{
    UploadEvent::PartAnswered event{.attempt = part.attempt,
                                    .number = part.number,
                                    .error = errorOf(outcome),
                                    .fileError = {},
                                    .bodyCrc64 = {},
                                    .serverCrc64 = {},
                                    .etag = {}};
    if (reading.readout) {
        event.fileError = reading.readout->failure;
        if (reading.readout->bytesRead == part.slice.size)
            event.bodyCrc64 = reading.readout->crc64;
    }
    if (outcome.answer) {
        event.serverCrc64 = outcome.answer->crc64;
        event.etag = outcome.answer->etag;
    }
    handle(event);
}

void UploadJob::perform(const UploadAction::JournalPart& action)
{
    whenDone(m_services.store.addPart(id(), record().uploadId, action.part), this,
             [this](const Result<void>& added) {
                 if (!added) // the server knows the part all the same
                     qCWarning(lcUpload) << "upload" << id().value
                                         << "part not noted:" << describeError(added.error());
             });
}

void UploadJob::perform(const UploadAction::SendComplete& action)
{
    QList<OssPart> parts;
    for (const UploadPart& part : action.parts)
        parts.append(
            {.number = part.number, .etag = part.etag, .size = part.size, .crc64 = std::nullopt});
    request(
        [this, parts](const OssTarget& target) {
            return m_services.oss.complete(target, record().uploadId, parts, !record().replace);
        },
        [this, attempt = action.attempt](const OssOutcome& outcome) {
            UploadEvent::Completed event{.attempt = attempt,
                                         .error = errorOf(outcome),
                                         .outcomeUnknown = outcome.outcomeUnknown,
                                         .serverCrc64 = {},
                                         .requestId = {},
                                         .url = link()};
            if (outcome.answer) {
                event.serverCrc64 = outcome.answer->crc64;
                event.requestId = outcome.answer->requestId;
            } else {
                event.requestId = outcome.answer.error().requestId;
            }
            handle(event);
        });
}

void UploadJob::perform(const UploadAction::SendAbort& action)
{
    request(
        [this](const OssTarget& target) {
            return m_services.oss.abortUpload(target, record().uploadId);
        },
        [this, attempt = action.attempt](const OssOutcome& outcome) {
            handle(UploadEvent::UploadAborted{.attempt = attempt, .error = errorOf(outcome)});
        });
}

} // namespace ChatApp
