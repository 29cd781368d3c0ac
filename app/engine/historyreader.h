// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "engine/engineconfig.h"
#include "storage/database.h"
#include "storage/uploadstore.h"

namespace ChatApp {

//! Queue and history of a profile that another process may be writing: reads only, takes no lock. A
//! profile without a database reads as an empty one. Lives on any thread.
class HistoryReader {
public:
    explicit HistoryReader(const ProfilePaths& paths);

    //! Errors: StoreNewer, StoreFailed.
    QFuture<Result<void>> open();
    //! Rows that have not ended, as they are stored, in the order of sending.
    QFuture<Result<QList<UploadRecord>>> unfinished();
    QFuture<Result<QList<UploadRecord>>> history(const HistoryQuery& query);

private:
    Database m_database;
    UploadStore m_store;
};

} // namespace ChatApp
