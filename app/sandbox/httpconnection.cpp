// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/httpconnection.h"

#include <QtCore/QFile>
#include <QtCore/QPointer>
#include <QtNetwork/QSslSocket>

#include <algorithm>

namespace ChatApp::Sandbox {

namespace {

constexpr qint64 pieceSize = 64 * 1024;
constexpr qint64 headLimit = 32 * 1024;
// A refused body up to this size is read away so that the connection can be kept.
constexpr qint64 discardLimit = 1024 * 1024;
constexpr int piecesPerTurn = 16;
constexpr std::chrono::milliseconds lingerTime{5000};
constexpr std::chrono::milliseconds paceTick{10};

struct HeadEnd {
    qsizetype head = -1;
    qsizetype body = -1;
};

HeadEnd findHeadEnd(const QByteArray& buffer)
{
    const qsizetype crlf = buffer.indexOf("\r\n\r\n");
    const qsizetype lf = buffer.indexOf("\n\n");
    if (crlf >= 0 && (lf < 0 || crlf < lf))
        return {crlf, crlf + 4};
    if (lf >= 0)
        return {lf, lf + 2};
    return {};
}

qint64 unsentBytes(const QTcpSocket& socket)
{
    const auto* tls = qobject_cast<const QSslSocket*>(&socket);
    return socket.bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

} // namespace

HttpConnection::HttpConnection(QTcpSocket* socket, qint64 number, const HttpService& service,
                               QObject* parent)
    : QObject(parent)
    , m_socket(socket)
    , m_number(number)
    , m_service(service)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(4 * pieceSize);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    for (QTimer* timer : {&m_idle, &m_delay, &m_paceTimer})
        timer->setSingleShot(true);
    m_delay.setTimerType(Qt::PreciseTimer);
    connect(&m_idle, &QTimer::timeout, this, &HttpConnection::timedOut);
    connect(&m_delay, &QTimer::timeout, this, &HttpConnection::deliver);
    connect(&m_paceTimer, &QTimer::timeout, this, &HttpConnection::pump);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::pump);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::sendMore);
    if (auto* tls = qobject_cast<QSslSocket*>(m_socket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &HttpConnection::sendMore);
    connect(m_socket, &QTcpSocket::disconnected, this, &HttpConnection::shutDown);
    m_idle.start(m_service.idleTimeout);
}

HttpConnection::~HttpConnection()
{
    m_socket->disconnect(this);
}

void HttpConnection::shutDown()
{
    if (m_state == State::Closed)
        return;
    m_state = State::Closed;
    for (QTimer* timer : {&m_idle, &m_delay, &m_paceTimer})
        timer->stop();
    m_exchange.reset();
    m_file.reset();
    m_socket->disconnect(this);
    m_socket->abort();
    Q_EMIT closed();
}

void HttpConnection::timedOut()
{
    if (m_state == State::Body || (m_state == State::Head && !m_buffer.isEmpty()))
        refuse({400, "no byte arrived for too long"});
    else
        shutDown();
}

void HttpConnection::pump()
{
    for (int i = 0; i < piecesPerTurn; ++i) {
        if (!pumpOnce())
            return;
    }
    // A fast sender must not keep the others waiting.
    QMetaObject::invokeMethod(this, &HttpConnection::pump, Qt::QueuedConnection);
}

bool HttpConnection::pumpOnce()
{
    switch (m_state) {
    case State::Head:
        return readHead();
    case State::Body:
        return readBody();
    case State::Discard:
        return discardBody();
    case State::Lingering:
        return !takeBytes(pieceSize).isEmpty();
    case State::Waiting:
    case State::Sending:
    case State::Closed:
        break;
    }
    return false;
}

QByteArray HttpConnection::takeBytes(qint64 limit)
{
    if (!m_buffer.isEmpty()) {
        QByteArray bytes = m_buffer.left(limit);
        m_buffer.remove(0, bytes.size());
        return bytes;
    }
    return m_socket->bytesAvailable() > 0 ? m_socket->read(limit) : QByteArray();
}

bool HttpConnection::readHead()
{
    if (m_socket->bytesAvailable() > 0) {
        m_buffer += m_socket->read(pieceSize);
        m_idle.start(m_service.idleTimeout);
    }
    while (m_buffer.startsWith("\r\n"))
        m_buffer.remove(0, 2);
    const HeadEnd end = findHeadEnd(m_buffer);
    if (end.head > headLimit || (end.head < 0 && m_buffer.size() > headLimit)) {
        refuse({431, "the head of the request is too large"});
        return false;
    }
    if (end.head < 0)
        return m_socket->bytesAvailable() > 0;
    const QByteArray head = m_buffer.left(end.head);
    m_buffer.remove(0, end.body);
    beginExchange(head);
    return true;
}

void HttpConnection::beginExchange(const QByteArray& head)
{
    auto parsed = parseHead(head);
    if (const auto* bad = std::get_if<BadRequest>(&parsed)) {
        refuse(*bad);
        return;
    }
    m_request = std::get<HttpRequest>(std::move(parsed));
    m_bodyLeft = m_request.contentLength().value_or(0);
    m_exchange = m_service.makeExchange(m_request, m_number);
    ++m_exchangeNumber;
    m_state = State::Body;
    m_paceClock.start();
    m_paceRead = 0;
    if (auto refusal = m_exchange->head()) {
        finishEarly(std::move(*refusal));
        return;
    }
    if (m_bodyLeft == 0)
        endExchange();
    else if (m_request.header("expect").toLower() == "100-continue")
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
}

qint64 HttpConnection::paceAllowance()
{
    const qint64 rate = m_exchange->bytesPerSecond();
    if (rate <= 0)
        return pieceSize;
    const qint64 allowed = rate * m_paceClock.elapsed() / 1000 - m_paceRead;
    if (allowed <= 0 && !m_paceTimer.isActive())
        m_paceTimer.start(paceTick);
    return std::clamp<qint64>(allowed, 0, pieceSize);
}

bool HttpConnection::readBody()
{
    const qint64 limit = std::min(paceAllowance(), m_bodyLeft);
    const QByteArray piece = limit > 0 ? takeBytes(limit) : QByteArray();
    if (piece.isEmpty())
        return false;
    m_idle.start(m_service.idleTimeout);
    m_bodyLeft -= piece.size();
    m_paceRead += piece.size();
    if (auto refusal = m_exchange->body(piece.constData(), piece.size()))
        finishEarly(std::move(*refusal));
    else if (m_bodyLeft == 0)
        endExchange();
    return true;
}

bool HttpConnection::discardBody()
{
    const QByteArray piece =
        m_bodyLeft > 0 ? takeBytes(std::min(pieceSize, m_bodyLeft)) : QByteArray();
    m_bodyLeft -= piece.size();
    if (m_bodyLeft > 0)
        return !piece.isEmpty();
    finish(std::move(m_response));
    return true;
}

void HttpConnection::endExchange()
{
    m_state = State::Waiting;
    m_idle.stop();
    const QPointer<HttpConnection> self(this);
    // Queued, because finishing may destroy the exchange that calls this.
    m_exchange->end([self, number = m_exchangeNumber](const HttpResponse& response) {
        if (!self)
            return;
        const auto take = [self, number, response] {
            if (self->m_state == State::Waiting && self->m_exchangeNumber == number)
                self->finish(response);
        };
        QMetaObject::invokeMethod(self.data(), take, Qt::QueuedConnection);
    });
}

void HttpConnection::finishEarly(HttpResponse response)
{
    const bool expecting = m_request.header("expect").toLower() == "100-continue";
    const bool framed = !m_request.hasHeader("transfer-encoding");
    if (response.delivery == HttpResponse::Delivery::Send && framed && !expecting
        && m_bodyLeft <= discardLimit) {
        m_response = std::move(response);
        m_state = State::Discard;
        // A body that is here already, or none, is done with at once.
        QMetaObject::invokeMethod(this, &HttpConnection::pump, Qt::QueuedConnection);
        return;
    }
    response.close = true;
    finish(std::move(response));
}

void HttpConnection::refuse(const BadRequest& reason)
{
    m_exchange.reset();
    m_request = {};
    m_bodyLeft = 0;
    HttpResponse response = m_service.answerBadRequest(reason);
    response.close = true;
    finish(std::move(response));
}

void HttpConnection::finish(HttpResponse response)
{
    m_idle.stop();
    m_state = State::Waiting;
    m_response = std::move(response);
    if (m_response.delay.count() > 0)
        m_delay.start(m_response.delay);
    else
        deliver();
}

void HttpConnection::deliver()
{
    using Delivery = HttpResponse::Delivery;
    if (m_exchange)
        m_exchange->answered();
    if (m_response.delivery == Delivery::Close || m_response.delivery == Delivery::Stall) {
        // A stall that was not ended by the peer ends like this too, after its delay.
        shutDown();
        return;
    }
    m_state = State::Sending;
    if (m_response.delivery == Delivery::Raw) {
        m_response.close = true;
        m_socket->write(m_response.body);
    } else {
        sendHead();
    }
    sendMore();
}

void HttpConnection::sendHead()
{
    const bool isHead = m_request.method == "HEAD";
    const qint64 bodySize = m_response.file ? m_response.file->length : m_response.body.size();
    const bool bodiless = m_response.status == 204;
    QByteArray head = "HTTP/1.1 " + QByteArray::number(m_response.status) + ' '
        + reasonPhrase(m_response.status) + "\r\n";
    for (const HttpField& field : std::as_const(m_response.fields))
        head += field.name + ": " + field.value + "\r\n";
    if (!bodiless) {
        head += "Content-Length: "
            + QByteArray::number(isHead ? m_response.announcedLength.value_or(0) : bodySize)
            + "\r\n";
    }
    if (m_request.header("connection").toLower() == "close")
        m_response.close = true;
    head += m_response.close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n";
    if (!isHead && !bodiless && !m_response.file)
        head += m_response.body;
    m_socket->write(head);
    if (!isHead && m_response.file) {
        m_file = std::make_unique<QFile>(m_response.file->path);
        m_fileLeft = m_response.file->length;
        if (!m_file->open(QIODevice::ReadOnly) || !m_file->seek(m_response.file->offset))
            shutDown();
    }
}

void HttpConnection::sendMore()
{
    if (m_state != State::Sending)
        return;
    while (m_file && m_fileLeft > 0 && unsentBytes(*m_socket) < pieceSize) {
        const QByteArray piece = m_file->read(std::min(pieceSize, m_fileLeft));
        if (piece.isEmpty()) {
            shutDown();
            return;
        }
        m_fileLeft -= piece.size();
        m_socket->write(piece);
    }
    if ((!m_file || m_fileLeft == 0) && unsentBytes(*m_socket) == 0)
        sent();
}

void HttpConnection::sent()
{
    if (m_exchange)
        m_exchange->sent();
    m_exchange.reset();
    m_file.reset();
    if (!m_response.close) {
        m_state = State::Head;
        m_idle.start(m_service.idleTimeout);
        QMetaObject::invokeMethod(this, &HttpConnection::pump, Qt::QueuedConnection);
        return;
    }
    m_state = State::Lingering;
    m_idle.start(lingerTime);
    if (m_bodyLeft == 0 && m_buffer.isEmpty() && m_socket->bytesAvailable() == 0) {
        m_socket->disconnectFromHost();
        return;
    }
    // Closing with unread bytes would reset the connection and lose the answer on its way.
    m_buffer.clear();
    QMetaObject::invokeMethod(this, &HttpConnection::pump, Qt::QueuedConnection);
}

} // namespace ChatApp::Sandbox
