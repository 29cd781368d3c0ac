// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/sandboxoperation.h"

#include <array>
#include <utility>

namespace ChatApp {

namespace {

using Entry = std::pair<SandboxOperation, const char*>;

constexpr std::array<Entry, 13> names{{
    {SandboxOperation::Any, "Any"},
    {SandboxOperation::GetChatappUploadAuthorization, "GetChatappUploadAuthorization"},
    {SandboxOperation::GetChatappOpenStatus, "GetChatappOpenStatus"},
    {SandboxOperation::OtherCamsAction, "OtherCamsAction"},
    {SandboxOperation::PutObject, "PutObject"},
    {SandboxOperation::GetObject, "GetObject"},
    {SandboxOperation::HeadObject, "HeadObject"},
    {SandboxOperation::InitiateMultipartUpload, "InitiateMultipartUpload"},
    {SandboxOperation::UploadPart, "UploadPart"},
    {SandboxOperation::ListParts, "ListParts"},
    {SandboxOperation::CompleteMultipartUpload, "CompleteMultipartUpload"},
    {SandboxOperation::AbortMultipartUpload, "AbortMultipartUpload"},
    {SandboxOperation::Unknown, "Unknown"},
}};

} // namespace

QString sandboxOperationName(SandboxOperation operation)
{
    for (const auto& [value, name] : names) {
        if (value == operation)
            return QString::fromLatin1(name);
    }
    return QStringLiteral("Unknown");
}

std::optional<SandboxOperation> sandboxOperationFromName(const QString& name)
{
    for (const auto& [value, known] : names) {
        if (name == QLatin1String(known))
            return value;
    }
    return std::nullopt;
}

} // namespace ChatApp
