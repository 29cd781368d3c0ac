// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/restingrecord.h"

#include <QtCore/QFileInfo>

#include <algorithm>

namespace ChatApp {

std::shared_ptr<const UploadTarget> RecordPool::target(const UploadTarget& target)
{
    const auto known =
        std::find_if(m_targets.rbegin(), m_targets.rend(),
                     [&target](const auto& candidate) { return *candidate == target; });
    if (known == m_targets.rend())
        m_targets.push_back(std::make_shared<const UploadTarget>(target));
    else
        std::iter_swap(known, m_targets.rbegin());
    return m_targets.back();
}

RestingRecord& RestingRecord::operator=(const UploadRecord& record)
{
    if (!m_target || *m_target != record.target)
        m_target = std::make_shared<const UploadTarget>(record.target);
    if (m_contentType != record.contentType)
        m_contentType = record.contentType;
    keep(record);
    return *this;
}

void RestingRecord::assign(const UploadRecord& record, RecordPool& pool)
{
    m_target = pool.target(record.target);
    m_contentType = pool.contentType(record.contentType);
    keep(record);
}

void RestingRecord::keep(const UploadRecord& record)
{
    id = record.id;
    state = record.state;
    identity = record.identity;
    m_replace = record.replace;
    m_path = record.path.toUtf8();
    m_objectName = record.objectName.toUtf8();
    m_createdAt = record.createdAt;
    m_startedAt = record.startedAt;
    m_whole.reset();
    // The record may have more, now or in a later version of this program. (The conversion to UTF-8
    // allots room for the worst case.)
    if (unpack() == record) {
        m_path.squeeze();
        m_objectName.squeeze();
        return;
    }
    m_path.clear();
    m_objectName.clear();
    m_whole = std::make_unique<const UploadRecord>(record);
}

UploadRecord RestingRecord::unpack() const
{
    UploadRecord record;
    if (m_whole) {
        record = *m_whole;
    } else {
        record.path = QString::fromUtf8(m_path);
        record.name = QFileInfo(record.path).fileName();
        if (m_target)
            record.target = *m_target;
        record.objectName = QString::fromUtf8(m_objectName);
        record.contentType = m_contentType;
        record.replace = m_replace;
        record.createdAt = m_createdAt;
        record.startedAt = m_startedAt;
    }
    record.id = id;
    record.state = state;
    record.identity = identity;
    return record;
}

} // namespace ChatApp
