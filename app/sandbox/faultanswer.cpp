// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/faultanswer.h"

#include "core/random.h"
#include "sandbox/camsanswer.h"
#include "sandbox/ossanswer.h"

namespace ChatApp::Sandbox {

namespace {

using Type = SandboxFault::Type;

constexpr std::chrono::minutes longestStall{10};
constexpr qint64 hugeSize = 2 * 1024 * 1024;

bool isCams(const RequestContext& context)
{
    const SandboxOperation operation = context.entry.operation;
    return operation == SandboxOperation::GetChatappUploadAuthorization
        || operation == SandboxOperation::GetChatappOpenStatus
        || operation == SandboxOperation::OtherCamsAction;
}

HttpResponse refuse(RequestContext& context, const Refusal& refusal)
{
    return isCams(context) ? camsRefusal(context, refusal) : ossRefusal(context, refusal);
}

QByteArray orElse(const QString& chosen, const char* usual)
{
    return chosen.isEmpty() ? QByteArray(usual) : chosen.toUtf8();
}

HttpResponse statusAnswer(RequestContext& context, const SandboxFault& fault)
{
    return refuse(context,
                  {fault.status ? fault.status : 500,
                   orElse(fault.code, "InternalError"),
                   "Planned fault.",
                   fault.ec.toUtf8(),
                   {},
                   fault.retryAfter});
}

HttpResponse throttled(RequestContext& context, const SandboxFault& fault)
{
    Refusal refusal{503,
                    orElse(fault.code, "QpsLimitExceeded"),
                    "Please reduce your request rate.",
                    {},
                    {},
                    fault.retryAfter};
    if (isCams(context)) {
        refusal.code = orElse(fault.code, "Throttling.User");
        refusal.status = context.state.config.behavior.throttleStatus;
    }
    if (fault.status)
        refusal.status = fault.status;
    return refuse(context, refusal);
}

HttpResponse expiredToken(RequestContext& context)
{
    if (isCams(context))
        return camsRefusal(context,
                           {400, "InvalidSecurityToken.Expired", "The SecurityToken has expired."});
    return ossRefusal(context,
                      {403, "SecurityTokenExpired", "The security token you provided has expired.",
                       "0002-00000007"});
}

HttpResponse denied(RequestContext& context)
{
    if (isCams(context))
        return camsRefusal(context, {403, "Forbidden.RAM", "User not authorized to operate."});
    return ossRefusal(
        context,
        {403, "AccessDenied", "You have no right to access this object.", "0003-00001201"});
}

HttpResponse plain(RequestContext& context, int status, const QByteArray& type,
                   const QByteArray& body)
{
    context.entry.code = QStringLiteral("fault");
    HttpResponse response;
    response.status = status;
    response.setHeader("Date", httpDate(context.now));
    response.setHeader("Content-Type", type);
    response.body = body;
    return response;
}

HttpResponse withheld(RequestContext& context, HttpResponse::Delivery delivery,
                      std::chrono::milliseconds delay = {})
{
    context.entry.code = QStringLiteral("fault");
    HttpResponse response;
    response.status = 0;
    response.delivery = delivery;
    response.delay = delay;
    return response;
}

HttpResponse errorIn200(RequestContext& context, const SandboxFault& fault)
{
    HttpResponse response = refuse(
        context, {200, orElse(fault.code, "InternalError"), "Planned fault.", fault.ec.toUtf8()});
    response.status = 200;
    return response;
}

QByteArray hugeBody(const SandboxFault& fault)
{
    const qint64 size = fault.bytes > 0 ? fault.bytes : hugeSize;
    return QByteArray(static_cast<qsizetype>(size), ' ');
}

HttpResponse redirect(RequestContext& context, const SandboxFault& fault)
{
    HttpResponse response = plain(context, fault.status ? fault.status : 302, "text/html", "");
    response.setHeader("Location", orElse(fault.location, "http://127.0.0.1:9/portal"));
    return response;
}

} // namespace

bool replacesAnswer(const SandboxFault& fault)
{
    switch (fault.type) {
    case Type::Slow:
    case Type::WrongCrc:
    case Type::MissingCrc:
    case Type::ClockSkew:
    case Type::CommitThenClose:
    case Type::CloseAfterBytes:
        return false;
    default:
        return true;
    }
}

bool preventsExecution(const SandboxFault& fault)
{
    return replacesAnswer(fault) && !fault.commit;
}

HttpResponse faultAnswer(RequestContext& context, const SandboxFault& fault)
{
    using Delivery = HttpResponse::Delivery;
    switch (fault.type) {
    case Type::Status:
        return statusAnswer(context, fault);
    case Type::Stall:
        return withheld(context, Delivery::Stall,
                        fault.delay.count() > 0 ? fault.delay : longestStall);
    case Type::ExpiredToken:
        return expiredToken(context);
    case Type::Throttle:
        return throttled(context, fault);
    case Type::Deny:
    case Type::DenyAcl:
        return denied(context);
    case Type::Garbage:
        return plain(context, 200, isCams(context) ? "application/json" : "application/xml",
                     systemRandomBytes(512));
    case Type::NotHttp: {
        HttpResponse response = withheld(context, Delivery::Raw);
        response.body = "\x16\x03\x01 this is no HTTP\r\n\r\n" + systemRandomBytes(64);
        return response;
    }
    case Type::Huge:
        return plain(context, 200, "application/octet-stream", hugeBody(fault));
    case Type::Html:
        return plain(context, 200, "text/html; charset=utf-8",
                     "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Welcome to "
                     "the hotel. Please sign in.</body></html>");
    case Type::Redirect:
        return redirect(context, fault);
    case Type::ErrorIn200:
        return errorIn200(context, fault);
    default:
        return withheld(context, Delivery::Close);
    }
}

void spoilAnswer(HttpResponse& response, const SandboxFault& fault)
{
    static const QByteArray crcHeader = "x-oss-hash-crc64ecma";
    response.delay += fault.delay;
    if (fault.type == Type::CommitThenClose)
        response.delivery = HttpResponse::Delivery::Close;
    else if (fault.type == Type::MissingCrc)
        response.removeHeader(crcHeader);
    else if (fault.type == Type::WrongCrc && !response.header(crcHeader).isEmpty())
        response.setHeader(crcHeader,
                           QByteArray::number(response.header(crcHeader).toULongLong() ^ 1U));
}

} // namespace ChatApp::Sandbox
