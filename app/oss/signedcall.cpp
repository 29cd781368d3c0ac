// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/signedcall.h"

#include "core/logging.h"
#include "oss/osssignerv1.h"
#include "oss/osssignerv4.h"

namespace ChatApp {

namespace {

constexpr int firstError = 300;

OssAnswer commonAnswer(const HttpResponse& response)
{
    OssAnswer answer;
    answer.status = response.status;
    answer.requestId = QString::fromLatin1(response.header("x-oss-request-id"));
    bool ok = false;
    const quint64 crc = response.header("x-oss-hash-crc64ecma").trimmed().toULongLong(&ok);
    if (ok)
        answer.crc64 = crc;
    answer.etag = unquoted(response.header("ETag"));
    return answer;
}

} // namespace

SignedCall::SignedCall(SigningContext context, OssOperation operation, QObject* parent)
    : OssCall(parent)
    , m_context(std::move(context))
    , m_operation(std::move(operation))
{
}

SignedCall::~SignedCall()
{
    if (m_request)
        m_request->abort();
}

void SignedCall::start()
{
    m_tried.append(m_context.book.first(m_operation.signing));
    attempt();
}

void SignedCall::attempt()
{
    Result<HttpRequest> request = nextRequest();
    if (!request) {
        end({.answer = request.error(), .outcomeUnknown = false});
        return;
    }
    m_request = m_context.transport.send(std::move(request).value());
    connect(m_request, &HttpCall::bodyBytesSent, this, &OssCall::bodyBytesSent);
    connect(m_request, &HttpCall::finished, this, &SignedCall::answered);
}

Result<HttpRequest> SignedCall::nextRequest()
{
    OssRequest toSign = m_operation.request;
    if (!m_operation.anonymous) {
        const QDateTime now = m_context.serverClock.now();
        const SigningChoice& choice = m_tried.constLast();
        if (choice.v1)
            signOssV1(toSign, m_operation.credentials, now);
        else
            signOssV4(toSign, m_operation.credentials, choice.region.toLatin1(), now);
    }

    HttpRequest request;
    request.method = toSign.method;
    request.scheme = m_operation.url.server.scheme;
    request.host = m_operation.url.server.host;
    request.port = m_operation.url.server.port;
    request.target = m_operation.url.path;
    if (const QByteArray query = ossQuery(toSign.query); !query.isEmpty())
        request.target += '?' + query;
    request.headers = toSign.headers;
    request.body = m_operation.body;
    if (m_operation.bodySource) {
        Result<std::unique_ptr<QIODevice>> body = m_operation.bodySource->open();
        if (!body)
            return body.error();
        request.bodyDevice = std::move(body).value();
        request.bodySize = m_operation.bodySource->size;
    }
    return request;
}

void SignedCall::answered(const HttpOutcome& outcome)
{
    if (m_ended)
        return;
    m_request.clear();
    if (!outcome.response) {
        end({.answer = outcome.response.error(), .outcomeUnknown = outcome.requestTaken});
        return;
    }
    const HttpResponse& response = *outcome.response;
    if (!isForeignAnswer(response))
        m_context.serverClock.learn(parseHttpDate(response.header("Date")));

    OssAnswer answer = commonAnswer(response);
    // A success that is not OSS's own is the page of a portal; OSS can say 200 and mean an error.
    const bool success =
        response.status < firstError && !isForeignAnswer(response) && !parseOssError(response.body);
    if (m_operation.anonymous) {
        if (!success)
            answer.refusal = readOssRefusal(response).error;
        m_operation.read(response, answer);
        end({.answer = answer, .outcomeUnknown = false});
        return;
    }
    if (!success) {
        refused(readOssRefusal(response));
        return;
    }
    if (const auto facts = m_context.book.worked(m_operation.signing, m_tried.constLast()))
        m_context.learnt(*facts);
    if (!m_operation.read(response, answer)) {
        Error error;
        error.kind = ErrorKind::InvalidAnswer;
        error.message = QStringLiteral("the answer lacks what it should tell");
        error.httpStatus = response.status;
        error.requestId = answer.requestId;
        end({.answer = error, .outcomeUnknown = true});
        return;
    }
    end({.answer = answer, .outcomeUnknown = false});
}

void SignedCall::refused(const OssRefusal& refusal)
{
    qCInfo(lcOss).noquote() << m_operation.request.method << describeError(refusal.error);
    if (signsAnew(refusal)) {
        attempt();
        return;
    }
    end({.answer = refusal.error, .outcomeUnknown = refusal.error.httpStatus < firstError});
}

bool SignedCall::signsAnew(const OssRefusal& refusal)
{
    if (refusal.error.kind == ErrorKind::ClockSkew && !m_clockRepeated) {
        m_clockRepeated = true;
        m_context.serverClock.learn(refusal.serverTime);
        return true;
    }
    const bool otherRegionNamed =
        !refusal.region.isEmpty() && refusal.region != m_tried.constLast().region;
    const bool aboutTheSignature = refusal.error.kind == ErrorKind::SignatureRejected
        || (refusal.error.kind == ErrorKind::PermissionDenied && otherRegionNamed
            && !m_tried.constLast().v1);
    if (!aboutTheSignature)
        return false;
    const std::optional<SigningChoice> next =
        m_context.book.next(m_operation.signing, m_tried, refusal.region);
    if (next)
        m_tried.append(*next);
    return next.has_value();
}

void SignedCall::abort()
{
    if (m_ended)
        return;
    const bool sent = m_request != nullptr;
    Error error;
    error.kind = ErrorKind::Cancelled;
    error.message = QStringLiteral("cancelled");
    end({.answer = error, .outcomeUnknown = sent});
}

void SignedCall::end(const OssOutcome& outcome)
{
    if (m_ended)
        return;
    m_ended = true;
    m_outcome = outcome;
    if (m_request) {
        m_request->disconnect(this);
        m_request->abort();
        m_request.clear();
    }
    QMetaObject::invokeMethod(this, &SignedCall::deliver, Qt::QueuedConnection);
}

void SignedCall::endNow()
{
    abort();
    deliver();
}

void SignedCall::deliver()
{
    if (m_delivered)
        return;
    m_delivered = true;
    Q_EMIT finished(m_outcome);
    deleteLater();
}

} // namespace ChatApp
