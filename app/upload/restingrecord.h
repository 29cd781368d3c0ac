// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "storage/uploadrecord.h"

#include <QtCore/QByteArray>
#include <QtCore/QHash>

#include <memory>
#include <vector>

namespace ChatApp {

//! What the records of a folder's files have in common.
struct RecordCommons {
    QByteArray folder; //!< UTF-8, without the slash at its end
    QString contentType;
    UploadTarget target;
    bool replace = false;

    bool operator==(const RecordCommons&) const = default;
};

//! Keeps what records have in common once. Belongs to a list of RestingRecords and its thread; the
//! records may outlive it.
class RecordPool {
public:
    std::shared_ptr<const RecordCommons> share(RecordCommons commons);

private:
    QHash<QByteArray, std::vector<std::shared_ptr<const RecordCommons>>> m_byFolder;
};

//! An UploadRecord as a list keeps it, in a fraction of the memory while it is Staged or has not
//! got far: about 250 bytes a row where the record takes a thousand. Nothing is ever lost: what
//! does not fit the short form is kept whole. A plain value that moves and does not copy.
class RestingRecord {
public:
    RestingRecord() = default;
    RestingRecord& operator=(const UploadRecord& record);
    //! The same, sharing with others what they have in common.
    void assign(const UploadRecord& record, RecordPool& pool);

    //! The whole record, with the fields below as they are now.
    UploadRecord unpack() const;
    operator UploadRecord() const { return unpack(); }

    // What is looked at all the time.
    UploadId id;
    UploadState state = UploadState::Staged;
    FileIdentity identity;
    qint64 queuePosition = 0;

    // These make a record one that is kept whole.
    QString uploadId() const { return m_whole ? m_whole->uploadId : QString(); }
    qint64 bytesConfirmed() const { return m_whole ? m_whole->bytesConfirmed : 0; }

private:
    void keep(const UploadRecord& record);

    std::shared_ptr<const RecordCommons> m_commons;
    QByteArray m_names; // UTF-8: the file's, a NUL, the object's
    QDateTime m_createdAt;
    QDateTime m_startedAt;
    std::unique_ptr<const UploadRecord> m_whole; // instead of the above
};

} // namespace ChatApp
