// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/answer.h"
#include "upload/stagesource.h"
#include "upload/uploadservices.h"

#include <QtCore/QObject>

#include <atomic>
#include <deque>
#include <functional>
#include <memory>

namespace ChatApp {

//! Brings files and folders into the store as Staged rows: portions of a thousand are looked at on
//! the file worker, committed, and told, one after the other, so that no more than one of them is
//! in memory whatever was dropped. One stage() at a time, the others wait. Lives on the engine
//! thread.
class UploadStager : public QObject {
    Q_OBJECT
public:
    //! Gives the place in the queue behind all others.
    using NextPosition = std::function<qint64()>;

    UploadStager(UploadServices services, NextPosition nextPosition, QObject* parent = nullptr);
    ~UploadStager() override;

    //! The contract of UploadManager::stage().
    QFuture<Result<QList<UploadId>>> stage(QList<StageRequest> requests);
    //! Ends everything at once, for good: the futures with Cancelled. Rows of a portion that is
    //! being committed reach the store, and are found there at the next start.
    void stop();

Q_SIGNALS:
    //! After their commit.
    void staged(const QList<ChatApp::UploadRecord>& records);
    void failed(const QList<ChatApp::StageFailure>& failures);

private:
    struct Job {
        std::shared_ptr<StageSource> source; // the worker's, while it looks
        QList<UploadId> ids;
        Answer<QList<UploadId>> answer;
    };

    void look();
    void looked(StageSource::Portion portion);
    void stored(const Result<QList<UploadRecord>>& inserted, bool finished);
    void goOn(bool finished);
    void end(const Result<QList<UploadId>>& outcome);

    UploadServices m_services;
    NextPosition m_nextPosition;
    std::shared_ptr<std::atomic_bool> m_stop;
    std::deque<Job> m_jobs; // the first is under way
};

} // namespace ChatApp
