// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "net/qnamcall.h"

#include "net/qnamerrors.h"
#include "net/uploadbody.h"

#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslError>

#include <algorithm>

namespace ChatApp {

namespace {

Error makeError(ErrorKind kind, const QString& message)
{
    Error error;
    error.kind = kind;
    error.message = message;
    return error;
}

//! The first thing that is wrong with the certificate, and whose it is.
QString describeCertificateProblem(const QList<QSslError>& errors)
{
    if (errors.isEmpty())
        return {};
    const QSslError& first = errors.constFirst();
    QString text = first.errorString();
    const QStringList names = first.certificate().subjectInfo(QSslCertificate::CommonName);
    if (!names.isEmpty())
        text += QStringLiteral(" (certificate of %1)").arg(names.constFirst());
    return text;
}

} // namespace

QnamCall::QnamCall(const TransportConfig& config, qint64 maxAnswerSize, QObject* parent)
    : HttpCall(parent)
    , m_config(config)
    , m_maxAnswerSize(maxAnswerSize)
    , m_limit(this)
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &QnamCall::limitReached);
}

void QnamCall::follow(QNetworkReply* reply, UploadBody* body, bool viaProxy)
{
    m_reply = reply;
    m_body = body;
    m_viaProxy = viaProxy;
    reply->setReadBufferSize(m_maxAnswerSize + 1);

    // For a body of no bytes Qt tells neither when it is sent nor when a kept connection is used:
    // then it counts as sent, but for the time that a new connection takes.
    const bool sentUntold = body && body->atEnd();
    if (sentUntold)
        assumeSent();
    const bool encrypts = reply->url().scheme() == QLatin1String("https");
    connect(reply, &QNetworkReply::socketStartedConnecting, this, [this, sentUntold, encrypts] {
        if (sentUntold && encrypts)
            m_phase = Phase::Connecting;
        if (m_phase == Phase::Connecting)
            enter(Phase::Connecting);
    });
    connect(reply, &QNetworkReply::encrypted, this, [this, sentUntold] {
        if (sentUntold)
            assumeSent();
    });
    connect(reply, &QNetworkReply::requestSent, this, [this] {
        m_outcome.requestTaken = true;
        if (m_phase == Phase::Connecting)
            enter(m_body && !m_body->atEnd() ? Phase::Sending : Phase::Waiting);
    });
    connect(reply, &QNetworkReply::metaDataChanged, this, [this] { enter(Phase::Receiving); });
    connect(reply, &QNetworkReply::readyRead, this, &QnamCall::readAnswer);
    connect(reply, &QNetworkReply::finished, this, &QnamCall::replyFinished);
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) {
        m_certificateProblem = describeCertificateProblem(errors);
    });
    if (body) {
        connect(body, &UploadBody::progressed, this, [this](qint64 taken) {
            m_outcome.requestTaken = true;
            enter(m_body->atEnd() ? Phase::Waiting : Phase::Sending);
            Q_EMIT bodyBytesSent(taken);
        });
        connect(body, &UploadBody::starved, this, &QnamCall::awaitBody);
        connect(body, &UploadBody::brokeOff, this, [this](const QString& reason) {
            end(makeError(ErrorKind::FileUnreadable,
                          QStringLiteral("the data to be sent broke off: ") + reason));
        });
    }
    enter(Phase::Connecting);
}

void QnamCall::assumeSent()
{
    m_outcome.requestTaken = true;
    enter(Phase::Waiting);
}

//! The body holds back, as under a speed limit: that is no stall of the connection. Once its bytes
//! go on, so does the clock.
void QnamCall::awaitBody()
{
    m_outcome.requestTaken = true;
    enter(Phase::Sending);
    if (m_phase == Phase::Sending)
        m_limit.stop();
}

void QnamCall::abort()
{
    end(makeError(ErrorKind::Cancelled, QStringLiteral("cancelled")));
}

void QnamCall::end(Result<HttpResponse> response)
{
    if (m_ended)
        return;
    m_ended = true;
    m_limit.stop();
    m_outcome.response = std::move(response);
    if (m_body)
        m_body->disconnect(this);
    if (m_reply) {
        m_reply->disconnect(this);
        // Not from here: the reply may be the one that called, and abort() signals at once.
        QMetaObject::invokeMethod(
            m_reply,
            [reply = m_reply.data()] {
                if (reply->isRunning())
                    reply->abort();
                reply->deleteLater();
            },
            Qt::QueuedConnection);
    }
    QMetaObject::invokeMethod(this, &QnamCall::deliver, Qt::QueuedConnection);
}

void QnamCall::endNow()
{
    abort();
    deliver();
}

void QnamCall::deliver()
{
    if (m_delivered)
        return;
    m_delivered = true;
    Q_EMIT finished(m_outcome);
    deleteLater();
}

void QnamCall::enter(Phase phase)
{
    // Late signals of the other thread must not turn the clock back.
    m_phase = std::max(m_phase, phase);
    switch (m_phase) {
    case Phase::Connecting:
        m_limit.start(m_config.connectTimeout);
        break;
    case Phase::Sending:
        m_limit.start(m_config.sendStallTimeout);
        break;
    case Phase::Waiting:
    case Phase::Receiving:
        m_limit.start(m_config.answerTimeout);
        break;
    }
}

void QnamCall::limitReached()
{
    if (m_phase == Phase::Connecting && m_viaProxy) {
        end(makeError(ErrorKind::Proxy, QStringLiteral("no connection through the proxy in time")));
        return;
    }
    const auto message = [this] {
        switch (m_phase) {
        case Phase::Connecting:
            return QStringLiteral("no connection in time");
        case Phase::Sending:
            return QStringLiteral("the connection stalled while sending");
        case Phase::Waiting:
            return QStringLiteral("no answer in time");
        case Phase::Receiving:
            break;
        }
        return QStringLiteral("the answer stalled");
    };
    end(makeError(ErrorKind::Timeout, message()));
}

void QnamCall::readAnswer()
{
    enter(Phase::Receiving);
    m_answer += m_reply->read(m_maxAnswerSize + 1 - m_answer.size());
    if (m_answer.size() > m_maxAnswerSize) {
        end(makeError(ErrorKind::InvalidAnswer,
                      QStringLiteral("the answer is longer than %1 bytes").arg(m_maxAnswerSize)));
    }
}

void QnamCall::replyFinished()
{
    if (m_reply->isOpen())
        readAnswer();
    if (!m_ended)
        end(outcomeOfReply());
}

Result<HttpResponse> QnamCall::outcomeOfReply()
{
    const QNetworkReply::NetworkError error = m_reply->error();
    HttpResponse response;
    response.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // Before the errors: a 307 to an upload is reported as ContentReSendError.
    if (response.status >= 300 && response.status < 400) {
        Error redirected =
            makeError(ErrorKind::Intercepted, QStringLiteral("redirected instead of answered"));
        redirected.httpStatus = response.status;
        return redirected;
    }
    if (error != QNetworkReply::NoError && !isStatusError(error, response.status)) {
        if (error == QNetworkReply::ContentReSendError)
            m_outcome.requestTaken = true;
        if (isBeforeRequest(error))
            m_outcome.requestTaken = false;
        return errorOfReply({.error = error,
                             .text = m_reply->errorString(),
                             .certificateProblem = m_certificateProblem,
                             .viaProxy = m_viaProxy,
                             .requestTaken = m_outcome.requestTaken});
    }
    if (response.status < 200 || response.status > 599) {
        return makeError(ErrorKind::InvalidAnswer,
                         QStringLiteral("not an HTTP answer (status %1)").arg(response.status));
    }
    for (const auto& [name, value] : m_reply->rawHeaderPairs())
        response.headers.append({name, value});
    response.body = m_answer;
    return response;
}

} // namespace ChatApp
