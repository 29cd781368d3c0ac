// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "net/httptransport.h"

#include <QtCore/QProcessEnvironment>
#include <QtNetwork/QNetworkProxy>

namespace ChatApp {

//! Which proxy a request goes through: the user's fixed one, the environment's, or none. A plain
//! value, fixed when the transport is built. A loopback host is never reached through a proxy.
class ProxyRules {
public:
    //! Reads https_proxy, http_proxy and no_proxy, lower case before upper case, as other tools do
    //! (HTTP_PROXY in upper case alone is not read: a web server's CGI sets it from a header).
    ProxyRules(const TransportConfig& config, const QProcessEnvironment& environment);

    //! QNetworkProxy::NoProxy where none is to be used. Error: Proxy, if the setting for this
    //! request cannot be understood; its text never holds the proxy's password.
    Result<QNetworkProxy> proxyFor(const QByteArray& scheme, const QByteArray& host,
                                   int port) const;

private:
    QByteArray m_httpsProxy;
    QByteArray m_httpProxy;
    QByteArray m_noProxy;
};

//! `[http://|socks5://|socks5h://][user[:password]@]host[:port]`, as in the environment. Error:
//! Proxy.
Result<QNetworkProxy> parseProxy(const QByteArray& text);

//! True if a no_proxy list names the host: `*`, a name and all below it (with or without a leading
//! dot), an address, a network in CIDR form; each may end with a port, and then counts for it only.
bool bypassesProxy(const QByteArray& noProxy, const QByteArray& host, int port);

} // namespace ChatApp
