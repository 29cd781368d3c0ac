// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

// The part of UploadCoordinator that carries out what the user asks for, on one row or on all.

#include "core/logging.h"
#include "core/whendone.h"
#include "storage/uploadstore.h"
#include "upload/uploadcoordinator.h"

#include <algorithm>

namespace ChatApp {

namespace {

constexpr qsizetype rowsAtOnce = 1000; // in one transaction

} // namespace

void UploadCoordinator::start(QList<UploadId> ids)
{
    enqueueCommand([this, ids = std::move(ids)](const std::function<void()>& done) {
        applyToAll(ids, 0, Order::Start, done);
    });
}

void UploadCoordinator::retry(QList<UploadId> ids)
{
    enqueueCommand([this, ids = std::move(ids)](const std::function<void()>& done) {
        applyToAll(ids, 0, Order::Retry, done);
    });
}

void UploadCoordinator::pause(QList<UploadId> ids)
{
    // What runs is told at once; rows at rest wait for the commands before this one.
    for (const UploadId& id : std::as_const(ids)) {
        const auto entry = m_entries.find(id);
        if (entry != m_entries.end() && entry->second.job)
            tellJob(entry->second, Order::Pause);
    }
    hold(ids);
    enqueueCommand([this, ids = std::move(ids)](const std::function<void()>& done) {
        applyToAll(ids, 0, Order::Pause, [this, ids, done] {
            letGo(ids);
            done();
        });
    });
}

void UploadCoordinator::cancel(QList<UploadId> ids)
{
    for (const UploadId& id : std::as_const(ids)) {
        const auto entry = m_entries.find(id);
        if (entry != m_entries.end() && entry->second.job)
            tellJob(entry->second, Order::Cancel);
    }
    hold(ids);
    enqueueCommand([this, ids = std::move(ids)](const std::function<void()>& done) {
        QList<UploadId> staged;
        QList<UploadId> started;
        for (const UploadId& id : ids) {
            const auto entry = m_entries.find(id);
            if (entry == m_entries.end())
                continue;
            (entry->second.record.state == UploadState::Staged ? staged : started).append(id);
        }
        removeNow(staged, 0, [this, ids, started, done] {
            applyToAll(started, 0, Order::Cancel, [this, ids, done] {
                letGo(ids);
                done();
            });
        });
    });
}

void UploadCoordinator::remove(QList<UploadId> ids)
{
    hold(ids);
    enqueueCommand([this, ids = std::move(ids)](const std::function<void()>& done) {
        removeNow(ids, 0, [this, ids, done] {
            letGo(ids);
            done();
        });
    });
}

void UploadCoordinator::move(QList<UploadId> ids, UploadId before)
{
    enqueueCommand([this, ids = std::move(ids), before](const std::function<void()>& done) {
        moveNow(ids, before, done);
    });
}

AnyUploadEvent UploadCoordinator::eventFor(Order order)
{
    switch (order) {
    case Order::Start:
        return UploadEvent::StartRequested{};
    case Order::Pause:
        return UploadEvent::PauseRequested{};
    case Order::Cancel:
    case Order::Remove: // not an event of the machine: see removeNow()
        return UploadEvent::CancelRequested{};
    case Order::Retry:
        break;
    }
    return UploadEvent::RetryRequested{};
}

void UploadCoordinator::tellJob(Entry& entry, Order order)
{
    UploadJob& job = *entry.job;
    const UploadState state = job.record().state;
    const bool isEnding = job.hasRested() || state == UploadState::Cancelling || isEnded(state);
    switch (order) {
    case Order::Start:
        // It may be on its way to a pause. If it ends otherwise, a start means nothing to it.
        entry.afterRest = order;
        break;
    case Order::Pause:
        entry.afterRest.reset();
        job.pause();
        break;
    case Order::Cancel:
        if (job.hasRested()) {
            entry.afterRest = order;
        } else {
            entry.afterRest.reset();
            job.cancel();
        }
        break;
    case Order::Retry:
    case Order::Remove:
        if (isEnding)
            entry.afterRest = order;
        break;
    }
}

void UploadCoordinator::hold(const QList<UploadId>& ids)
{
    for (const UploadId& id : ids) {
        const auto entry = m_entries.find(id);
        if (entry == m_entries.end())
            continue;
        ++entry->second.holds;
        if (!entry->second.job)
            m_scheduler.release(id);
    }
}

void UploadCoordinator::letGo(const QList<UploadId>& ids)
{
    for (const UploadId& id : ids) {
        const auto found = m_entries.find(id);
        if (found == m_entries.end())
            continue;
        Entry& entry = found->second;
        if (--entry.holds == 0 && !entry.job && entry.record.state == UploadState::Queued)
            m_scheduler.enqueue(placeOf(entry));
    }
    pump();
}

void UploadCoordinator::obeyAfterRest(UploadId id, Order order)
{
    enqueueCommand([this, id, order](const std::function<void()>& done) {
        if (order == Order::Remove)
            removeNow({id}, 0, done);
        else
            applyToAll({id}, 0, order, done);
    });
}

void UploadCoordinator::applyToAll(const QList<UploadId>& ids, qsizetype first, Order order,
                                   const std::function<void()>& done)
{
    auto changes = std::make_shared<std::vector<Change>>();
    QList<UploadRecord> rows;
    qsizetype next = first;
    for (; next < ids.size() && rows.size() < rowsAtOnce; ++next) {
        const auto entry = m_entries.find(ids.at(next));
        if (entry == m_entries.end())
            continue;
        if (entry->second.job) { // it began after the command arrived, or has not rested yet
            tellJob(entry->second, order);
            continue;
        }
        UploadMachine machine(entry->second.record, m_services.retry, m_services.multipart);
        const auto actions = machine.handle(eventFor(order), m_services.clock.now(), 0);
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
             [this, ids, next, order, done, changes](const Result<void>& stored) {
                 applied(*changes, stored);
                 applyToAll(ids, next, order, done);
             });
}

void UploadCoordinator::removeNow(const QList<UploadId>& ids, qsizetype first,
                                  const std::function<void()>& done)
{
    QList<UploadId> rows;
    QList<UploadId> gone;
    QList<UploadId> dropping; // the server holds parts of them
    qsizetype next = first;
    for (; next < ids.size() && gone.size() < rowsAtOnce; ++next) {
        const UploadId id = ids.at(next);
        const auto entry = m_entries.find(id);
        if (entry == m_entries.end())
            continue;
        if (entry->second.job) {
            tellJob(entry->second, Order::Remove);
            continue;
        }
        if (!isEnded(entry->second.record.state) && !entry->second.record.uploadId().isEmpty()) {
            dropping.append(id);
            continue;
        }
        m_scheduler.release(id);
        gone.append(id);
        if (!isEnded(entry->second.record.state))
            rows.append(id);
    }
    if (!dropping.isEmpty())
        dropThenRemove(dropping);
    if (gone.isEmpty()) {
        done();
        return;
    }
    const auto goOn = [this, ids, next, gone, done](const Result<void>& removed) {
        forget(gone, removed);
        removeNow(ids, next, done);
    };
    if (rows.isEmpty())
        goOn({});
    else
        whenDone(m_services.store.remove(rows), this, goOn);
}

//! Cancels them, which tells the server; they go when that is done.
void UploadCoordinator::dropThenRemove(const QList<UploadId>& ids)
{
    enqueueCommand([this, ids](const std::function<void()>& done) {
        applyToAll(ids, 0, Order::Cancel, done);
        for (const UploadId& id : ids) {
            const auto entry = m_entries.find(id);
            if (entry != m_entries.end())
                entry->second.afterRest = Order::Remove;
        }
    });
}

void UploadCoordinator::forget(const QList<UploadId>& ids, const Result<void>& removed)
{
    if (!removed)
        qCWarning(lcUpload) << "rows not removed:" << describeError(removed.error());
    for (const UploadId& id : ids) {
        const auto entry = m_entries.find(id);
        if (entry == m_entries.end() || (!removed && !isEnded(entry->second.record.state)))
            continue;
        if (entry->second.record.state == UploadState::Staged)
            m_progress.unstaged(1);
        else
            m_progress.held(id);
        m_order.remove(placeOf(entry->second));
        m_entries.erase(entry);
        markRemoved(id);
    }
}

void UploadCoordinator::moveNow(const QList<UploadId>& ids, UploadId before,
                                const std::function<void()>& done)
{
    std::optional<QueuePlace> target;
    if (before != UploadId{}) {
        const auto entry = m_entries.find(before);
        if (entry == m_entries.end()) { // it went meanwhile: any guess would surprise
            done();
            return;
        }
        target = placeOf(entry->second);
    }
    QList<QueuePlace> moved;
    for (const UploadId& id : ids) {
        const auto entry = m_entries.find(id);
        if (entry != m_entries.end())
            moved.append(placeOf(entry->second));
    }
    const QList<QueuePlace> places = m_order.move(moved, target);
    for (const QueuePlace& place : places) {
        m_entries[place.id].record.queuePosition = place.position;
        m_scheduler.move(place);
    }
    storePlaces(places, 0, done);
}

void UploadCoordinator::storePlaces(const QList<QueuePlace>& places, qsizetype first,
                                    const std::function<void()>& done)
{
    if (first >= places.size()) {
        done();
        return;
    }
    const QList<QueuePlace> some = places.mid(first, rowsAtOnce);
    whenDone(m_services.store.setPositions(some), this,
             [this, places, first, some, done](const Result<void>& stored) {
                 if (!stored) // the order holds for this session
                     qCWarning(lcUpload) << "order not stored:" << describeError(stored.error());
                 for (const QueuePlace& place : some)
                     markChanged(place.id);
                 storePlaces(places, first + rowsAtOnce, done);
             });
}

} // namespace ChatApp
