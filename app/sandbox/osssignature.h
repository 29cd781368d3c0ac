// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/osstarget.h"

#include <QtCore/QDateTime>

namespace ChatApp::Sandbox {

//! The claim of identity that a request carries, whatever its form.
struct OssClaim {
    enum class Version { V1, V4 };

    Version version = Version::V4;
    bool presigned = false; //!< the signature is in the query
    QByteArray accessKeyId;
    QByteArray scope; //!< V4: date/region/oss/aliyun_v4_request
    QList<QByteArray> additionalHeaders; //!< V4
    QByteArray signature;
    QByteArray securityToken; //!< from the header, or from the query of a presigned URL
    QByteArray date; //!< as sent: x-oss-date, Date, or Expires of a presigned V1 URL

    QByteArray scopePart(int index) const { return scope.split('/').value(index); }
};

//! What the signature of a request has to be, with what it was made of.
struct OssExpectation {
    QByteArray canonicalRequest; //!< V4
    QByteArray stringToSign;
    QByteArray signature;
};

//! Nothing if the request claims nothing, or something that cannot be read (`malformed`).
std::optional<OssClaim> readOssClaim(const HttpRequest& request, const OssTarget& target,
                                     bool& malformed);

OssExpectation expectV4(const HttpRequest& request, const OssTarget& target, const OssClaim& claim,
                        const QByteArray& secret);
OssExpectation expectV1(const HttpRequest& request, const OssTarget& target, const OssClaim& claim,
                        const QByteArray& secret);

} // namespace ChatApp::Sandbox
