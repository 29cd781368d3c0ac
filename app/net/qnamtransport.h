// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/httptransport.h"
#include "net/proxyrules.h"

#include <QtCore/QProcessEnvironment>
#include <QtNetwork/QSslConfiguration>

#include <memory>

class QNetworkAccessManager;

namespace ChatApp {

//! HttpTransport on a stock QNetworkAccessManager, with everything in it turned off that sends,
//! stores or changes something unasked. Build it on the thread it is used on. At most 6 requests to
//! one host are under way at a time; more would wait inside QNetworkAccessManager while their
//! connect timeout runs, so callers keep below that. Destroying it ends its calls with Cancelled,
//! from its destructor; nothing may be sent from there.
class QnamTransport final : public HttpTransport {
    Q_OBJECT
public:
    //! Errors: Usage, if the extra CA file cannot be read or holds no certificate.
    static Result<std::unique_ptr<QnamTransport>>
    create(const TransportConfig& config,
           const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment());
    ~QnamTransport() override;

    HttpCall* send(HttpRequest request) override;

private:
    QnamTransport(const TransportConfig& config, ProxyRules proxyRules,
                  const QSslConfiguration& tls);

    TransportConfig m_config;
    ProxyRules m_proxyRules;
    QSslConfiguration m_tls;
    std::unique_ptr<QNetworkAccessManager> m_manager;
};

} // namespace ChatApp
