// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/httprequest.h"
#include "sandbox/sandboxoperation.h"

namespace ChatApp::Sandbox {

//! Which object of which bucket a request is about, wherever the bucket was named.
struct OssTarget {
    QByteArray bucket; //!< empty: none was named
    QByteArray key; //!< decoded
    QList<QueryParameter> parameters;

    bool has(const char* parameter) const;
    QByteArray value(const char* parameter) const;
};

//! `bucket` is the one bucket that this server has. It is found in the path for an IP address or
//! localhost, else in the first label of Host; a client that forges Host (ali-oss with an IP
//! endpoint) may put it into the path as well. Nothing if the URL is not properly encoded.
std::optional<OssTarget> findOssTarget(const HttpRequest& request, const QByteArray& bucket);

SandboxOperation ossOperation(const HttpRequest& request, const OssTarget& target);

} // namespace ChatApp::Sandbox
