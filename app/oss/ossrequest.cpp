// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/ossrequest.h"

#include <map>

namespace ChatApp {

QByteArray ossQuery(const QueryParameters& query)
{
    // By the encoded name alone: "a-b" stands behind "a", whatever the value of "a".
    std::map<QByteArray, QByteArray> sorted;
    for (const QueryParameter& one : query)
        sorted[percentEncode(one.name)] = percentEncode(one.value);
    QByteArrayList parts;
    for (const auto& [name, value] : sorted)
        parts.append(value.isEmpty() ? name : name + '=' + value);
    return parts.join('&');
}

void setHeader(HttpHeaders& headers, const QByteArray& name, const QByteArray& value)
{
    for (HttpHeader& header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0) {
            header.value = value.trimmed();
            return;
        }
    }
    headers.append({name, value.trimmed()});
}

QByteArray headerValue(const HttpHeaders& headers, const QByteArray& name)
{
    for (const HttpHeader& header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

void addSecurityToken(HttpHeaders& headers, const Credentials& credentials)
{
    // expose() is only a view, and the request may outlive the credentials.
    const QByteArray view = credentials.securityToken.expose();
    if (!view.isEmpty())
        setHeader(headers, "x-oss-security-token", QByteArray(view.constData(), view.size()));
}

} // namespace ChatApp
