// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/uploadcoordinator.h"

#include "core/logging.h"
#include "core/whendone.h"
#include "storage/uploadstore.h"

#include <utility>

namespace ChatApp {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds batchInterval{100};
// More news wait for the next batch: one with all of a hundred thousand rows would take more memory
// than the rows, and stop whoever gets it for a while.
constexpr qsizetype rowsInBatch = 4000;
constexpr int rowsInPage = 1000; // of those that are loaded

} // namespace

UploadCoordinator::UploadCoordinator(UploadServices services, int slots, QObject* parent)
    : QObject(parent)
    , m_services(std::move(services))
    , m_stager(m_services, [this] { return m_order.reserve(); })
    , m_scheduler(slots, m_services.multipart.threshold)
    , m_sweeper(m_services, [this](UploadId id) { return m_entries.contains(id); })
    , m_batchTimer(this)
{
    m_batchTimer.setInterval(batchInterval);
    connect(&m_batchTimer, &QTimer::timeout, this, &UploadCoordinator::sendBatch);
    connect(&m_stager, &UploadStager::failed, this, &UploadCoordinator::stageFailed);
    connect(&m_stager, &UploadStager::stopped, this, &UploadCoordinator::finishShutdown);
    connect(&m_stager, &UploadStager::staged, this, &UploadCoordinator::adopt);
}

UploadCoordinator::~UploadCoordinator() = default;

QFuture<Result<void>> UploadCoordinator::load()
{
    const Answer<void> answer;
    m_loading = true;
    loadPage(0, answer);
    return answer.future();
}

void UploadCoordinator::loadPage(int skipped, const Answer<void>& answer)
{
    whenDone(m_services.store.unfinishedPage(rowsInPage, skipped), this,
             [this, skipped, answer](const Result<UnfinishedPage>& page) {
                 if (page)
                     resume(page->records);
                 if (page && page->rows == rowsInPage && !m_shuttingDown) {
                     loadPage(skipped + rowsInPage, answer);
                     return;
                 }
                 m_loading = false;
                 nextCommand();
                 pump();
                 answer.give(page ? Result<void>() : page.error());
             });
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
}

// Commands

void UploadCoordinator::enqueueCommand(Command command)
{
    m_commands.push_back(std::move(command));
    if (!m_commandRunning && !m_loading)
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

void UploadCoordinator::settle(const UploadRecord& record, milliseconds overhead)
{
    const UploadId id = record.id;
    Entry& entry = m_entries[id];
    if (entry.record.state == UploadState::Staged && record.state != UploadState::Staged)
        m_progress.unstaged(1);
    const qint64 position = entry.record.queuePosition;
    entry.record.assign(record, m_pool);
    entry.record.queuePosition = position; // may have moved meanwhile
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
    if (!m_loading)
        return m_stager.stage(std::move(requests));
    const Answer<QList<UploadId>> answer;
    enqueueCommand([this, answer, requests](const std::function<void()>& done) {
        whenDone(m_stager.stage(requests), this,
                 [answer](const Result<QList<UploadId>>& staged) { answer.give(staged); });
        done();
    });
    return answer.future();
}

void UploadCoordinator::adopt(const QList<UploadRecord>& records)
{
    for (const UploadRecord& record : records) {
        Entry& entry = m_entries[record.id];
        entry.record.assign(record, m_pool);
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
    while (!m_shuttingDown && !m_loading) {
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
                                                                 : entry.record.bytesConfirmed();
    return snapshot;
}

//! What the next batch is about.
QList<UploadId> UploadCoordinator::takeChanged()
{
    // Rates fall while nothing happens: what runs is told every time.
    QList<UploadId> taken;
    if (m_changed.size() + m_running.size() > rowsInBatch) {
        taken = m_running.values();
        m_changedSet.subtract(m_running);
    } else {
        for (const UploadId& id : std::as_const(m_running))
            markChanged(id);
    }
    qsizetype next = 0;
    for (; next < m_changed.size() && taken.size() < rowsInBatch; ++next) {
        if (m_changedSet.remove(m_changed.at(next)))
            taken.append(m_changed.at(next));
    }
    m_changed.remove(0, next);
    return taken;
}

void UploadCoordinator::sendBatch()
{
    UploadBatch batch;
    batch.removed = std::exchange(m_removed, {});
    const QList<UploadId> changed = takeChanged();
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
    if (m_running.isEmpty() && m_changed.isEmpty())
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
        m_stager.stop();
        for (const UploadId& id : std::as_const(m_running))
            m_entries[id].job->stop();
        finishShutdown();
    }
    return m_shutdown->future();
}

void UploadCoordinator::finishShutdown()
{
    if (!m_shuttingDown || !m_running.isEmpty() || m_stager.isStoring()
        || m_shutdown->future().isFinished())
        return;
    do
        sendBatch();
    while (!m_changed.isEmpty());
    m_shutdown->finish();
}

} // namespace ChatApp
