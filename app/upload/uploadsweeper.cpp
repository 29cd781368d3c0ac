// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/uploadsweeper.h"

#include "core/logging.h"
#include "core/whendone.h"
#include "storage/uploadstore.h"
#include "upload/budgetedcall.h"

namespace ChatApp {

UploadSweeper::UploadSweeper(UploadServices& services, std::function<bool(UploadId)> isListed,
                             QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_isListed(std::move(isListed))
{
}

void UploadSweeper::sweep(const UploadTarget& target)
{
    const AuthorizationKey key = authorizationKeyOf(target);
    if (m_swept.contains(key))
        return;
    m_swept.insert(key);
    whenDone(m_services.store.abandoned(target), this,
             [this](const Result<QList<UploadRecord>>& records) {
                 if (records)
                     dropNext(*records);
             });
}

void UploadSweeper::dropNext(QList<UploadRecord> records)
{
    if (records.isEmpty())
        return;
    const UploadRecord record = records.takeFirst();
    if (m_isListed(record.id)) {
        dropNext(records);
        return;
    }
    auto* call = new BudgetedCall(m_services, authorizationKeyOf(record.target), {}, this);
    connect(
        call, &BudgetedCall::finished, this, [this, record, records](const OssOutcome& outcome) {
            settled(record,
                    outcome.answer ? std::nullopt : std::optional<Error>(outcome.answer.error()));
            dropNext(records);
        });
    // One at a time: it counts among all requests, its host is not known yet.
    call->send(record.bucket.toUtf8(), [this, record](const UploadAuthorization& authorization) {
        return m_services.oss.abortUpload({.credentials = authorization.credentials,
                                           .endpoint = authorization.endpoint,
                                           .bucket = record.bucket,
                                           .key = record.key,
                                           .preferredRegion = record.target.region},
                                          record.uploadId);
    });
}

void UploadSweeper::settled(const UploadRecord& record, const std::optional<Error>& error)
{
    // What may not be dropped, or is not there, need not be tried again.
    const bool final = !error || error->kind == ErrorKind::UploadMissing
        || error->kind == ErrorKind::PermissionDenied;
    if (!final)
        return;
    qCInfo(lcUpload) << "upload" << record.id.value << "parts dropped";
    m_services.store.forgetMultipart(record.id, record.uploadId);
}

} // namespace ChatApp
