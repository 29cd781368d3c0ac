// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/exchange.h"
#include "sandbox/sandboxstate.h"

namespace ChatApp::Sandbox {

//! The frame around every request to CAMS and OSS: recognises it, records it, and lets the fault
//! plan have its way.
class ServiceExchange final : public Exchange {
public:
    ServiceExchange(SandboxState& state, const HttpRequest& request, qint64 connection);
    ~ServiceExchange() override;

    std::optional<HttpResponse> head() override;
    std::optional<HttpResponse> body(const char* data, qint64 size) override;
    void end(const Reply& reply) override;
    qint64 bytesPerSecond() const override;
    void answered() override;
    void sent() override;

private:
    void recognise();
    void pass(SandboxMoment::Stage stage);
    HttpResponse leave(HttpResponse response);
    HttpResponse closed();

    RequestContext m_context;
    std::optional<SandboxFault> m_fault;
    std::unique_ptr<Exchange> m_inner; //!< null: the request is not carried out
    bool m_sends = false; //!< something goes to the peer
    bool m_finished = false;
};

//! An answer to what is not a request at all.
HttpResponse answerBadRequest(const BadRequest& reason);

} // namespace ChatApp::Sandbox
