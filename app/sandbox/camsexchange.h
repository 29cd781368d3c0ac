// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/camsanswer.h"
#include "sandbox/exchange.h"

#include <QtCore/QCryptographicHash>

namespace ChatApp::Sandbox {

//! A call of the OpenAPI: POST / with a signature of its own kind. Borrowed context, server thread.
class CamsExchange final : public Exchange {
public:
    explicit CamsExchange(RequestContext& context) : m_context(context) { }

    std::optional<HttpResponse> head() override;
    std::optional<HttpResponse> body(const char* data, qint64 size) override;
    void end(const Reply& reply) override;

private:
    std::optional<Refusal> authenticate();
    std::optional<Refusal> checkParameters(const QList<QByteArray>& allowed) const;
    QByteArray parameter(const QByteArray& name) const;
    std::optional<Refusal> checkCall();
    HttpResponse authorizeUpload();
    HttpResponse openStatus();

    RequestContext& m_context;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    qint64 m_bodySize = 0;
    const SandboxAccount* m_account = nullptr;
};

//! Is this request meant for the OpenAPI, not for OSS?
bool isCamsRequest(const HttpRequest& request, const QByteArray& bucket);
SandboxOperation camsOperation(const HttpRequest& request);

} // namespace ChatApp::Sandbox
