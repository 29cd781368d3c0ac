// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/uploadcoordinator.h"

#include "core/logging.h"
#include "core/random.h"
#include "core/whendone.h"
#include "storage/uploadstore.h"
#include "upload/fileworker.h"
#include "upload/objectname.h"

#include <QtCore/QFileInfo>

#include <utility>

namespace ChatApp {

using std::chrono::milliseconds;

namespace {

constexpr qsizetype portion = 1000; // files in one transaction
constexpr milliseconds batchInterval{100};

} // namespace

UploadCoordinator::UploadCoordinator(UploadServices services, int slots, QObject* parent)
    : QObject(parent)
    , m_services(std::move(services))
    , m_scheduler(slots, m_services.multipart.threshold)
    , m_sweeper(m_services, [this](UploadId id) { return m_entries.contains(id); })
    , m_batchTimer(this)
{
    m_batchTimer.setInterval(batchInterval);
    connect(&m_batchTimer, &QTimer::timeout, this, &UploadCoordinator::sendBatch);
}

UploadCoordinator::~UploadCoordinator() = default;

QFuture<Result<void>> UploadCoordinator::load()
{
    const Answer<void> answer;
    whenDone(m_services.store.unfinished(), this,
             [this, answer](const Result<QList<UploadRecord>>& rows) {
                 if (rows)
                     resume(*rows);
                 answer.give(rows ? Result<void>() : rows.error());
             });
    return answer.future();
}

void UploadCoordinator::resume(QList<UploadRecord> records)
{
    for (UploadRecord& record : records) {
        // Started by hand again: what a program does on its own at its start surprises. Only what
        // was being cancelled is, to the end.
        if (record.state != UploadState::Staged && record.state != UploadState::Cancelling)
            record.state = UploadState::Paused;
    }
    adopt(records);
    pump();
}

// Commands

void UploadCoordinator::enqueueCommand(Command command)
{
    m_commands.push_back(std::move(command));
    if (!m_commandRunning)
        nextCommand();
}

void UploadCoordinator::nextCommand()
{
    m_commandRunning = !m_commands.empty();
    if (!m_commandRunning)
        return;
    const Command command = std::move(m_commands.front());
    m_commands.pop_front();
    command([this] {
        QMetaObject::invokeMethod(this, &UploadCoordinator::nextCommand, Qt::QueuedConnection);
    });
}

void UploadCoordinator::applied(std::vector<Change>& changes, const Result<void>& stored)
{
    for (Change& change : changes) {
        change.machine.handle(UploadEvent::Stored{change.attempt, stored}, m_services.clock.now(),
                              0);
        settle(change.machine.record(), milliseconds{0});
    }
    pump();
}

void UploadCoordinator::settle(UploadRecord record, milliseconds overhead)
{
    const UploadId id = record.id;
    Entry& entry = m_entries[id];
    if (entry.record.state == UploadState::Staged && record.state != UploadState::Staged)
        m_progress.unstaged(1);
    record.queuePosition = entry.record.queuePosition; // may have moved meanwhile
    entry.record = std::move(record);
    markChanged(id);
    if (entry.record.state == UploadState::Queued) {
        m_progress.queued(id, entry.record.identity.size);
        if (entry.holds == 0)
            m_scheduler.enqueue(placeOf(entry));
    } else if (isEnded(entry.record.state)) {
        m_progress.ended(id, entry.record.state == UploadState::Done, overhead);
        Q_EMIT uploadEnded(snapshotOf(entry));
    } else {
        m_progress.held(id);
        if (entry.record.state == UploadState::Cancelling)
            m_scheduler.enqueue(placeOf(entry)); // the server is to be told
    }
}

// Staging

QFuture<Result<QList<UploadId>>> UploadCoordinator::stage(QList<StageRequest> requests)
{
    const Answer<QList<UploadId>> answer;
    stagePortion(std::make_shared<QList<StageRequest>>(std::move(requests)), 0,
                 std::make_shared<QList<UploadId>>(), answer);
    return answer.future();
}

void UploadCoordinator::stagePortion(const std::shared_ptr<QList<StageRequest>>& requests,
                                     qsizetype first,
                                     const std::shared_ptr<QList<UploadId>>& staged,
                                     const Answer<QList<UploadId>>& answer)
{
    if (first >= requests->size()) {
        answer.give(*staged);
        return;
    }
    if (m_shuttingDown) {
        answer.give(Error{.kind = ErrorKind::Cancelled});
        return;
    }
    const QList<StageRequest> some = requests->mid(first, portion);
    const auto look = [some] {
        QList<Result<FileFacts>> facts;
        facts.reserve(some.size());
        for (const StageRequest& request : some)
            facts.append(probeFile(request.path));
        return facts;
    };
    whenDone(m_services.files.run<QList<Result<FileFacts>>>(look), this,
             [this, requests, first, staged, answer, some](const QList<Result<FileFacts>>& facts) {
                 whenDone(m_services.store.insert(recordsOf(some, facts)), this,
                          [this, requests, first, staged,
                           answer](const Result<QList<UploadRecord>>& inserted) {
                              if (!inserted) {
                                  answer.give(inserted.error());
                                  return;
                              }
                              for (const UploadRecord& record : *inserted)
                                  staged->append(record.id);
                              adopt(*inserted);
                              stagePortion(requests, first + portion, staged, answer);
                          });
             });
}

QList<UploadRecord> UploadCoordinator::recordsOf(const QList<StageRequest>& requests,
                                                 const QList<Result<FileFacts>>& facts)
{
    QList<UploadRecord> records;
    QList<StageFailure> failures;
    const QDateTime now = m_services.clock.now();
    const QString nameTemplate = m_services.nameTemplate();
    const QString date = now.date().toString(Qt::ISODate);
    for (qsizetype i = 0; i < requests.size(); ++i) {
        const StageRequest& request = requests.at(i);
        if (!facts.at(i)) {
            failures.append({request.path, facts.at(i).error()});
            continue;
        }
        UploadRecord record;
        record.path = request.path;
        record.name = QFileInfo(request.path).fileName();
        record.identity = facts.at(i)->identity;
        record.contentType = facts.at(i)->contentType;
        record.target = request.target;
        record.replace = request.replace;
        record.state = request.start ? UploadState::Queued : UploadState::Staged;
        record.queuePosition = m_order.reserve();
        record.objectName = makeObjectName(record.name, randomBase32(16), nameTemplate, date);
        record.createdAt = now;
        records.append(record);
    }
    if (!failures.isEmpty())
        Q_EMIT stageFailed(failures);
    return records;
}

void UploadCoordinator::adopt(const QList<UploadRecord>& records)
{
    for (const UploadRecord& record : records) {
        Entry& entry = m_entries[record.id];
        entry.record = record;
        m_order.insert(placeOf(entry));
        markChanged(record.id);
        if (record.state == UploadState::Staged) {
            m_progress.staged(1);
        } else if (record.state == UploadState::Queued) {
            m_progress.queued(record.id, record.identity.size);
            m_scheduler.enqueue(placeOf(entry));
        } else if (record.state == UploadState::Cancelling) {
            m_scheduler.enqueue(placeOf(entry));
        }
    }
    pump();
}

// Running

void UploadCoordinator::pump()
{
    while (!m_shuttingDown) {
        const std::optional<UploadId> id = m_scheduler.next();
        if (!id)
            return;
        begin(*id);
    }
}

void UploadCoordinator::begin(UploadId id)
{
    Entry& entry = m_entries[id];
    entry.job = std::make_unique<UploadJob>(entry.record, m_services);
    m_running.insert(id);
    UploadJob* job = entry.job.get();
    connect(job, &UploadJob::changed, this, [this, id] { markChanged(id); });
    connect(job, &UploadJob::bytesMoved, this,
            [this](qint64 bytes) { m_progress.moved(bytes, m_services.clock.monotonic()); });
    connect(job, &UploadJob::rested, this, [this, id] { jobRested(id); });
    job->start();
}

void UploadCoordinator::jobRested(UploadId id)
{
    Entry& entry = m_entries[id];
    UploadJob* job = entry.job.release();
    m_running.remove(id);
    m_scheduler.release(id);
    job->disconnect(this);
    settle(job->record(), job->overhead());
    if (job->record().state == UploadState::Done && !m_shuttingDown)
        m_sweeper.sweep(job->record().target);
    job->deleteLater();
    if (const std::optional<Order> order = std::exchange(entry.afterRest, std::nullopt))
        obeyAfterRest(id, *order);
    pump();
    finishShutdown();
}

// Telling

void UploadCoordinator::markChanged(UploadId id)
{
    if (!m_changedSet.contains(id)) {
        m_changedSet.insert(id);
        m_changed.append(id);
    }
    if (!m_batchTimer.isActive())
        m_batchTimer.start();
}

void UploadCoordinator::markRemoved(UploadId id)
{
    m_removed.append(id);
    if (!m_batchTimer.isActive())
        m_batchTimer.start();
}

UploadSnapshot UploadCoordinator::snapshotOf(const Entry& entry) const
{
    UploadSnapshot snapshot;
    if (entry.job) {
        snapshot = entry.job->snapshot();
        snapshot.record.queuePosition = entry.record.queuePosition;
        return snapshot;
    }
    snapshot.record = entry.record;
    snapshot.bytesSent = entry.record.state == UploadState::Done ? entry.record.identity.size
                                                                 : entry.record.bytesConfirmed;
    return snapshot;
}

void UploadCoordinator::sendBatch()
{
    // Rates fall while nothing happens: what runs is told every time.
    for (const UploadId& id : std::as_const(m_running))
        markChanged(id);
    UploadBatch batch;
    batch.removed = std::exchange(m_removed, {});
    const QList<UploadId> changed = std::exchange(m_changed, {});
    m_changedSet.clear();
    qint64 bytesInFlight = 0;
    qint64 bytesConfirmed = 0;
    for (const UploadId& id : changed) {
        const auto entry = m_entries.find(id);
        if (entry == m_entries.end())
            continue;
        UploadSnapshot snapshot = snapshotOf(entry->second);
        if (entry->second.job) {
            bytesInFlight += snapshot.bytesSent;
            bytesConfirmed += snapshot.record.bytesConfirmed;
        }
        batch.changed.append(std::move(snapshot));
    }
    if (m_running.isEmpty())
        m_batchTimer.stop();
    if (!batch.changed.isEmpty() || !batch.removed.isEmpty())
        Q_EMIT uploadsChanged(batch);
    TransferTotals totals = m_progress.totals(m_services.clock.monotonic(), bytesInFlight,
                                              static_cast<int>(m_running.size()));
    totals.bytesAcknowledged = std::min(totals.bytes, totals.bytesAcknowledged + bytesConfirmed);
    Q_EMIT totalsChanged(totals);
}

// Ending

QFuture<void> UploadCoordinator::shutdown()
{
    if (!m_shutdown) {
        m_shutdown = std::make_unique<QPromise<void>>();
        m_shutdown->start();
        m_shuttingDown = true;
        m_commands.clear();
        for (const UploadId& id : std::as_const(m_running))
            m_entries[id].job->stop();
        finishShutdown();
    }
    return m_shutdown->future();
}

void UploadCoordinator::finishShutdown()
{
    if (!m_shuttingDown || !m_running.isEmpty() || m_shutdown->future().isFinished())
        return;
    sendBatch();
    m_shutdown->finish();
}

} // namespace ChatApp
