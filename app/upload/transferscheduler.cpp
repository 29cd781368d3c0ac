// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/transferscheduler.h"

namespace ChatApp {

void TransferScheduler::enqueue(const QueuePlace& place)
{
    if (m_waiting.contains(place.id) || m_running.contains(place.id))
        return;
    m_waiting.insert(place.id, place.position);
    m_queue.emplace(place.position, place.id.value);
}

void TransferScheduler::move(const QueuePlace& place)
{
    const auto waiting = m_waiting.find(place.id);
    if (waiting == m_waiting.end())
        return;
    m_queue.erase({*waiting, place.id.value});
    *waiting = place.position;
    m_queue.emplace(place.position, place.id.value);
}

void TransferScheduler::release(UploadId id)
{
    if (m_running.remove(id))
        return;
    const auto waiting = m_waiting.constFind(id);
    if (waiting == m_waiting.constEnd())
        return;
    m_queue.erase({*waiting, id.value});
    m_waiting.erase(waiting);
}

std::optional<UploadId> TransferScheduler::next()
{
    if (running() >= m_slots || m_queue.empty())
        return std::nullopt;
    const UploadId id{m_queue.begin()->second};
    m_queue.erase(m_queue.begin());
    m_waiting.remove(id);
    m_running.insert(id);
    return id;
}

} // namespace ChatApp
