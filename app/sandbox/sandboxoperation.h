// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QMetaType>
#include <QtCore/QString>

#include <optional>

namespace ChatApp {

//! What a request asks for, as far as its method and URL tell.
enum class SandboxOperation {
    Any, //!< in a fault rule only
    GetChatappUploadAuthorization,
    GetChatappOpenStatus,
    OtherCamsAction,
    PutObject,
    GetObject,
    HeadObject,
    InitiateMultipartUpload,
    UploadPart,
    ListParts,
    CompleteMultipartUpload,
    AbortMultipartUpload,
    Unknown,
};

//! "PutObject" and so on.
QString sandboxOperationName(SandboxOperation operation);
std::optional<SandboxOperation> sandboxOperationFromName(const QString& name);

} // namespace ChatApp

Q_DECLARE_METATYPE(ChatApp::SandboxOperation)
