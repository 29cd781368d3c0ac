// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cams/acs3signer.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QMessageAuthenticationCode>

#include <algorithm>

namespace ChatApp {

namespace {

constexpr auto algorithm = "ACS3-HMAC-SHA256";

HttpHeaders signedHeaders(const HttpHeaders& headers)
{
    HttpHeaders chosen;
    for (const HttpHeader& header : headers) {
        const QByteArray name = header.name.toLower();
        if (name == "host" || name == "content-type" || name.startsWith("x-acs-"))
            chosen.append({name, header.value.trimmed()});
    }
    std::sort(chosen.begin(), chosen.end(),
              [](const HttpHeader& a, const HttpHeader& b) { return a.name < b.name; });
    return chosen;
}

QByteArray joinedNames(const HttpHeaders& headers)
{
    QByteArrayList names;
    for (const HttpHeader& header : headers)
        names.append(header.name);
    return names.join(';');
}

QByteArray contentHash(const HttpHeaders& headers)
{
    for (const HttpHeader& header : headers) {
        if (header.name == "x-acs-content-sha256")
            return header.value;
    }
    return {};
}

} // namespace

QByteArray acs3CanonicalQuery(const QueryParameters& query)
{
    QueryParameters sorted = query;
    std::sort(sorted.begin(), sorted.end(),
              [](const QueryParameter& a, const QueryParameter& b) { return a.name < b.name; });
    QByteArrayList parts;
    for (const QueryParameter& one : sorted)
        parts.append(percentEncode(one.name) + '=' + percentEncode(one.value));
    return parts.join('&');
}

QByteArray acs3CanonicalRequest(const Acs3Request& request)
{
    const HttpHeaders headers = signedHeaders(request.headers);
    QByteArray block;
    for (const HttpHeader& header : headers)
        block += header.name + ':' + header.value + '\n';
    return QByteArrayList{request.method, request.path,         acs3CanonicalQuery(request.query),
                          block,          joinedNames(headers), contentHash(headers)}
        .join('\n');
}

QByteArray acs3Authorization(const Acs3Request& request, const Credentials& credentials)
{
    const QByteArray hash =
        QCryptographicHash::hash(acs3CanonicalRequest(request), QCryptographicHash::Sha256).toHex();
    const QByteArray stringToSign = QByteArray(algorithm) + '\n' + hash;
    const QByteArray signature =
        QMessageAuthenticationCode::hash(stringToSign, credentials.accessKeySecret.expose(),
                                         QCryptographicHash::Sha256)
            .toHex();
    return QByteArray(algorithm) + " Credential=" + credentials.accessKeyId.toUtf8()
        + ",SignedHeaders=" + joinedNames(signedHeaders(request.headers))
        + ",Signature=" + signature;
}

} // namespace ChatApp
