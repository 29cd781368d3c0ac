// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "support/faketransport.h"

#include <utility>

namespace ChatApp {

namespace {

class FakeCall final : public HttpCall {
public:
    FakeCall(FakeTransport& transport, qint64 bodySize)
        : HttpCall(&transport)
        , m_transport(transport)
        , m_bodySize(bodySize)
    {
    }

    void abort() override
    {
        if (m_ended)
            return;
        ++m_transport.aborted;
        end(failureOf(ErrorKind::Cancelled, true));
    }

    void end(const HttpOutcome& outcome)
    {
        if (std::exchange(m_ended, true))
            return;
        QMetaObject::invokeMethod(
            this,
            [this, outcome] {
                if (m_bodySize > 0)
                    Q_EMIT bodyBytesSent(m_bodySize);
                Q_EMIT finished(outcome);
                deleteLater();
            },
            Qt::QueuedConnection);
    }

private:
    FakeTransport& m_transport;
    qint64 m_bodySize;
    bool m_ended = false;
};

} // namespace

QByteArray SentRequest::header(const QByteArray& name) const
{
    for (const HttpHeader& header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

HttpCall* FakeTransport::send(HttpRequest request)
{
    SentRequest seen{.method = request.method,
                     .host = request.host,
                     .target = request.target,
                     .headers = request.headers,
                     .body = request.body,
                     .bodyFromDevice = request.bodyDevice != nullptr};
    if (request.bodyDevice)
        seen.body = request.bodyDevice->readAll();
    sent.append(seen);
    auto* call = new FakeCall(*this, seen.bodyFromDevice ? seen.body.size() : 0);
    m_held.append({seen, call});
    respondToHeld();
    return call;
}

void FakeTransport::respondToHeld()
{
    for (const Held& held : std::exchange(m_held, {})) {
        if (!held.call)
            continue;
        if (const std::optional<HttpOutcome> outcome = respond(held.request))
            static_cast<FakeCall*>(held.call.data())->end(*outcome);
        else
            m_held.append(held);
    }
}

HttpOutcome answerOf(int status, const QByteArray& body, const HttpHeaders& headers)
{
    return {.response = HttpResponse{.status = status, .headers = headers, .body = body},
            .requestTaken = true};
}

HttpOutcome failureOf(ErrorKind kind, bool requestTaken)
{
    Error error;
    error.kind = kind;
    return {.response = error, .requestTaken = requestTaken};
}

} // namespace ChatApp
