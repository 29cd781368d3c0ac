// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/ossexchange.h"

#include "sandbox/ossaccess.h"
#include "sandbox/ossmultipartexchanges.h"
#include "sandbox/ossobjectexchanges.h"

namespace ChatApp::Sandbox {

namespace {

bool isStoredHeader(const QByteArray& name)
{
    static const QList<QByteArray> stored{"cache-control", "content-disposition",
                                          "content-encoding", "expires"};
    return stored.contains(name) || name.startsWith("x-oss-meta-");
}

//! Answers requests that no operation is meant by.
class UnknownOperation final : public OssExchange {
public:
    using OssExchange::OssExchange;

protected:
    HttpResponse perform() override
    {
        return refuse({405, "MethodNotAllowed",
                       "The specified method is not allowed against this resource."});
    }
};

} // namespace

std::optional<HttpResponse> OssExchange::head()
{
    auto refusal = checkOssAccess(m_context, m_target);
    if (!refusal)
        refusal = prepare();
    return refusal ? std::optional(refuse(*refusal)) : std::nullopt;
}

std::optional<HttpResponse> OssExchange::body(const char* data, qint64 size)
{
    const auto refusal = take(data, size);
    return refusal ? std::optional(refuse(*refusal)) : std::nullopt;
}

std::optional<Refusal> OssExchange::take(const char* /*data*/, qint64 /*size*/)
{
    return Refusal{400, "InvalidArgument", "This operation has no body."};
}

std::optional<Refusal> OssExchange::checkOverwrite()
{
    if (!request().hasHeader("x-oss-forbid-overwrite"))
        return std::nullopt;
    const QByteArray value = request().header("x-oss-forbid-overwrite");
    if (value != "true" && value != "false")
        return Refusal{400,
                       "InvalidArgument",
                       "The value of x-oss-forbid-overwrite must be true or false.",
                       "0017-00000279",
                       {{"ArgumentName", "x-oss-forbid-overwrite"}, {"ArgumentValue", value}}};
    if (value == "true" && state().objects.find(key()))
        return Refusal{409, "FileAlreadyExists",
                       "The object you specified already exists and can not be overwritten.",
                       "0026-00000002"};
    return std::nullopt;
}

std::optional<Refusal> OssExchange::checkAcl() const
{
    if (!request().hasHeader("x-oss-object-acl"))
        return std::nullopt;
    const QByteArray acl = request().header("x-oss-object-acl");
    static const QList<QByteArray> known{"default", "private", "public-read", "public-read-write"};
    if (!known.contains(acl))
        return Refusal{400,
                       "InvalidArgument",
                       "no such object access control exists",
                       "",
                       {{"ArgumentName", "x-oss-object-acl"}, {"ArgumentValue", acl}}};
    if (acl.startsWith("public") && !behavior().publicAclAllowed)
        return Refusal{403, "AccessDenied", "Put public object acl is not allowed",
                       "0003-00000801"};
    return std::nullopt;
}

SandboxObject OssExchange::newObject() const
{
    SandboxObject object;
    object.bucket = QString::fromUtf8(target().bucket);
    object.key = key();
    object.contentType = request().hasHeader("content-type") ? request().header("content-type")
                                                             : "application/octet-stream";
    object.acl =
        request().hasHeader("x-oss-object-acl") ? request().header("x-oss-object-acl") : "default";
    object.lastModified = context().now;
    for (const HttpField& field : request().fields) {
        if (isStoredHeader(field.name.toLower()))
            object.headers.insert(field.name.toLower(), field.value);
    }
    return object;
}

Refusal OssExchange::noSuchUpload()
{
    return {404, "NoSuchUpload",
            "The specified upload does not exist. The upload ID may be invalid, or the upload may "
            "have been aborted or completed.",
            "0042-00000002"};
}

Refusal OssExchange::diskFull()
{
    return {507, "DiskFull", "The disk of the sandbox is full.", "0099-00000002"};
}

std::optional<Refusal> OssExchange::checkUploadId()
{
    const QString uploadId = QString::fromUtf8(target().value("uploadId"));
    return state().uploads.has(uploadId, key()) ? std::nullopt : std::optional(noSuchUpload());
}

std::unique_ptr<Exchange> makeOssExchange(RequestContext& context, OssTarget target)
{
    switch (context.entry.operation) {
    case SandboxOperation::PutObject:
        return std::make_unique<PutObjectExchange>(context, std::move(target));
    case SandboxOperation::UploadPart:
        return std::make_unique<UploadPartExchange>(context, std::move(target));
    case SandboxOperation::GetObject:
    case SandboxOperation::HeadObject:
        return std::make_unique<ReadObjectExchange>(context, std::move(target));
    case SandboxOperation::InitiateMultipartUpload:
        return std::make_unique<InitiateExchange>(context, std::move(target));
    case SandboxOperation::ListParts:
        return std::make_unique<ListPartsExchange>(context, std::move(target));
    case SandboxOperation::CompleteMultipartUpload:
        return std::make_unique<CompleteExchange>(context, std::move(target));
    case SandboxOperation::AbortMultipartUpload:
        return std::make_unique<AbortExchange>(context, std::move(target));
    default:
        return std::make_unique<UnknownOperation>(context, std::move(target));
    }
}

} // namespace ChatApp::Sandbox
