// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "sandbox/recorder.h"
#include "sandbox/sandboxconfig.h"
#include "sandbox/sandboxfaultplan.h"
#include "sandbox/sandboxreport.h"

#include <QtCore/QObject>
#include <QtCore/QThread>

#include <memory>
#include <optional>

namespace ChatApp {

namespace Sandbox {
class SandboxWorker;
}

//! A CAMS and an OSS on one port of the loopback address, for tests and trials: it checks every
//! request more strictly than the real services, and misbehaves as planned. It runs on a thread of
//! its own. This object belongs to the thread that made it; its methods may be called from any
//! other thread than the server's, take a moment each, and give values.
class SandboxServer final : public QObject {
    Q_OBJECT

public:
    explicit SandboxServer(QObject* parent = nullptr);
    //! Stops at once: requests under way are dropped, the data is removed.
    ~SandboxServer() override;

    //! Starts to listen; once. Errors: DiskFull, Usage (certificate, port, address), Internal.
    Result<void> start(const SandboxConfig& config = {});

    // Where it is
    QString endpoint() const; //!< "http://127.0.0.1:1234", for CAMS and OSS alike
    quint16 port() const;
    quint16 adminPort() const; //!< 0 without an admin interface
    QString adminToken() const;
    QString bucket() const;
    QList<SandboxAccount> accounts() const; //!< those made up included
    QString spaceId() const { return accounts().constFirst().spaces.value(0); }

    // What it does
    SandboxBehavior behavior() const;
    void setBehavior(const SandboxBehavior& behavior);
    //! Replaces the account that has the same AccessKey ID, or adds one.
    void setAccount(const SandboxAccount& account);
    //! Replaces the plan; all counters start again.
    void setFaultPlan(const SandboxFaultPlan& plan);
    //! The plan with its hits.
    SandboxFaultPlan faultPlan() const;
    //! Every request passes `gate` at each of its moments; empty takes it away. The server stands
    //! still meanwhile, so that a test can act at an exact moment: it must not call this object.
    void setGate(SandboxGate gate);
    int faultHits(int rule) const { return faultPlan().rules().at(rule).hits; }

    // What it has seen
    QList<SandboxObject> objects() const;
    std::optional<SandboxObject> object(const QString& key) const;
    //! The bytes of an object: for small ones.
    QByteArray content(const QString& key) const;
    QList<SandboxUpload> uploads() const;
    QList<SandboxLogEntry> log() const; //!< requests that have ended, in the order of their ends
    SandboxStats stats() const;
    int requestCount(SandboxOperation operation) const { return stats().requests.value(operation); }
    QList<SandboxEvent> events() const;
    //! Blocks until an event matches, one that has happened included; nothing after `timeout`.
    std::optional<SandboxEvent> waitForEvent(const SandboxEventFilter& filter,
                                             std::chrono::milliseconds timeout) const;

Q_SIGNALS:
    //! Arrives through the event loop of this object's thread.
    void eventOccurred(const ChatApp::SandboxEvent& event);

private:
    template <typename Function>
    auto onServer(Function function) const;

    mutable QThread m_thread;
    Sandbox::SandboxWorker* m_worker = nullptr; //!< lives on m_thread, deleted as it ends
};

} // namespace ChatApp
