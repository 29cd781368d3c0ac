// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
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
    //! Writes the whole row of each record. A missing row is StoreFailed.
    QFuture<Result<void>> update(QList<UploadRecord> records);
    QFuture<Result<void>> remove(QList<UploadId> ids);
    //! Rows that have not ended, oldest first. Rows that cannot be read are left out and logged:
    //! one bad row never blocks the others.
    QFuture<Result<QList<UploadRecord>>> unfinished();
    //! At most `most` of the same rows after the first `skipped`, for lists of any length.
    QFuture<Result<UnfinishedPage>> unfinishedPage(int most, int skipped);
    //! Ended rows, latest end first (ties: higher id first).
    QFuture<Result<QList<UploadRecord>>> history(HistoryQuery query);
    QFuture<Result<void>> updateLink(UploadId id, LinkState link);

    QFuture<Result<QList<BucketFacts>>> bucketFacts();
    QFuture<Result<void>> rememberBucket(BucketFacts facts);

private:
    Database& m_database;
};

} // namespace ChatApp
