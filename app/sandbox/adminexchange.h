// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/exchange.h"
#include "sandbox/sandboxstate.h"

#include <QtCore/QJsonObject>

namespace ChatApp::Sandbox {

//! A request to the admin interface (app/sandbox/README.md). Server thread.
class AdminExchange final : public Exchange {
public:
    AdminExchange(SandboxState& state, QByteArray token, HttpRequest request);

    std::optional<HttpResponse> head() override;
    std::optional<HttpResponse> body(const char* data, qint64 size) override;
    void end(const Reply& reply) override;

private:
    HttpResponse answer();
    HttpResponse putPlan();
    HttpResponse changeConfig();
    void waitForEvent(const Reply& reply);
    QByteArray parameter(const QByteArray& name) const;

    SandboxState& m_state;
    QByteArray m_token;
    HttpRequest m_request;
    QByteArray m_body;
};

} // namespace ChatApp::Sandbox
