// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/objecturl.h"

#include "net/urlencoding.h"

#include <QtNetwork/QHostAddress>

namespace ChatApp {

namespace {

bool needsPathStyle(const QByteArray& host)
{
    QHostAddress address;
    return host == "localhost" || address.setAddress(QString::fromLatin1(host));
}

} // namespace

QString ObjectUrl::toString() const
{
    return QString::fromLatin1(server.scheme + "://" + server.authority() + path);
}

ObjectUrl objectUrl(const Endpoint& endpoint, const QString& bucket, const QString& key)
{
    const QByteArray encodedKey = percentEncode(key.toUtf8(), Slash::Keep);
    if (needsPathStyle(endpoint.host))
        return {endpoint, '/' + percentEncode(bucket.toUtf8()) + '/' + encodedKey};
    Endpoint server = endpoint;
    server.host = bucket.toUtf8() + '.' + endpoint.host;
    return {server, '/' + encodedKey};
}

} // namespace ChatApp
