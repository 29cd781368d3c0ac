// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/recorder.h"

#include <QtCore/QTimer>

#include <algorithm>

namespace ChatApp {

bool SandboxEventFilter::matches(const SandboxEvent& event) const
{
    return event.number > after && (!kind || *kind == event.kind)
        && (!operation || *operation == SandboxOperation::Any || *operation == event.operation);
}

} // namespace ChatApp

namespace ChatApp::Sandbox {

namespace {

constexpr size_t logLimit = 200'000;
constexpr size_t eventLimit = 200'000;
constexpr qint64 windowMs = 1000;

} // namespace

Recorder::Recorder()
{
    m_clock.start();
}

void Recorder::emitEvent(SandboxEvent::Kind kind, const SandboxLogEntry& entry)
{
    const SandboxEvent event{
        ++m_eventCount, kind, entry.sequence, entry.operation, entry.key, entry.status,
    };
    m_events.push_back(event);
    if (m_events.size() > eventLimit)
        m_events.pop_front();
    // A callback may start to wait again: first take those that match out of the list.
    std::deque<Waiter> matching;
    for (auto it = m_waiters.begin(); it != m_waiters.end();) {
        if (it->filter.matches(event)) {
            matching.push_back(std::move(*it));
            it = m_waiters.erase(it);
        } else {
            ++it;
        }
    }
    for (const Waiter& waiter : matching)
        waiter.callback(event);
    Q_EMIT eventOccurred(event);
}

void Recorder::received(SandboxLogEntry& entry)
{
    entry.sequence = ++m_requests;
    ++m_stats.requests[entry.operation];
    m_stats.peakConcurrentRequests = std::max(m_stats.peakConcurrentRequests, ++m_openRequests);
    emitEvent(SandboxEvent::Kind::Received, entry);
}

void Recorder::authorizationArrived(const QString& accessKeyId)
{
    const qint64 now = m_clock.elapsed();
    std::deque<qint64>& recent = m_recentAuthorizations[accessKeyId];
    while (!recent.empty() && recent.front() <= now - windowMs)
        recent.pop_front();
    recent.push_back(now);
    int& peak = m_stats.peakAuthorizations[accessKeyId];
    peak = std::max(peak, static_cast<int>(recent.size()));
}

void Recorder::bodyArrived(qint64 bytes)
{
    const qint64 second = m_clock.elapsed() / 1000;
    if (second != m_second) {
        m_second = second;
        m_bytesThisSecond = 0;
    }
    m_bytesThisSecond += bytes;
    m_stats.bodyBytes += bytes;
    m_stats.peakBytesPerSecond = std::max(m_stats.peakBytesPerSecond, m_bytesThisSecond);
}

void Recorder::committed(const SandboxLogEntry& entry)
{
    emitEvent(SandboxEvent::Kind::Committed, entry);
}

void Recorder::finished(const SandboxLogEntry& entry, SandboxEvent::Kind kind)
{
    --m_openRequests;
    if (entry.status >= 300)
        ++m_stats.refused[entry.operation];
    m_log.push_back(entry);
    if (m_log.size() > logLimit)
        m_log.pop_front();
    emitEvent(kind, entry);
}

void Recorder::connectionOpened()
{
    ++m_stats.connections;
    m_stats.peakConnections = std::max(m_stats.peakConnections, ++m_stats.openConnections);
}

void Recorder::connectionClosed()
{
    --m_stats.openConnections;
}

QList<SandboxLogEntry> Recorder::log() const
{
    return {m_log.begin(), m_log.end()};
}

QList<SandboxEvent> Recorder::events() const
{
    return {m_events.begin(), m_events.end()};
}

void Recorder::waitForEvent(const SandboxEventFilter& filter, std::chrono::milliseconds timeout,
                            EventCallback callback)
{
    const auto past = std::find_if(m_events.begin(), m_events.end(),
                                   [&](const auto& event) { return filter.matches(event); });
    if (past != m_events.end()) {
        callback(*past);
        return;
    }
    const qint64 number = ++m_waiterCount;
    m_waiters.push_back({number, filter, std::move(callback)});
    QTimer::singleShot(timeout, this, [this, number] {
        const auto waiter = std::find_if(m_waiters.begin(), m_waiters.end(),
                                         [number](const Waiter& w) { return w.number == number; });
        if (waiter == m_waiters.end())
            return;
        const EventCallback expired = waiter->callback;
        m_waiters.erase(waiter);
        expired(std::nullopt);
    });
}

} // namespace ChatApp::Sandbox
