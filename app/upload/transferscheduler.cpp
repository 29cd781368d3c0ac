// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/transferscheduler.h"

#include <algorithm>

namespace ChatApp {

void TransferScheduler::enqueue(const QueuePlace& place)
{
    if (m_waiting.contains(place.id) || m_running.contains(place.id))
        return;
    const bool isLarge = place.size > m_largeAbove;
    m_waiting.insert(place.id, {place.position, isLarge});
    queueOf(isLarge).emplace(place.position, place.id.value);
}

void TransferScheduler::move(const QueuePlace& place)
{
    const auto waiting = m_waiting.find(place.id);
    if (waiting == m_waiting.end())
        return;
    Queue& queue = queueOf(waiting->isLarge);
    queue.erase({waiting->position, place.id.value});
    waiting->position = place.position;
    queue.emplace(place.position, place.id.value);
}

void TransferScheduler::release(UploadId id)
{
    if (const auto running = m_running.constFind(id); running != m_running.constEnd()) {
        m_largeRunning -= *running ? 1 : 0;
        m_running.erase(running);
        return;
    }
    const auto waiting = m_waiting.constFind(id);
    if (waiting == m_waiting.constEnd())
        return;
    queueOf(waiting->isLarge).erase({waiting->position, id.value});
    m_waiting.erase(waiting);
}

bool TransferScheduler::takesLarge() const
{
    if (m_large.empty() || m_small.empty())
        return !m_large.empty();
    return m_largeRunning < std::max(1, m_slots / 2) && *m_large.begin() < *m_small.begin();
}

std::optional<UploadId> TransferScheduler::next()
{
    if (running() >= m_slots || m_waiting.isEmpty())
        return std::nullopt;
    const bool isLarge = takesLarge();
    Queue& queue = queueOf(isLarge);
    const UploadId id{queue.begin()->second};
    queue.erase(queue.begin());
    m_waiting.remove(id);
    m_running.insert(id, isLarge);
    m_largeRunning += isLarge ? 1 : 0;
    return id;
}

} // namespace ChatApp
