// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/osstarget.h"

#include "sandbox/percentcoding.h"

#include <QtNetwork/QHostAddress>

#include <algorithm>

namespace ChatApp::Sandbox {

namespace {

bool isPathStyleHost(const QByteArray& host)
{
    return host == "localhost" || !QHostAddress(QString::fromLatin1(host)).isNull();
}

} // namespace

bool OssTarget::has(const char* parameter) const
{
    return std::any_of(parameters.begin(), parameters.end(),
                       [parameter](const QueryParameter& p) { return p.name == parameter; });
}

QByteArray OssTarget::value(const char* parameter) const
{
    for (const QueryParameter& p : parameters) {
        if (p.name == parameter)
            return p.value;
    }
    return {};
}

std::optional<OssTarget> findOssTarget(const HttpRequest& request, const QByteArray& bucket)
{
    const auto path = percentDecode(request.path, Plus::Literal);
    const auto parameters = request.parameters();
    if (!path || !parameters)
        return std::nullopt;
    OssTarget target;
    target.parameters = *parameters;
    const QByteArray host = request.hostName();
    const QByteArray label = partBefore(host, '.');
    const bool inPath = isPathStyleHost(host) || path->startsWith('/' + bucket + '/');
    if (!inPath) {
        target.bucket = label;
        target.key = path->mid(1);
        return target;
    }
    const qsizetype slash = path->indexOf('/', 1);
    target.bucket = path->mid(1, slash < 0 ? -1 : slash - 1);
    target.key = slash < 0 ? QByteArray() : path->mid(slash + 1);
    return target;
}

SandboxOperation ossOperation(const HttpRequest& request, const OssTarget& target)
{
    const QByteArray& method = request.method;
    const bool upload = target.has("uploadId");
    if (target.key.isEmpty())
        return SandboxOperation::Unknown;
    if (method == "PUT" && upload && target.has("partNumber"))
        return SandboxOperation::UploadPart;
    if (method == "PUT" && !upload)
        return SandboxOperation::PutObject;
    if (method == "POST" && target.has("uploads"))
        return SandboxOperation::InitiateMultipartUpload;
    if (method == "POST" && upload)
        return SandboxOperation::CompleteMultipartUpload;
    if (method == "DELETE" && upload)
        return SandboxOperation::AbortMultipartUpload;
    if (method == "GET")
        return upload ? SandboxOperation::ListParts : SandboxOperation::GetObject;
    if (method == "HEAD" && !upload)
        return SandboxOperation::HeadObject;
    return SandboxOperation::Unknown;
}

} // namespace ChatApp::Sandbox
