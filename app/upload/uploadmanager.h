// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "upload/uploadsnapshot.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <memory>

namespace ChatApp {

//! A file, or a folder with all files in it, that somebody wants to upload; not looked at yet.
struct StageRequest {
    QString path;
    UploadTarget target;
    bool replace = false;
    bool start = false; //!< stored as Queued at once, and sent when its turn comes
};

//! What could not be staged: missing, unreadable, a name that is not UTF-8, a folder without files
//! (FolderEmpty). FileNotRegular inside a folder is no failure of the folder: pipes, sockets,
//! devices and links that lead in a circle are passed over.
struct StageFailure {
    QString path; //!< as requested; inside a folder: bytes that are not UTF-8 as \xNN
    Error error;
    QString folder{}; //!< path of the request in whose folder it was met; empty: the request itself
};

//! Façade over the upload engine for the window and the command line. Lives on the main thread,
//! does its work on the engine thread; every call returns at once, whatever the number of uploads,
//! and what it led to arrives in uploadsChanged().
class UploadManager : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! Looks at the files on a worker, stores them as Staged (or Queued) rows. Folders are walked
    //! (FolderWalk has the order, and what is left out): each file in them becomes a row. Rows and
    //! failures come in portions; every request leads to at least one of either, the failures
    //! before the future ends. It ends after the last commit; ids are those of the rows, in order.
    //! Errors: what the store says, Cancelled at shutdown; rows of earlier portions stay.
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
