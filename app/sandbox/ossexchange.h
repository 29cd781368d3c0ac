// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/exchange.h"
#include "sandbox/ossanswer.h"
#include "sandbox/osstarget.h"

namespace ChatApp::Sandbox {

//! A request to OSS: the frame that all operations share. Borrowed context, server thread.
class OssExchange : public Exchange {
public:
    OssExchange(RequestContext& context, OssTarget target)
        : m_context(context)
        , m_target(std::move(target))
    {
    }

    std::optional<HttpResponse> head() final;
    std::optional<HttpResponse> body(const char* data, qint64 size) final;
    void end(const Reply& reply) final { reply(perform()); }

protected:
    RequestContext& context() { return m_context; }
    const RequestContext& context() const { return m_context; }
    const HttpRequest& request() const { return m_context.request; }
    const OssTarget& target() const { return m_target; }
    SandboxState& state() { return m_context.state; }
    const SandboxBehavior& behavior() const { return m_context.state.config.behavior; }
    QString key() const { return m_context.entry.key; }
    HttpResponse refuse(const Refusal& refusal) { return ossRefusal(m_context, refusal); }

    //! After the caller has been checked, before the body is read.
    virtual std::optional<Refusal> prepare() { return std::nullopt; }
    //! A piece of the body; operations without one refuse it.
    virtual std::optional<Refusal> take(const char* data, qint64 size);
    virtual HttpResponse perform() = 0;

    //! `x-oss-forbid-overwrite`, for operations that make an object.
    std::optional<Refusal> checkOverwrite();
    //! `x-oss-object-acl` and what else an object is made with.
    std::optional<Refusal> checkAcl() const;
    SandboxObject newObject() const;
    std::optional<Refusal> checkUploadId();
    static Refusal noSuchUpload();
    static Refusal diskFull();

private:
    RequestContext& m_context;
    OssTarget m_target;
};

//! The exchange for an operation; never null.
std::unique_ptr<Exchange> makeOssExchange(RequestContext& context, OssTarget target);

} // namespace ChatApp::Sandbox
