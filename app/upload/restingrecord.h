// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "storage/uploadrecord.h"

#include <QtCore/QByteArray>
#include <QtCore/QSet>

#include <memory>
#include <vector>

namespace ChatApp {

//! What many records have in common, kept once. Belongs to a list of RestingRecords and its thread;
//! the records may outlive it.
class RecordPool {
public:
    std::shared_ptr<const UploadTarget> target(const UploadTarget& target);
    QString contentType(const QString& type) { return *m_types.insert(type); }

private:
    std::vector<std::shared_ptr<const UploadTarget>> m_targets; // the one used last at the end
    QSet<QString> m_types;
};

//! An UploadRecord as a list keeps it, in a third of the memory while it is Staged or has not got
//! far: a hundred thousand rows are 40 MB and not 110. Nothing is ever lost: what does not fit
//! the short form is kept whole. A plain value that moves and does not copy.
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

private:
    void keep(const UploadRecord& record);

    bool m_replace = false;
    QByteArray m_path; // UTF-8
    QByteArray m_objectName;
    QString m_contentType;
    std::shared_ptr<const UploadTarget> m_target;
    QDateTime m_createdAt;
    QDateTime m_startedAt;
    std::unique_ptr<const UploadRecord> m_whole; // instead of the above
};

} // namespace ChatApp
