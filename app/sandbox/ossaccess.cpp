// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/ossaccess.h"

#include "sandbox/ossauthenticator.h"

#include <QtCore/QSet>

namespace ChatApp::Sandbox {

namespace {

constexpr qsizetype longestKey = 1023;

Refusal invalidArgument(const QByteArray& message)
{
    return {400, "InvalidArgument", message};
}

std::optional<Refusal> checkFields(const HttpRequest& request)
{
    for (const HttpField& field : request.fields) {
        if (isPadded(field))
            return invalidArgument("White space around the value of " + field.name.toLower());
    }
    if (request.hasHeader("transfer-encoding"))
        return Refusal{411, "MissingContentLength",
                       "You must provide the Content-Length HTTP header."};
    return std::nullopt;
}

QSet<QByteArray> allowedParameters(SandboxOperation operation)
{
    switch (operation) {
    case SandboxOperation::UploadPart:
        return {"partNumber", "uploadId"};
    case SandboxOperation::ListParts:
        return {"uploadId", "max-parts", "part-number-marker", "encoding-type"};
    case SandboxOperation::InitiateMultipartUpload:
        return {"uploads", "encoding-type"};
    case SandboxOperation::CompleteMultipartUpload:
        return {"uploadId", "encoding-type"};
    case SandboxOperation::AbortMultipartUpload:
        return {"uploadId"};
    case SandboxOperation::HeadObject:
        return {"objectMeta"};
    default:
        return {};
    }
}

std::optional<Refusal> checkParameters(const OssTarget& target, SandboxOperation operation)
{
    static const QSet<QByteArray> ofPresignedUrls{
        "x-oss-signature-version",  "x-oss-credential", "x-oss-date",     "x-oss-expires",
        "x-oss-security-token",     "x-oss-signature",  "OSSAccessKeyId", "Expires",
        "x-oss-additional-headers", "Signature",        "security-token",
    };
    const QSet<QByteArray> allowed = allowedParameters(operation);
    QSet<QByteArray> seen;
    for (const QueryParameter& parameter : target.parameters) {
        if (seen.contains(parameter.name))
            return invalidArgument("The parameter " + parameter.name + " was given twice.");
        if (!allowed.contains(parameter.name) && !ofPresignedUrls.contains(parameter.name))
            return invalidArgument("The parameter " + parameter.name + " is not known here.");
        seen.insert(parameter.name);
    }
    return std::nullopt;
}

std::optional<Refusal> checkKey(const QByteArray& key)
{
    const bool utf8 = QString::fromUtf8(key).toUtf8() == key;
    if (key.size() > longestKey || key.startsWith('/') || key.startsWith('\\') || !utf8)
        return Refusal{400, "InvalidObjectName", "The specified object is not valid."};
    return std::nullopt;
}

std::optional<Refusal> checkAnonymous(const RequestContext& context, SandboxOperation operation)
{
    const SandboxObject* object = context.state.objects.find(context.entry.key);
    const bool reading =
        operation == SandboxOperation::GetObject || operation == SandboxOperation::HeadObject;
    if (!reading)
        return Refusal{403, "AccessDenied", "Anonymous access is forbidden for this operation.",
                       "0003-00000905"};
    const SandboxBehavior& behavior = context.state.config.behavior;
    const bool allowed = object ? isPublic(*object, behavior) : !behavior.privateObjects;
    if (!allowed)
        return Refusal{403, "AccessDenied",
                       "You have no right to access this object because of bucket acl.",
                       "0003-00000001"};
    return std::nullopt;
}

} // namespace

bool isPublic(const SandboxObject& object, const SandboxBehavior& behavior)
{
    if (object.acl == "private")
        return false;
    return object.acl.startsWith("public-read") || !behavior.privateObjects;
}

std::optional<Refusal> checkOssAccess(RequestContext& context, const OssTarget& target)
{
    const SandboxState& state = context.state;
    const SandboxBehavior& behavior = state.config.behavior;
    const SandboxOperation operation = context.entry.operation;
    if (auto refusal = checkFields(context.request))
        return refusal;
    if (target.bucket != state.bucket)
        return Refusal{404,
                       "NoSuchBucket",
                       "The specified bucket does not exist.",
                       "0015-00000101",
                       {{"BucketName", target.bucket}}};
    const auto findCaller = [&state](const QByteArray& accessKeyId) -> std::optional<KnownCaller> {
        const auto issued = state.issuer.find(accessKeyId);
        return issued ? std::optional(issued->caller) : std::nullopt;
    };
    const OssAuthenticator authenticator({behavior.region.toLatin1(), behavior.acceptV4,
                                          behavior.acceptV1, behavior.nameRegionInRefusal},
                                         findCaller, context.now);
    const auto verdict = authenticator.check(context.request, target);
    if (const auto* refusal = std::get_if<Refusal>(&verdict))
        return *refusal;
    if (operation == SandboxOperation::Unknown)
        return Refusal{405, "MethodNotAllowed",
                       "The specified method is not allowed against this resource."};
    if (auto refusal = checkParameters(target, operation))
        return refusal;
    if (auto refusal = checkKey(target.key))
        return refusal;
    const QByteArray accessKeyId = std::get<OssAuthenticator::Identity>(verdict).accessKeyId;
    if (accessKeyId.isEmpty())
        return checkAnonymous(context, operation);
    context.entry.accessKeyId = QString::fromUtf8(accessKeyId);
    const auto issued = state.issuer.find(accessKeyId);
    if (!issued || !target.key.startsWith(issued->directory + '/')
        || target.key.size() == issued->directory.size() + 1)
        return Refusal{403, "AccessDenied", "You have no right to access this object.",
                       "0003-00001201"};
    return std::nullopt;
}

} // namespace ChatApp::Sandbox
