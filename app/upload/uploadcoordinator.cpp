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

constexpr qsizetype portion = 1000; // rows in one transaction
constexpr milliseconds batchInterval{100};

} // namespace

UploadCoordinator::UploadCoordinator(UploadServices services, int slots, QObject* parent)
    : QObject(parent)
    , m_services(std::move(services))
    , m_scheduler(slots)
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
    int staged = 0;
    for (UploadRecord& record : records) {
        // Started by hand again: what a program does on its own at its start surprises. Only what
        // was being cancelled is, to the end.
        if (record.state == UploadState::Staged)
            ++staged;
        else if (record.state == UploadState::Cancelling)
            m_scheduler.enqueue(record.id);
        else
            record.state = UploadState::Paused;
    }
    m_progress.staged(staged);
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

void UploadCoordinator::start(QList<UploadId> ids)
{
    enqueueCommand([this, ids = std::move(ids)](const std::function<void()>& done) {
        applyToAll(ids, 0, UploadEvent::StartRequested{}, done);
    });
}

void UploadCoordinator::retry(QList<UploadId> ids)
{
    enqueueCommand([this, ids = std::move(ids)](const std::function<void()>& done) {
        applyToAll(ids, 0, UploadEvent::RetryRequested{}, done);
    });
}

void UploadCoordinator::cancel(QList<UploadId> ids)
{
    // What runs is told at once; rows at rest wait for the commands before this one.
    for (const UploadId& id : std::as_const(ids)) {
        const auto entry = m_entries.find(id);
        if (entry != m_entries.end() && entry->second.job)
            entry->second.job->cancel();
    }
    enqueueCommand([this, ids = std::move(ids)](const std::function<void()>& done) {
        QList<UploadId> staged;
        QList<UploadId> started;
        for (const UploadId& id : ids) {
            const auto entry = m_entries.find(id);
            if (entry == m_entries.end())
                continue;
            (entry->second.record.state == UploadState::Staged ? staged : started).append(id);
        }
        removeNow(staged, [this, started, done] {
            applyToAll(started, 0, UploadEvent::CancelRequested{}, done);
        });
    });
}

void UploadCoordinator::remove(QList<UploadId> ids)
{
    enqueueCommand(
        [this, ids = std::move(ids)](const std::function<void()>& done) { removeNow(ids, done); });
}

void UploadCoordinator::applyToAll(const QList<UploadId>& ids, qsizetype first,
                                   const AnyUploadEvent& event, const std::function<void()>& done)
{
    auto changes = std::make_shared<std::vector<Change>>();
    QList<UploadRecord> rows;
    qsizetype next = first;
    for (; next < ids.size() && rows.size() < portion; ++next) {
        const auto entry = m_entries.find(ids.at(next));
        if (entry == m_entries.end() || entry->second.job)
            continue;
        UploadMachine machine(entry->second.record, m_services.retry, m_services.multipart);
        const auto actions = machine.handle(event, m_services.clock.now(), 0);
        for (const AnyUploadAction& action : actions) {
            if (const auto* store = std::get_if<UploadAction::Store>(&action)) {
                rows.append(store->record);
                // From here on it is not the scheduler's to begin, until the row is committed.
                m_scheduler.release(ids.at(next));
                changes->push_back({machine, store->attempt});
            }
        }
    }
    if (rows.isEmpty()) {
        done();
        return;
    }
    whenDone(m_services.store.update(rows), this,
             [this, ids, next, event, done, changes](const Result<void>& stored) {
                 applied(*changes, stored);
                 applyToAll(ids, next, event, done);
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
    entry.record = std::move(record);
    markChanged(id);
    if (entry.record.state == UploadState::Queued) {
        m_progress.queued(id, entry.record.identity.size);
        m_scheduler.enqueue(id);
    } else if (isEnded(entry.record.state)) {
        m_progress.ended(id, entry.record.state == UploadState::Done, overhead);
        UploadSnapshot snapshot;
        snapshot.record = entry.record;
        if (entry.record.state == UploadState::Done)
            snapshot.bytesSent = entry.record.identity.size;
        Q_EMIT uploadEnded(snapshot);
    } else {
        m_progress.held(id);
        if (entry.record.state == UploadState::Cancelling)
            m_scheduler.enqueue(id); // the server is to be told
    }
}

void UploadCoordinator::removeNow(const QList<UploadId>& ids, const std::function<void()>& done)
{
    QList<UploadId> rows;
    QList<UploadId> gone;
    for (const UploadId& id : ids) {
        const auto entry = m_entries.find(id);
        if (entry == m_entries.end() || entry->second.job)
            continue;
        m_scheduler.release(id);
        gone.append(id);
        if (!isEnded(entry->second.record.state))
            rows.append(id);
    }
    if (gone.isEmpty()) {
        done();
        return;
    }
    const auto forget = [this, gone, done](const Result<void>& removed) {
        if (!removed)
            qCWarning(lcUpload) << "rows not removed:" << describeError(removed.error());
        for (const UploadId& id : gone) {
            const auto entry = m_entries.find(id);
            if (!removed && !isEnded(entry->second.record.state))
                continue;
            if (entry->second.record.state == UploadState::Staged)
                m_progress.unstaged(1);
            else
                m_progress.held(id);
            m_entries.erase(entry);
            markRemoved(id);
        }
        done();
    };
    if (rows.isEmpty())
        forget({});
    else
        whenDone(m_services.store.remove(rows), this, forget);
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
                              m_progress.staged(static_cast<int>(inserted->size()));
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
        m_entries[record.id].record = record;
        markChanged(record.id);
    }
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
    UploadJob* job = m_entries[id].job.release();
    m_running.remove(id);
    m_scheduler.release(id);
    job->disconnect(this);
    settle(job->record(), job->overhead());
    job->deleteLater();
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
        UploadSnapshot snapshot;
        if (entry->second.job) {
            snapshot = entry->second.job->snapshot();
            bytesInFlight += snapshot.bytesSent;
            bytesConfirmed += snapshot.record.bytesConfirmed;
        } else {
            snapshot.record = entry->second.record;
            if (entry->second.record.state == UploadState::Done)
                snapshot.bytesSent = entry->second.record.identity.size;
            else
                snapshot.bytesSent = entry->second.record.bytesConfirmed;
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
