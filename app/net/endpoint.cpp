// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "net/endpoint.h"

#include "net/httptransport.h"

#include <QtCore/QUrl>
#include <QtNetwork/QHostAddress>

namespace ChatApp {

namespace {

Error unusable(const QString& why)
{
    Error error;
    error.kind = ErrorKind::Usage;
    error.message = QStringLiteral("not an endpoint: ") + why;
    return error;
}

bool isDomainName(const QByteArray& host)
{
    if (host.isEmpty() || host.size() > 253)
        return false;
    for (const QByteArray& label : host.split('.')) {
        if (label.isEmpty() || label.size() > 63 || label.startsWith('-') || label.endsWith('-'))
            return false;
        for (const char c : label) {
            const bool allowed =
                (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!allowed)
                return false;
        }
    }
    return true;
}

bool isIpv6Address(const QByteArray& host)
{
    QHostAddress address;
    return host.contains(':') && !host.contains('%')
        && address.setAddress(QString::fromLatin1(host));
}

} // namespace

QByteArray Endpoint::authority() const
{
    QByteArray text = host.contains(':') ? '[' + host + ']' : host;
    const int defaultPort = scheme == "http" ? 80 : 443;
    if (port != -1 && port != defaultPort)
        text += ':' + QByteArray::number(port);
    return text;
}

Result<Endpoint> parseEndpoint(const QString& text)
{
    QString rest = text.trimmed();
    Endpoint endpoint;
    if (const qsizetype mark = rest.indexOf(QLatin1String("://")); mark >= 0) {
        endpoint.scheme = rest.left(mark).toLower().toLatin1();
        rest = rest.mid(mark + 3);
    }
    if (endpoint.scheme != "https" && endpoint.scheme != "http")
        return unusable(QStringLiteral("only https is possible, and http on this computer"));
    if (rest.endsWith(QLatin1Char('/')))
        rest.chop(1);

    QString host = rest;
    QString port;
    const qsizetype bracket = rest.lastIndexOf(QLatin1Char(']'));
    if (const qsizetype colon = rest.lastIndexOf(QLatin1Char(':')); colon > bracket) {
        host = rest.left(colon);
        port = rest.mid(colon + 1);
        bool ok = false;
        endpoint.port = port.toInt(&ok);
        if (!ok || endpoint.port < 1 || endpoint.port > 65535 || !port.at(0).isDigit())
            return unusable(QStringLiteral("the port is not a number from 1 to 65535"));
    }
    if (host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']'))) {
        endpoint.host = host.mid(1, host.size() - 2).toLower().toLatin1();
        if (!isIpv6Address(endpoint.host))
            return unusable(QStringLiteral("no IPv6 address in the brackets"));
    } else {
        endpoint.host = QUrl::toAce(host.toLower());
        if (!isDomainName(endpoint.host))
            return unusable(QStringLiteral("write only a host name, and a port if need be"));
    }

    if (endpoint.scheme == "http" && !isLoopbackHost(endpoint.host)) {
        Error error;
        error.kind = ErrorKind::PlainHttpRefused;
        error.message = QStringLiteral("http is only allowed to this computer itself: ")
            + QString::fromLatin1(endpoint.host);
        return error;
    }
    return endpoint;
}

} // namespace ChatApp
