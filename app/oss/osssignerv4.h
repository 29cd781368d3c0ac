// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "oss/ossrequest.h"

#include <QtCore/QDateTime>

namespace ChatApp {

// OSS4-HMAC-SHA256 with an unsigned payload (protocol notes 3.1). Pure functions.

//! Signed are content-type, content-md5 and every x-oss-* header of the request.
QByteArray ossV4CanonicalRequest(const OssRequest& request);
//! The time is taken from the request's x-oss-date.
QByteArray ossV4StringToSign(const OssRequest& request, const QByteArray& region);
QByteArray ossV4Authorization(const OssRequest& request, const Credentials& credentials,
                              const QByteArray& region);
//! Adds date, content hash, security token and Authorization, and trims all header values.
void signOssV4(OssRequest& request, const Credentials& credentials, const QByteArray& region,
               const QDateTime& now);

} // namespace ChatApp
