// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <functional>
#include <memory>
#include <optional>

namespace ChatApp {

//! One request as it came over the wire.
struct RawRequest {
    QByteArray head; //!< request line and headers, as sent
    QByteArray body;
    qint64 contentLength = 0;

    QByteArray method() const;
    QByteArray target() const;
    QByteArray header(const QByteArray& name) const;
    QList<QByteArray> headerNames() const;
    bool isWhole() const { return body.size() >= contentLength; }
};

//! One connection of a RawServer, for its handlers. Owned by the server.
class RawConnection : public QObject {
    Q_OBJECT
public:
    RawConnection(QTcpSocket* socket, QObject* parent);

    RawRequest& request() { return m_request; }
    QTcpSocket& socket() { return *m_socket; }
    void write(const QByteArray& bytes);
    //! "HTTP/1.1 <status>", the headers, Content-Length, body.
    void reply(const QByteArray& status, const QByteArray& body = {},
               const QByteArray& headers = {});
    void close(); //!< after what was written
    void reset(); //!< at once, with a RST
    void stopReading(); //!< lets the peer run into a full window

Q_SIGNALS:
    void headReceived();
    void wholeReceived();

private:
    void readAll();

    QTcpSocket* m_socket;
    QByteArray m_buffer;
    RawRequest m_request;
    bool m_haveHead = false;
    bool m_reading = true;
};

//! A server on 127.0.0.1 that answers as a test tells it, byte by byte, and remembers what it got.
//! Lives on the test's thread.
class RawServer : public QObject {
    Q_OBJECT
public:
    using Handler = std::function<void(RawConnection&)>;

    //! With a configuration: TLS.
    explicit RawServer(std::optional<QSslConfiguration> tls = std::nullopt);
    ~RawServer() override;

    quint16 port() const;
    int connections() const { return m_connections; }
    //! Requests whose head arrived, in order; bodies as far as they arrived.
    QList<RawRequest> requests() const;
    int requestCount() const { return static_cast<int>(requests().size()); }

    Handler onConnected; //!< before anything is read
    Handler onHead; //!< request line and headers are there
    Handler onWhole; //!< the body too

private:
    void accept();

    std::unique_ptr<QTcpServer> m_server;
    QList<RawConnection*> m_open;
    QList<RawRequest> m_finished;
    int m_connections = 0;
};

} // namespace ChatApp
