// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "sandbox/listener.h"
#include "sandbox/sandboxstate.h"

#include <QtCore/QObject>
#include <QtCore/QTemporaryDir>

namespace ChatApp::Sandbox {

//! The sandbox on its thread: state, listeners, the folder of its data.
class SandboxWorker final : public QObject {
    Q_OBJECT

public:
    SandboxWorker();
    ~SandboxWorker() override;

    //! Starts to listen. Errors: DiskFull, Usage (certificate, port), Internal.
    Result<void> start(const SandboxConfig& config);
    SandboxState& state() { return *m_state; }
    quint16 port() const { return m_listener->serverPort(); }
    quint16 adminPort() const { return m_adminListener ? m_adminListener->serverPort() : 0; }
    QByteArray adminToken() const { return m_adminToken; }

Q_SIGNALS:
    void eventOccurred(const ChatApp::SandboxEvent& event);

private:
    Result<void> makeFolder(const QString& dataFolder);
    Result<void> listen(const SandboxConfig& config);
    Result<void> listenForAdmin(const SandboxConfig& config);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SandboxState> m_state;
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<Listener> m_adminListener;
    QByteArray m_adminToken;
};

} // namespace ChatApp::Sandbox
