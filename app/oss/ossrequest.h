// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/credentials.h"
#include "net/httptransport.h"
#include "net/urlencoding.h"

#include <QtCore/QString>

namespace ChatApp {

//! A request as the OSS signers see it. A plain value; nothing in it is encoded.
struct OssRequest {
    QByteArray method;
    QString bucket;
    QString key;
    QueryParameters query; //!< an empty value is signed and sent as a bare name
    HttpHeaders headers;
};

//! `a=1&uploads`: sorted by encoded name, encoded; empty if there are no parameters. Of parameters
//! with one name the last counts.
QByteArray ossQuery(const QueryParameters& query);

//! Sets a header, its value trimmed: padded values are signed differently by different services.
void setHeader(HttpHeaders& headers, const QByteArray& name, const QByteArray& value);
//! The header's value, compared without case; empty if it is not there.
QByteArray headerValue(const HttpHeaders& headers, const QByteArray& name);
//! Sets x-oss-security-token, if the credentials have one.
void addSecurityToken(HttpHeaders& headers, const Credentials& credentials);

} // namespace ChatApp
