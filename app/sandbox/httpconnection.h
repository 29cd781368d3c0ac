// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/exchange.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>

class QFile;
class QTcpSocket;

namespace ChatApp::Sandbox {

//! What all connections of one listener have in common.
struct HttpService {
    ExchangeFactory makeExchange;
    BadRequestAnswer answerBadRequest;
    std::chrono::milliseconds idleTimeout{60'000};
};

//! The server's side of one HTTP/1.1 connection: request after request, one at a time. Bodies are
//! handed on in pieces of at most 64 KiB; nothing larger is ever held. Lives on the server thread,
//! owned by its listener; emits closed() once, when it is over.
class HttpConnection final : public QObject {
    Q_OBJECT

public:
    //! Takes `socket` over as a child. `service` must outlive the connection.
    HttpConnection(QTcpSocket* socket, qint64 number, const HttpService& service, QObject* parent);
    ~HttpConnection() override;

Q_SIGNALS:
    void closed();

private:
    enum class State {
        Head, //!< waiting for, or reading, a request's head
        Body, //!< handing the body to the exchange
        Discard, //!< a refusal is ready, the small rest of the body is read away first
        Waiting, //!< for the exchange's reply, or a planned delay
        Sending,
        Lingering, //!< answered early; reading away what the peer still sends so that it can read
        Closed,
    };

    void pump();
    bool pumpOnce();
    bool readHead();
    bool readBody();
    bool discardBody();
    void beginExchange(const QByteArray& head);
    void endExchange();
    void finish(HttpResponse response);
    void finishEarly(HttpResponse response);
    void deliver();
    void sendHead();
    void sendMore();
    void sent();
    void refuse(const BadRequest& reason);
    void timedOut();
    void shutDown();
    QByteArray takeBytes(qint64 limit);
    qint64 paceAllowance();

    QTcpSocket* m_socket;
    qint64 m_number;
    const HttpService& m_service;
    State m_state = State::Head;
    QByteArray
        m_buffer; //!< read ahead of its use: a head that is not complete, or what followed it
    HttpRequest m_request;
    std::unique_ptr<Exchange> m_exchange;
    qint64 m_exchangeNumber = 0;
    qint64 m_bodyLeft = 0;
    HttpResponse m_response;
    std::unique_ptr<QFile> m_file;
    qint64 m_fileLeft = 0;
    QTimer m_idle;
    QTimer m_delay;
    QTimer m_paceTimer;
    QElapsedTimer m_paceClock;
    qint64 m_paceRead = 0;
};

} // namespace ChatApp::Sandbox
