// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/transferscheduler.h"

namespace ChatApp {

void TransferScheduler::enqueue(UploadId id)
{
    if (m_waiting.contains(id) || m_running.contains(id))
        return;
    m_waiting.insert(id);
    m_queue.push_back(id);
}

void TransferScheduler::release(UploadId id)
{
    if (!m_running.remove(id))
        m_waiting.remove(id);
}

std::optional<UploadId> TransferScheduler::next()
{
    if (running() >= m_slots)
        return std::nullopt;
    while (!m_queue.empty()) {
        const UploadId id = m_queue.front();
        m_queue.pop_front();
        if (!m_waiting.remove(id))
            continue;
        m_running.insert(id);
        return id;
    }
    return std::nullopt;
}

} // namespace ChatApp
