// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/httprequest.h"

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QList>

#include <chrono>

namespace ChatApp::Sandbox {

//! Why a request is refused, in the service's terms. The CAMS side renders it as JSON, the OSS side
//! as XML.
struct Refusal {
    int status = 400;
    QByteArray code;
    QByteArray message;
    QByteArray ec = {}; //!< OSS only; empty where the documentation names none
    QList<HttpField> details = {}; //!< further elements: StringToSign, ServerTime, …
    std::chrono::milliseconds retryAfter{0};
};

//! What a caller is checked against.
struct KnownCaller {
    QByteArray secret;
    QByteArray securityToken; //!< empty: none may be sent
    QDateTime expiry; //!< invalid: never
};

//! The longest time that a request's date may be away from the server's clock.
constexpr std::chrono::minutes allowedSkew{15};

//! True if the value is surrounded by white space: its signature would depend on who trims.
bool isPadded(const HttpField& field);

QByteArray hmacSha256(const QByteArray& key, const QByteArray& message);
QByteArray hmacSha1(const QByteArray& key, const QByteArray& message);
QByteArray sha256Hex(const QByteArray& bytes);
//! Takes the same time wherever the difference is.
bool equalSecrets(const QByteArray& a, const QByteArray& b);

} // namespace ChatApp::Sandbox
