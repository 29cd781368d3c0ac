// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "support/rawserver.h"

#include <QtNetwork/QSslServer>

#include <sys/socket.h>

namespace ChatApp {

QByteArray RawRequest::method() const
{
    return head.left(head.indexOf(' '));
}

QByteArray RawRequest::target() const
{
    return head.left(head.indexOf('\r')).split(' ').value(1);
}

QByteArray RawRequest::header(const QByteArray& name) const
{
    for (const QByteArray& line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

QList<QByteArray> RawRequest::headerNames() const
{
    QList<QByteArray> names;
    for (const QByteArray& line : head.split('\n').mid(1)) {
        if (const qsizetype colon = line.indexOf(':'); colon > 0)
            names.append(line.left(colon).toLower());
    }
    return names;
}

RawConnection::RawConnection(QTcpSocket* socket, QObject* parent)
    : QObject(parent)
    , m_socket(socket)
{
    socket->setParent(this);
    connect(socket, &QTcpSocket::readyRead, this, &RawConnection::readAll);
}

void RawConnection::readAll()
{
    if (!m_reading)
        return;
    m_buffer += m_socket->readAll();
    while (m_reading && !m_buffer.isEmpty()) {
        if (!m_haveHead) {
            const qsizetype end = m_buffer.indexOf("\r\n\r\n");
            if (end < 0)
                return;
            m_request = RawRequest{};
            m_request.head = m_buffer.left(end + 2);
            m_request.contentLength = m_request.header("Content-Length").toLongLong();
            m_buffer.remove(0, end + 4);
            m_haveHead = true;
            Q_EMIT headReceived();
        }
        const qint64 missing = m_request.contentLength - m_request.body.size();
        m_request.body += m_buffer.left(missing);
        m_buffer.remove(0, missing);
        if (!m_request.isWhole())
            return;
        m_haveHead = false;
        Q_EMIT wholeReceived();
    }
}

void RawConnection::write(const QByteArray& bytes)
{
    m_socket->write(bytes);
    m_socket->flush();
}

void RawConnection::reply(const QByteArray& status, const QByteArray& body,
                          const QByteArray& headers)
{
    write("HTTP/1.1 " + status + "\r\n" + headers
          + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

void RawConnection::close()
{
    m_socket->disconnectFromHost();
}

void RawConnection::reset()
{
    const linger hard{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(static_cast<int>(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard,
                 sizeof hard);
    m_socket->abort();
}

void RawConnection::stopReading()
{
    m_reading = false;
    m_socket->setReadBufferSize(1);
}

RawServer::RawServer(std::optional<QSslConfiguration> tls)
{
    if (tls) {
        auto server = std::make_unique<QSslServer>();
        server->setSslConfiguration(*tls);
        m_server = std::move(server);
    } else {
        m_server = std::make_unique<QTcpServer>();
    }
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &RawServer::accept);
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("cannot listen on 127.0.0.1");
}

RawServer::~RawServer() = default;

quint16 RawServer::port() const
{
    return m_server->serverPort();
}

QList<RawRequest> RawServer::requests() const
{
    QList<RawRequest> all = m_finished;
    for (RawConnection* connection : m_open) {
        if (!connection->request().head.isEmpty())
            all.append(connection->request());
    }
    return all;
}

void RawServer::accept()
{
    while (QTcpSocket* socket = m_server->nextPendingConnection()) {
        ++m_connections;
        auto* connection = new RawConnection(socket, this);
        m_open.append(connection);
        connect(connection, &RawConnection::headReceived, this, [this, connection] {
            if (onHead)
                onHead(*connection);
        });
        connect(connection, &RawConnection::wholeReceived, this, [this, connection] {
            if (onWhole)
                onWhole(*connection);
            m_finished.append(std::exchange(connection->request(), RawRequest{}));
        });
        if (onConnected)
            onConnected(*connection);
        if (socket->bytesAvailable() > 0)
            Q_EMIT socket->readyRead();
    }
}

} // namespace ChatApp
