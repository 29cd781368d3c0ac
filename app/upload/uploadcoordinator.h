// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/answer.h"
#include "core/result.h"
#include "upload/restingrecord.h"
#include "upload/transferprogress.h"
#include "upload/transferscheduler.h"
#include "upload/uploadjob.h"
#include "upload/uploadmanager.h"
#include "upload/uploadservices.h"
#include "upload/uploadstager.h"

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
//! hundred thousand rows neither block the thread nor take a commit each.
class UploadCoordinator : public QObject {
    Q_OBJECT
public:
    UploadCoordinator(UploadServices services, int slots, QObject* parent = nullptr);
    ~UploadCoordinator() override;

    //! Takes over what an earlier process left: staged rows as they were, everything else Paused.
    QFuture<Result<void>> load();
    QFuture<Result<QList<UploadId>>> stage(QList<StageRequest> requests);
    void start(QList<UploadId> ids);
    void cancel(QList<UploadId> ids);
    void retry(QList<UploadId> ids);
    void remove(QList<UploadId> ids);
    //! Pauses what runs and starts nothing more. The future ends when all of it is committed.
    QFuture<void> shutdown();

Q_SIGNALS:
    void uploadsChanged(const ChatApp::UploadBatch& batch);
    void totalsChanged(const ChatApp::TransferTotals& totals);
    void uploadEnded(const ChatApp::UploadSnapshot& upload);
    void stageFailed(const QList<ChatApp::StageFailure>& failures);

private:
    struct Entry {
        RestingRecord record;
        std::unique_ptr<UploadJob> job; // while it has a slot
    };
    struct Change {
        UploadMachine machine;
        int attempt = 0;
    };
    //! A command tells its `done` when the next one may begin.
    using Command = std::function<void(std::function<void()> done)>;

    void enqueueCommand(Command command);
    void nextCommand();
    //! Lets the event happen to each of `ids`, a portion at a time from `first` on.
    void applyToAll(const QList<UploadId>& ids, qsizetype first, const AnyUploadEvent& event,
                    const std::function<void()>& done);
    void applied(std::vector<Change>& changes, const Result<void>& stored);
    void settle(const UploadRecord& record, std::chrono::milliseconds overhead);
    void removeNow(const QList<UploadId>& ids, const std::function<void()>& done);
    void loadPage(int skipped, const Answer<void>& answer);
    void resume(const QList<UploadRecord>& records);
    void adopt(const QList<UploadRecord>& records);

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
    QSet<UploadId> m_running;
    std::deque<Command> m_commands;
    bool m_commandRunning = false;

    QTimer m_batchTimer;
    QList<UploadId> m_changed; // in the order they changed first
    QSet<UploadId> m_changedSet;
    QList<UploadId> m_removed;

    bool m_shuttingDown = false;
    std::unique_ptr<QPromise<void>> m_shutdown;
};

} // namespace ChatApp
