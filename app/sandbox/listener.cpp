// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/listener.h"

#include <QtNetwork/QSslSocket>

namespace ChatApp::Sandbox {

Listener::Listener(HttpService service, std::optional<QSslConfiguration> tls)
    : m_service(std::move(service))
    , m_tls(std::move(tls))
{
}

Listener::~Listener()
{
    // The connections use m_service: they have to go before it.
    const auto connections = findChildren<HttpConnection*>();
    qDeleteAll(connections);
}

void Listener::incomingConnection(qintptr descriptor)
{
    std::unique_ptr<QTcpSocket> socket;
    if (m_tls) {
        auto tls = std::make_unique<QSslSocket>();
        tls->setSslConfiguration(*m_tls);
        socket = std::move(tls);
    } else {
        socket = std::make_unique<QTcpSocket>();
    }
    if (!socket->setSocketDescriptor(descriptor))
        return;
    auto* tls = qobject_cast<QSslSocket*>(socket.get());
    auto* connection = new HttpConnection(socket.release(), ++m_count, m_service, this);
    connect(connection, &HttpConnection::closed, this, [this, connection] {
        Q_EMIT connectionClosed();
        connection->deleteLater();
    });
    Q_EMIT connectionOpened();
    if (tls)
        tls->startServerEncryption();
}

} // namespace ChatApp::Sandbox
