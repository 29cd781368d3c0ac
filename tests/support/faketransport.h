// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/httptransport.h"

#include <QtCore/QList>
#include <QtCore/QPointer>

#include <functional>
#include <optional>

namespace ChatApp {

//! A request that was handed to a FakeTransport; its body was read to the end.
struct SentRequest {
    QByteArray method;
    QByteArray host;
    QByteArray target;
    HttpHeaders headers;
    QByteArray body;
    bool bodyFromDevice = false;

    QByteArray header(const QByteArray& name) const;
};

//! A transport that sends nothing: `respond` makes up each outcome, or none, and then the call
//! waits until it is aborted. For tests of what is above the transport.
class FakeTransport final : public HttpTransport {
    Q_OBJECT
public:
    using HttpTransport::HttpTransport;

    HttpCall* send(HttpRequest request) override;
    //! Asks `respond` again for every call that waits.
    void respondToHeld();

    std::function<std::optional<HttpOutcome>(const SentRequest&)> respond;
    QList<SentRequest> sent;
    int aborted = 0;

private:
    struct Held {
        SentRequest request;
        QPointer<HttpCall> call;
    };
    QList<Held> m_held;
};

//! An answer with this status, body and headers.
HttpOutcome answerOf(int status, const QByteArray& body = {}, const HttpHeaders& headers = {});
//! No answer.
HttpOutcome failureOf(ErrorKind kind, bool requestTaken);

} // namespace ChatApp
