// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/osssignerv4.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QMessageAuthenticationCode>

#include <map>

namespace ChatApp {

namespace {

constexpr auto algorithm = "OSS4-HMAC-SHA256";
constexpr auto unsignedPayload = "UNSIGNED-PAYLOAD";

QByteArray hmac(const QByteArray& key, const QByteArray& message)
{
    return QMessageAuthenticationCode::hash(message, key, QCryptographicHash::Sha256);
}

QByteArray canonicalHeaders(const HttpHeaders& headers)
{
    std::map<QByteArray, QByteArray> chosen;
    for (const HttpHeader& header : headers) {
        const QByteArray name = header.name.toLower();
        if (name == "content-type" || name == "content-md5" || name.startsWith("x-oss-"))
            chosen[name] = header.value.trimmed();
    }
    QByteArray block;
    for (const auto& [name, value] : chosen)
        block += name + ':' + value + '\n';
    return block;
}

QByteArray scopeOf(const OssRequest& request, const QByteArray& region)
{
    constexpr int dayLength = 8; // yyyymmdd
    return headerValue(request.headers, "x-oss-date").left(dayLength) + '/' + region
        + "/oss/aliyun_v4_request";
}

} // namespace

QByteArray ossV4CanonicalRequest(const OssRequest& request)
{
    QByteArray path = "/";
    if (!request.bucket.isEmpty())
        path += percentEncode(request.bucket.toUtf8()) + '/';
    path += percentEncode(request.key.toUtf8(), Slash::Keep);
    const QByteArray hash = headerValue(request.headers, "x-oss-content-sha256");
    const QByteArray additionalHeaders;
    return QByteArrayList{
        request.method,          path,
        ossQuery(request.query), canonicalHeaders(request.headers),
        additionalHeaders,       hash.isEmpty() ? QByteArray(unsignedPayload) : hash}
        .join('\n');
}

QByteArray ossV4StringToSign(const OssRequest& request, const QByteArray& region)
{
    const QByteArray hash =
        QCryptographicHash::hash(ossV4CanonicalRequest(request), QCryptographicHash::Sha256)
            .toHex();
    return QByteArrayList{algorithm, headerValue(request.headers, "x-oss-date"),
                          scopeOf(request, region), hash}
        .join('\n');
}

QByteArray ossV4Authorization(const OssRequest& request, const Credentials& credentials,
                              const QByteArray& region)
{
    const QByteArray scope = scopeOf(request, region);
    QByteArray key = "aliyun_v4" + credentials.accessKeySecret.expose();
    for (const QByteArray& part : scope.split('/'))
        key = hmac(key, part);
    const QByteArray signature = hmac(key, ossV4StringToSign(request, region)).toHex();
    return QByteArray(algorithm) + " Credential=" + credentials.accessKeyId.toUtf8() + '/' + scope
        + ",Signature=" + signature;
}

void signOssV4(OssRequest& request, const Credentials& credentials, const QByteArray& region,
               const QDateTime& now)
{
    for (HttpHeader& header : request.headers)
        header.value = header.value.trimmed();
    setHeader(request.headers, "x-oss-date",
              now.toUTC().toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'")).toLatin1());
    setHeader(request.headers, "x-oss-content-sha256", unsignedPayload);
    addSecurityToken(request.headers, credentials);
    setHeader(request.headers, "Authorization", ossV4Authorization(request, credentials, region));
}

} // namespace ChatApp
