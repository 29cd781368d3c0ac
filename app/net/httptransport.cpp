// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "net/httptransport.h"

#include <QtNetwork/QHostAddress>

namespace ChatApp {

QByteArray HttpResponse::header(const QByteArray& name) const
{
    for (const HttpHeader& header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

bool isLoopbackHost(const QByteArray& host)
{
    if (host.compare("localhost", Qt::CaseInsensitive) == 0)
        return true;
    // QHostAddress also reads "127.1" and decimal forms, which a resolver may take for a name.
    QHostAddress address;
    if (!address.setAddress(QString::fromLatin1(host)) || !address.isLoopback())
        return false;
    return address.protocol() == QAbstractSocket::IPv6Protocol || host.count('.') == 3;
}

} // namespace ChatApp
