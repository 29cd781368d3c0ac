// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/uploadstager.h"

#include "core/whendone.h"
#include "storage/uploadstore.h"
#include "upload/fileworker.h"

#include <utility>

namespace ChatApp {

namespace {

constexpr qsizetype rowsAtOnce = 1000; // looked at in one go, and in one transaction

} // namespace

UploadStager::UploadStager(UploadServices services, NextPosition nextPosition, QObject* parent)
    : QObject(parent)
    , m_services(std::move(services))
    , m_nextPosition(std::move(nextPosition))
    , m_stop(std::make_shared<std::atomic_bool>(false))
{
}

UploadStager::~UploadStager()
{
    m_stop->store(true); // for the worker, which may be in the midst of a portion
}

QFuture<Result<QList<UploadId>>> UploadStager::stage(QList<StageRequest> requests)
{
    Job job{.source = std::make_shared<StageSource>(std::move(requests), m_stop),
            .ids = {},
            .answer = {}};
    QFuture<Result<QList<UploadId>>> future = job.answer.future();
    if (m_stop->load()) {
        job.answer.give(Error{.kind = ErrorKind::Cancelled});
        return future;
    }
    m_jobs.push_back(std::move(job));
    if (m_jobs.size() == 1)
        look();
    return future;
}

void UploadStager::stop()
{
    m_stop->store(true);
    for (const Job& job : std::exchange(m_jobs, {}))
        job.answer.give(Error{.kind = ErrorKind::Cancelled});
}

void UploadStager::look()
{
    const StageSource::Naming naming{.nameTemplate = m_services.nameTemplate(),
                                     .now = m_services.clock.now()};
    const auto work = [source = m_jobs.front().source, naming] {
        return source->next(rowsAtOnce, naming);
    };
    whenDone(m_services.files.run<StageSource::Portion>(work), this,
             [this](const StageSource::Portion& portion) { looked(portion); });
}

void UploadStager::looked(StageSource::Portion portion)
{
    if (m_jobs.empty()) // stopped
        return;
    if (!portion.failures.isEmpty())
        Q_EMIT failed(portion.failures);
    if (portion.records.isEmpty()) {
        goOn(portion.finished);
        return;
    }
    for (UploadRecord& record : portion.records)
        record.queuePosition = m_nextPosition();
    whenDone(m_services.store.insert(std::move(portion.records)), this,
             [this, finished = portion.finished](const Result<QList<UploadRecord>>& inserted) {
                 stored(inserted, finished);
             });
}

void UploadStager::stored(const Result<QList<UploadRecord>>& inserted, bool finished)
{
    if (m_jobs.empty())
        return;
    if (!inserted) {
        end(inserted.error());
        return;
    }
    for (const UploadRecord& record : *inserted)
        m_jobs.front().ids.append(record.id);
    Q_EMIT staged(*inserted);
    goOn(finished);
}

void UploadStager::goOn(bool finished)
{
    if (finished)
        end(m_jobs.front().ids);
    else
        look();
}

void UploadStager::end(const Result<QList<UploadId>>& outcome)
{
    m_jobs.front().answer.give(outcome);
    m_jobs.pop_front();
    if (!m_jobs.empty())
        look();
}

} // namespace ChatApp
