// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/restingrecord.h"

#include <algorithm>

namespace ChatApp {

namespace {

RecordCommons commonsOf(const UploadRecord& record)
{
    const qsizetype slash = record.path.lastIndexOf(QLatin1Char('/'));
    return {.folder = record.path.left(qMax<qsizetype>(slash, 0)).toUtf8(),
            .contentType = record.contentType,
            .target = record.target,
            .replace = record.replace};
}

} // namespace

std::shared_ptr<const RecordCommons> RecordPool::share(RecordCommons commons)
{
    auto& known = m_byFolder[commons.folder];
    const auto found = std::find_if(known.begin(), known.end(), [&commons](const auto& candidate) {
        return *candidate == commons;
    });
    if (found != known.end())
        return *found;
    commons.folder.squeeze();
    known.push_back(std::make_shared<const RecordCommons>(std::move(commons)));
    return known.back();
}

RestingRecord& RestingRecord::operator=(const UploadRecord& record)
{
    RecordCommons commons = commonsOf(record);
    if (!m_commons || *m_commons != commons)
        m_commons = std::make_shared<const RecordCommons>(std::move(commons));
    keep(record);
    return *this;
}

void RestingRecord::assign(const UploadRecord& record, RecordPool& pool)
{
    m_commons = pool.share(commonsOf(record));
    keep(record);
}

void RestingRecord::keep(const UploadRecord& record)
{
    id = record.id;
    state = record.state;
    identity = record.identity;
    queuePosition = record.queuePosition;
    m_names = record.name.toUtf8() + '\0' + record.objectName.toUtf8();
    m_createdAt = record.createdAt;
    m_startedAt = record.startedAt;
    m_whole.reset();
    // The record may have more, now or in a later version of this program.
    if (unpack() == record) {
        m_names.squeeze(); // it was put together piece by piece
        return;
    }
    m_names.clear();
    m_whole = std::make_unique<const UploadRecord>(record);
}

UploadRecord RestingRecord::unpack() const
{
    UploadRecord record;
    if (m_whole) {
        record = *m_whole;
    } else if (m_commons) {
        const qsizetype end = m_names.indexOf('\0');
        record.name = QString::fromUtf8(m_names.constData(), end);
        record.path = QString::fromUtf8(m_commons->folder) + QLatin1Char('/') + record.name;
        record.objectName = QString::fromUtf8(m_names.constData() + end + 1);
        record.contentType = m_commons->contentType;
        record.target = m_commons->target;
        record.replace = m_commons->replace;
        record.createdAt = m_createdAt;
        record.startedAt = m_startedAt;
    }
    record.id = id;
    record.state = state;
    record.identity = identity;
    record.queuePosition = queuePosition;
    return record;
}

} // namespace ChatApp
