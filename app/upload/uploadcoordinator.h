// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/answer.h"
#include "core/result.h"
#include "upload/queueorder.h"
#include "upload/restingrecord.h"
#include "upload/transferprogress.h"
#include "upload/transferscheduler.h"
#include "upload/uploadjob.h"
#include "upload/uploadmanager.h"
#include "upload/uploadservices.h"
#include "upload/uploadstager.h"
#include "upload/uploadsweeper.h"

#include <QtCore/QObject>
#include <QtCore/QPromise>
#include <QtCore/QSet>
#include <QtCore/QTimer>

#include <deque>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace ChatApp {

//! All uploads of the list: rows at rest are plain records, only those that have a slot are jobs.
//! Lives on the engine thread. Commands are carried out one after another, in portions, so that a
//! hundred thousand rows neither block the thread nor take a commit each. What runs is told of a
//! pause or a cancel at once, and what it names begins no more from then on.
class UploadCoordinator : public QObject {
    Q_OBJECT
public:
    UploadCoordinator(UploadServices services, int slots, QObject* parent = nullptr);
    ~UploadCoordinator() override;

    //! Takes over what an earlier process left: staged rows as they were, everything else Paused.
    QFuture<Result<void>> load();
    QFuture<Result<QList<UploadId>>> stage(QList<StageRequest> requests);
    void start(QList<UploadId> ids);
    void pause(QList<UploadId> ids);
    void cancel(QList<UploadId> ids);
    void retry(QList<UploadId> ids);
    void remove(QList<UploadId> ids);
    void startAll() { start(m_order.ids()); }
    void pauseAll() { pause(m_order.ids()); }
    void cancelAll() { cancel(m_order.ids()); }
    //! In this order in front of `before`; UploadId{}: to the end.
    void move(QList<UploadId> ids, UploadId before);
    //! Pauses what runs and starts nothing more. The future ends when all of it is committed.
    QFuture<void> shutdown();

Q_SIGNALS:
    void uploadsChanged(const ChatApp::UploadBatch& batch);
    void totalsChanged(const ChatApp::TransferTotals& totals);
    void uploadEnded(const ChatApp::UploadSnapshot& upload);
    void stageFailed(const QList<ChatApp::StageFailure>& failures);

private:
    enum class Order { Start, Pause, Cancel, Retry, Remove };
    struct Entry {
        RestingRecord record;
        std::unique_ptr<UploadJob> job; // while it has a slot
        // Came while the job was on its way to rest, where no event could serve it.
        std::optional<Order> afterRest;
        int holds = 0; // commands that will stop it: until they have run it does not begin
    };
    struct Change {
        UploadMachine machine;
        int attempt = 0;
    };
    //! A command tells its `done` when the next one may begin.
    using Command = std::function<void(std::function<void()> done)>;

    void enqueueCommand(Command command);
    void nextCommand();
    static AnyUploadEvent eventFor(Order order);
    static QueuePlace placeOf(const Entry& entry)
    {
        return {entry.record.id, entry.record.queuePosition, entry.record.identity.size};
    }
    //! Lets the order happen to each of `ids`, a portion at a time from `first` on.
    void applyToAll(const QList<UploadId>& ids, qsizetype first, Order order,
                    const std::function<void()>& done);
    static void tellJob(Entry& entry, Order order);
    //! Keeps those of `ids` that wait from beginning; letGo() undoes it.
    void hold(const QList<UploadId>& ids);
    void letGo(const QList<UploadId>& ids);
    void obeyAfterRest(UploadId id, Order order);
    void moveNow(const QList<UploadId>& ids, UploadId before, const std::function<void()>& done);
    void storePlaces(const QList<QueuePlace>& places, qsizetype first,
                     const std::function<void()>& done);
    void applied(std::vector<Change>& changes, const Result<void>& stored);
    void settle(const UploadRecord& record, std::chrono::milliseconds overhead);
    //! Removes rows at rest, a portion at a time from `first` on.
    void removeNow(const QList<UploadId>& ids, qsizetype first, const std::function<void()>& done);
    void dropThenRemove(const QList<UploadId>& ids);
    void forget(const QList<UploadId>& ids, const Result<void>& removed);
    void loadPage(int skipped, const Answer<void>& answer);
    void resume(QList<UploadRecord> records);
    void adopt(const QList<UploadRecord>& records);
    UploadSnapshot snapshotOf(const Entry& entry) const;

    void pump();
    void begin(UploadId id);
    void jobRested(UploadId id);
    void markChanged(UploadId id);
    void markRemoved(UploadId id);
    QList<UploadId> takeChanged();
    void sendBatch();
    void finishShutdown();

    UploadServices m_services;
    UploadStager m_stager;
    TransferScheduler m_scheduler;
    TransferProgress m_progress;
    std::unordered_map<UploadId, Entry> m_entries;
    RecordPool m_pool; // what their records have in common
    QueueOrder m_order; // of all entries
    QSet<UploadId> m_running;
    UploadSweeper m_sweeper;
    std::deque<Command> m_commands;
    bool m_commandRunning = false;
    // Until all rows are there, commands wait and nothing begins: places in the queue are not
    // known, and a row that ended would shift the pages.
    bool m_loading = false;

    QTimer m_batchTimer;
    QList<UploadId> m_changed; // in the order they changed first
    QSet<UploadId> m_changedSet;
    QList<UploadId> m_removed;

    bool m_shuttingDown = false;
    std::unique_ptr<QPromise<void>> m_shutdown;
};

} // namespace ChatApp
