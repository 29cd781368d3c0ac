// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "net/proxyrules.h"

#include <QtCore/QUrl>
#include <QtNetwork/QHostAddress>

namespace ChatApp {

namespace {

QByteArray variable(const QProcessEnvironment& environment, const char* lower, const char* upper)
{
    QString value = environment.value(QString::fromLatin1(lower));
    if (value.isEmpty() && upper)
        value = environment.value(QString::fromLatin1(upper));
    return value.trimmed().toUtf8();
}

Error unusable(const char* why)
{
    Error error;
    error.kind = ErrorKind::Proxy;
    error.message = QStringLiteral("the proxy setting cannot be used: ") + QString::fromLatin1(why);
    return error;
}

bool matchesEntry(QByteArray entry, const QByteArray& host, int port)
{
    if (entry == "*")
        return true;
    QHostAddress address;
    const bool hostIsAddress = address.setAddress(QString::fromLatin1(host));
    if (entry.contains('/')) {
        const auto network = QHostAddress::parseSubnet(QString::fromLatin1(entry));
        return hostIsAddress && network.second >= 0 && address.isInSubnet(network);
    }
    // A port stands after the only colon, or after the bracket of an IPv6 address.
    const qsizetype colon = entry.lastIndexOf(':');
    const bool bracketed = entry.startsWith('[');
    if (colon >= 0 && (bracketed ? colon > entry.lastIndexOf(']') : entry.count(':') == 1)) {
        if (entry.mid(colon + 1).toInt() != port)
            return false;
        entry.truncate(colon);
    }
    if (bracketed)
        entry = entry.mid(1, entry.lastIndexOf(']') - 1);
    if (hostIsAddress)
        return QHostAddress(QString::fromLatin1(entry)) == address;
    while (entry.startsWith('.') || entry.startsWith("*."))
        entry.remove(0, entry.startsWith('.') ? 1 : 2);
    return !entry.isEmpty() && (host == entry || host.endsWith('.' + entry));
}

} // namespace

ProxyRules::ProxyRules(const TransportConfig& config, const QProcessEnvironment& environment)
{
    switch (config.proxyMode) {
    case TransportConfig::ProxyMode::None:
        break;
    case TransportConfig::ProxyMode::Fixed:
        m_httpsProxy = config.fixedProxy;
        m_httpProxy = config.fixedProxy;
        break;
    case TransportConfig::ProxyMode::Environment:
        m_httpsProxy = variable(environment, "https_proxy", "HTTPS_PROXY");
        m_httpProxy = variable(environment, "http_proxy", nullptr);
        m_noProxy = variable(environment, "no_proxy", "NO_PROXY");
        break;
    }
}

Result<QNetworkProxy> ProxyRules::proxyFor(const QByteArray& scheme, const QByteArray& host,
                                           int port) const
{
    const QByteArray& setting = scheme == "http" ? m_httpProxy : m_httpsProxy;
    if (setting.isEmpty() || isLoopbackHost(host) || bypassesProxy(m_noProxy, host, port))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    return parseProxy(setting);
}

Result<QNetworkProxy> parseProxy(const QByteArray& text)
{
    const QByteArray whole = text.contains("://") ? text : "http://" + text;
    const QUrl url = QUrl::fromEncoded(whole, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || url.path().size() > 1 || url.hasQuery())
        return unusable("it is not of the form http://host:port or socks5://host:port");

    QNetworkProxy proxy;
    int defaultPort = 80;
    if (url.scheme() == QLatin1String("http")) {
        proxy.setType(QNetworkProxy::HttpProxy);
    } else if (url.scheme() == QLatin1String("socks5")
               || url.scheme() == QLatin1String("socks5h")) {
        proxy.setType(QNetworkProxy::Socks5Proxy);
        defaultPort = 1080;
    } else {
        return unusable("only http and socks5 proxies are possible");
    }
    proxy.setHostName(url.host());
    proxy.setPort(static_cast<quint16>(url.port(defaultPort)));
    proxy.setUser(url.userName(QUrl::FullyDecoded));
    proxy.setPassword(url.password(QUrl::FullyDecoded));
    return proxy;
}

bool bypassesProxy(const QByteArray& noProxy, const QByteArray& host, int port)
{
    const QByteArray wanted = host.toLower();
    for (const QByteArray& part : noProxy.toLower().replace(' ', ',').split(',')) {
        const QByteArray entry = part.trimmed();
        if (!entry.isEmpty() && matchesEntry(entry, wanted, port))
            return true;
    }
    return false;
}

} // namespace ChatApp
