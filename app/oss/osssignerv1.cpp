// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/osssignerv1.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QLocale>
#include <QtCore/QMessageAuthenticationCode>

#include <algorithm>
#include <array>
#include <map>

namespace ChatApp {

namespace {

bool isSubResource(const QByteArray& name)
{
    static constexpr std::array names{
        "acl",        "append",   "callback",       "callback-var",  "objectMeta",
        "partNumber", "position", "security-token", "sequential",    "symlink",
        "tagging",    "uploadId", "uploads",        "x-oss-process", "x-oss-traffic-limit"};
    return name.startsWith("response-")
        || std::any_of(names.begin(), names.end(), [&](const char* one) { return name == one; });
}

QByteArray canonicalResource(const OssRequest& request)
{
    QByteArray resource = '/' + request.bucket.toUtf8() + '/' + request.key.toUtf8();
    std::map<QByteArray, QByteArray> parameters;
    for (const QueryParameter& one : request.query) {
        if (isSubResource(one.name))
            parameters[one.name] = one.value;
    }
    char separator = '?';
    for (const auto& [name, value] : parameters) {
        resource += separator + name;
        if (!value.isEmpty())
            resource += '=' + value;
        separator = '&';
    }
    return resource;
}

} // namespace

QByteArray ossV1StringToSign(const OssRequest& request)
{
    std::map<QByteArray, QByteArray> ossHeaders;
    for (const HttpHeader& header : request.headers) {
        const QByteArray name = header.name.toLower();
        if (name.startsWith("x-oss-"))
            ossHeaders[name] = header.value.trimmed();
    }
    const auto dated = ossHeaders.find("x-oss-date");
    QByteArray text = request.method + '\n';
    text += headerValue(request.headers, "Content-MD5").trimmed() + '\n';
    text += headerValue(request.headers, "Content-Type").trimmed() + '\n';
    text +=
        (dated != ossHeaders.end() ? dated->second : headerValue(request.headers, "Date").trimmed())
        + '\n';
    for (const auto& [name, value] : ossHeaders)
        text += name + ':' + value + '\n';
    return text + canonicalResource(request);
}

QByteArray ossV1Authorization(const OssRequest& request, const Credentials& credentials)
{
    const QByteArray signature = QMessageAuthenticationCode::hash(
        ossV1StringToSign(request), credentials.accessKeySecret.expose(), QCryptographicHash::Sha1);
    return "OSS " + credentials.accessKeyId.toUtf8() + ':' + signature.toBase64();
}

void signOssV1(OssRequest& request, const Credentials& credentials, const QDateTime& now)
{
    for (HttpHeader& header : request.headers)
        header.value = header.value.trimmed();
    const QString date =
        QLocale::c().toString(now.toUTC(), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    setHeader(request.headers, "x-oss-date", date.toLatin1());
    addSecurityToken(request.headers, credentials);
    setHeader(request.headers, "Authorization", ossV1Authorization(request, credentials));
}

} // namespace ChatApp
