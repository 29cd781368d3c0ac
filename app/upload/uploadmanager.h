// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "upload/uploadsnapshot.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <memory>

namespace ChatApp {

//! A file that somebody wants to upload, not looked at yet.
struct StageRequest {
    QString path;
    UploadTarget target;
    bool replace = false;
    bool start = false; //!< stored as Queued at once, and sent when its turn comes
};

//! A file that could not be staged: missing, unreadable, a folder, a name that is not UTF-8.
struct StageFailure {
    QString path;
    Error error;
};

//! Façade over the upload engine for the window and the command line. Lives on the main thread,
//! does its work on the engine thread; every call returns at once, whatever the number of uploads,
//! and what it led to arrives in uploadsChanged().
class UploadManager : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! Looks at the files on a worker, stores them as Staged (or Queued) rows. Folders are refused
    //! here (FileNotRegular). The future ends after the commit; ids are those of the rows.
    virtual QFuture<Result<QList<UploadId>>> stage(QList<StageRequest> requests) = 0;
    virtual void start(QList<UploadId> ids) = 0; //!< Staged or Paused ones; others stay as they are
    virtual void pause(QList<UploadId> ids) = 0; //!< Queued and running ones
    virtual void cancel(QList<UploadId> ids) = 0; //!< until they ended; Staged ones are removed
    virtual void retry(QList<UploadId> ids) = 0; //!< Failed or Cancelled ones, as the same upload
    virtual void remove(QList<UploadId> ids) = 0; //!< from the list; ended rows stay in history
    // The same for all that are in the list as the call arrives.
    virtual void startAll() = 0;
    virtual void pauseAll() = 0;
    virtual void cancelAll() = 0;
    //! Sends them, in this order, before another one that has not been sent by then; UploadId{}:
    //! after all others. What is under way goes on. An unknown `before` changes nothing.
    virtual void move(QList<UploadId> ids, UploadId before) = 0;

Q_SIGNALS:
    void uploadsChanged(const ChatApp::UploadBatch& batch);
    void totalsChanged(const ChatApp::TransferTotals& totals);
    //! After the row was committed as Done, Failed or Cancelled.
    void uploadEnded(const ChatApp::UploadSnapshot& upload);
    void stageFailed(const QList<ChatApp::StageFailure>& failures);
};

} // namespace ChatApp

Q_DECLARE_METATYPE(ChatApp::StageFailure)
