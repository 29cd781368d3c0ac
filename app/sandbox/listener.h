// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/httpconnection.h"

#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QTcpServer>

#include <functional>
#include <optional>

namespace ChatApp::Sandbox {

//! Accepts connections, in the clear or over TLS, and owns them. Server thread.
class Listener final : public QTcpServer {
    Q_OBJECT

public:
    Listener(HttpService service, std::optional<QSslConfiguration> tls);
    ~Listener() override;

Q_SIGNALS:
    void connectionOpened();
    void connectionClosed();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    HttpService m_service;
    std::optional<QSslConfiguration> m_tls;
    qint64 m_count = 0;
};

} // namespace ChatApp::Sandbox
