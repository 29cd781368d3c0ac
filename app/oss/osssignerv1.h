// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "oss/ossrequest.h"

#include <QtCore/QDateTime>

namespace ChatApp {

// The old OSS header signature (protocol notes 3.2), for services that do not know V4. Pure.

QByteArray ossV1StringToSign(const OssRequest& request);
QByteArray ossV1Authorization(const OssRequest& request, const Credentials& credentials);
//! Adds x-oss-date, security token and Authorization, and trims all header values.
void signOssV1(OssRequest& request, const Credentials& credentials, const QDateTime& now);

} // namespace ChatApp
