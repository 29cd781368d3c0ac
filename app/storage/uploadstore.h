// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "storage/uploadpart.h"
#include "storage/uploadrecord.h"

#include <QtCore/QFuture>

namespace ChatApp {

class Database;

//! What was learnt about a bucket and holds for later uploads.
struct BucketFacts {
    QString bucket;
    QString endpoint; //!< OSS endpoint host the facts were learnt at
    QString region; //!< that V4 worked with; empty if only V1 worked
    bool v1Only = false;
};

//! What was learnt about a space: it takes no multipart uploads.
struct SpaceFacts {
    QString endpoint; //!< of CAMS
    QString accessKeyId;
    SpaceId space;

    bool operator==(const SpaceFacts&) const = default;
};

//! A part of the rows that have not ended.
struct UnfinishedPage {
    QList<UploadRecord> records;
    int rows = 0; //!< with those that cannot be read; fewer than wanted: this is the last page
};

//! Queue and history: one table, history is the rows that have ended. Every future ends after the
//! commit. Callable from any thread; lives as long as the Database it borrows.
class UploadStore {
public:
    explicit UploadStore(Database& database);

    //! Inserts rows in one transaction and gives them back with their ids, in order.
    QFuture<Result<QList<UploadRecord>>> insert(QList<UploadRecord> records);
    //! Writes the whole row of each record but its place in the queue. A missing row is
    //! StoreFailed.
    QFuture<Result<void>> update(QList<UploadRecord> records);
    QFuture<Result<void>> remove(QList<UploadId> ids);
    //! Writes nothing but the places. A row that is gone is no error.
    QFuture<Result<void>> setPositions(QList<QueuePlace> places);
    //! Rows that have not ended, in the order of sending, with the bytes of their parts. Rows that
    //! cannot be read are left out and logged: one bad row never blocks the others.
    QFuture<Result<QList<UploadRecord>>> unfinished();
    //! At most `most` of the same rows after the first `skipped`, for lists of any length.
    QFuture<Result<UnfinishedPage>> unfinishedPage(int most, int skipped);
    //! Ended rows, latest end first (ties: higher id first).
    QFuture<Result<QList<UploadRecord>>> history(HistoryQuery query);
    QFuture<Result<void>> updateLink(UploadId id, LinkState link);

    //! Notes an acknowledged part of the upload `multipartId`. Nothing if the row names another one
    //! by now: the parts of an upload go with its id.
    QFuture<Result<void>> addPart(UploadId id, QString multipartId, UploadPart part);
    //! The parts noted of a row's upload, ascending.
    QFuture<Result<QList<UploadPart>>> parts(UploadId id);

    //! Ended rows of this account and space that still name an upload at the server.
    QFuture<Result<QList<UploadRecord>>> abandoned(UploadTarget target);

    //! The server holds nothing of that upload any more. Nothing if the row names another by now.
    QFuture<Result<void>> forgetMultipart(UploadId id, QString multipartId);

    QFuture<Result<QList<SpaceFacts>>> spacesWithoutMultipart();
    QFuture<Result<void>> rememberWithoutMultipart(SpaceFacts facts);

    QFuture<Result<QList<BucketFacts>>> bucketFacts();
    QFuture<Result<void>> rememberBucket(BucketFacts facts);

private:
    Database& m_database;
};

} // namespace ChatApp
