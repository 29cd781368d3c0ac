// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/sandboxreport.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QHash>
#include <QtCore/QObject>

#include <chrono>
#include <deque>
#include <functional>
#include <optional>

namespace ChatApp {

//! Which event somebody waits for. What is not set, matches anything.
struct SandboxEventFilter {
    qint64 after = 0; //!< events with a greater number
    std::optional<SandboxEvent::Kind> kind;
    std::optional<SandboxOperation> operation;

    bool matches(const SandboxEvent& event) const;
};

} // namespace ChatApp

namespace ChatApp::Sandbox {

//! Log, counters and events of a sandbox. Lives on the server thread.
class Recorder final : public QObject {
    Q_OBJECT

public:
    using EventCallback = std::function<void(const std::optional<SandboxEvent>&)>;

    Recorder();

    //! Numbers the entry and counts it.
    void received(SandboxLogEntry& entry);
    void authorizationArrived(const QString& accessKeyId);
    void bodyArrived(qint64 bytes);
    void committed(const SandboxLogEntry& entry);
    //! Ends a request, Answered or Aborted: `entry` goes to the log.
    void finished(const SandboxLogEntry& entry, SandboxEvent::Kind kind);
    void connectionOpened();
    void connectionClosed();

    QList<SandboxLogEntry> log() const;
    SandboxStats stats() const { return m_stats; }
    QList<SandboxEvent> events() const;
    //! Calls back with the first event that matches, one that has happened included, or with
    //! nothing after `timeout`.
    void waitForEvent(const SandboxEventFilter& filter, std::chrono::milliseconds timeout,
                      EventCallback callback);

Q_SIGNALS:
    void eventOccurred(const ChatApp::SandboxEvent& event);

private:
    struct Waiter {
        qint64 number = 0;
        SandboxEventFilter filter;
        EventCallback callback;
    };

    void emitEvent(SandboxEvent::Kind kind, const SandboxLogEntry& entry);

    QElapsedTimer m_clock;
    std::deque<SandboxLogEntry> m_log;
    std::deque<SandboxEvent> m_events;
    std::deque<Waiter> m_waiters;
    SandboxStats m_stats;
    QHash<QString, std::deque<qint64>> m_recentAuthorizations; //!< ms since the start
    qint64 m_requests = 0;
    qint64 m_eventCount = 0;
    qint64 m_waiterCount = 0;
    int m_openRequests = 0;
    qint64 m_second = 0;
    qint64 m_bytesThisSecond = 0;
};

} // namespace ChatApp::Sandbox
