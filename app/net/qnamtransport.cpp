// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "net/qnamtransport.h"

#include "core/logging.h"
#include "net/endpoint.h"
#include "net/qnamcall.h"
#include "net/uploadbody.h"

#include <QtCore/QBuffer>
#include <QtCore/QFile>
#include <QtCore/QUrl>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkProxyFactory>
#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QNetworkRequest>
#include <QtNetwork/QSslCertificate>

#include <algorithm>

namespace ChatApp {

namespace {

Error transportError(ErrorKind kind, const QString& message)
{
    Error error;
    error.kind = kind;
    error.message = message;
    return error;
}

//! Asks ProxyRules again for each request, because QNetworkAccessManager knows no proxy per
//! request.
class RuleProxyFactory final : public QNetworkProxyFactory {
public:
    explicit RuleProxyFactory(ProxyRules rules) : m_rules(std::move(rules)) { }

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override
    {
        const Result<QNetworkProxy> proxy = m_rules.proxyFor(
            query.protocolTag().toLatin1(), query.peerHostName().toLatin1(), query.peerPort());
        // send() has refused settings that cannot be read.
        return {proxy ? *proxy : QNetworkProxy(QNetworkProxy::NoProxy)};
    }

private:
    ProxyRules m_rules;
};

Result<QList<QSslCertificate>> readCertificates(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return transportError(
            ErrorKind::Usage,
            QStringLiteral("the CA file %1 cannot be read: %2").arg(path, file.errorString()));
    }
    QList<QSslCertificate> certificates = QSslCertificate::fromDevice(&file, QSsl::Pem);
    certificates.removeIf([](const QSslCertificate& one) { return one.isNull(); });
    if (certificates.isEmpty()) {
        return transportError(ErrorKind::Usage,
                              QStringLiteral("the CA file %1 holds no PEM certificate").arg(path));
    }
    return certificates;
}

//! The request target as QNetworkAccessManager is going to write it: it removes dot segments.
QByteArray targetOnTheWire(const QUrl& url)
{
    return url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment
                         | QUrl::NormalizePathSegments);
}

bool isCleanHeader(const HttpHeader& header)
{
    const auto printable = [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
    };
    return !header.name.isEmpty() && !header.name.contains(':')
        && std::all_of(header.name.begin(), header.name.end(), printable)
        && std::all_of(header.value.begin(), header.value.end(), printable);
}

Result<QUrl> urlOf(const HttpRequest& request)
{
    if (request.scheme != "https" && request.scheme != "http")
        return transportError(ErrorKind::Internal, QStringLiteral("neither https nor http"));
    if (request.scheme == "http" && !isLoopbackHost(request.host)) {
        return transportError(ErrorKind::PlainHttpRefused,
                              QStringLiteral("http is only allowed to this computer itself: ")
                                  + QString::fromLatin1(request.host));
    }
    const Endpoint server{.scheme = request.scheme, .host = request.host, .port = request.port};
    const QUrl url = QUrl::fromEncoded(server.scheme + "://" + server.authority() + request.target,
                                       QUrl::StrictMode);
    if (!request.target.startsWith('/') || !url.isValid() || targetOnTheWire(url) != request.target)
        return transportError(ErrorKind::Internal,
                              QStringLiteral("this request target cannot be sent unchanged"));
    return url;
}

QNetworkRequest makeRequest(const QUrl& url, const HttpHeaders& headers,
                            const QSslConfiguration& tls)
{
    QNetworkRequest request(url);
    request.setSslConfiguration(tls);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    request.setRawHeader("User-Agent", "ChatAppUploader/" CHATAPP_VERSION);
    // Otherwise Qt asks for gzip and names the user's languages.
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("Accept-Language", "en");
    for (const HttpHeader& header : headers)
        request.setRawHeader(header.name, header.value);
    return request;
}

//! Null for a request without a body. PUT and POST always get one, if empty: it keeps
//! QNetworkAccessManager from sending them again when a connection dies.
std::unique_ptr<UploadBody> takeBody(HttpRequest& request)
{
    if (request.bodyDevice)
        return std::make_unique<UploadBody>(std::move(request.bodyDevice), request.bodySize);
    if (request.body.isEmpty() && request.method != "PUT" && request.method != "POST")
        return nullptr;
    const qint64 size = request.body.size();
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(request.body);
    buffer->open(QIODevice::ReadOnly);
    return std::make_unique<UploadBody>(std::move(buffer), size);
}

QNetworkReply* startReply(QNetworkAccessManager& manager, const QByteArray& method,
                          const QNetworkRequest& request, UploadBody* body)
{
    if (method == "PUT")
        return manager.put(request, body);
    if (method == "POST")
        return manager.post(request, body);
    if (method == "GET" && !body)
        return manager.get(request);
    if (method == "HEAD" && !body)
        return manager.head(request);
    if (method == "DELETE" && !body)
        return manager.deleteResource(request);
    return manager.sendCustomRequest(request, method, body);
}

} // namespace

Result<std::unique_ptr<QnamTransport>> QnamTransport::create(const TransportConfig& config,
                                                             const QProcessEnvironment& environment)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    if (!config.extraCaFile.isEmpty()) {
        const Result<QList<QSslCertificate>> extra = readCertificates(config.extraCaFile);
        if (!extra)
            return extra.error();
        tls.addCaCertificates(*extra);
    }
    return std::unique_ptr<QnamTransport>(
        new QnamTransport(config, ProxyRules(config, environment), tls));
}

QnamTransport::QnamTransport(const TransportConfig& config, ProxyRules proxyRules,
                             const QSslConfiguration& tls)
    : m_config(config)
    , m_proxyRules(std::move(proxyRules))
    , m_tls(tls)
    , m_manager(std::make_unique<QNetworkAccessManager>())
{
    m_manager->setProxyFactory(new RuleProxyFactory(m_proxyRules));
    m_manager->setAutoDeleteReplies(false);
}

QnamTransport::~QnamTransport()
{
    for (QnamCall* call : findChildren<QnamCall*>(QString(), Qt::FindDirectChildrenOnly))
        call->endNow();
}

HttpCall* QnamTransport::send(HttpRequest request)
{
    auto* call = new QnamCall(m_config, request.maxAnswerSize, this);

    const Result<QUrl> url = urlOf(request);
    if (!url) {
        call->end(url.error());
        return call;
    }
    if (!std::all_of(request.headers.begin(), request.headers.end(), isCleanHeader)) {
        call->end(transportError(ErrorKind::Internal, QStringLiteral("a header cannot be sent")));
        return call;
    }
    const int defaultPort = request.scheme == "http" ? 80 : 443;
    const Result<QNetworkProxy> proxy =
        m_proxyRules.proxyFor(request.scheme, request.host, url->port(defaultPort));
    if (!proxy) {
        call->end(proxy.error());
        return call;
    }

    std::unique_ptr<UploadBody> body = takeBody(request);
    QNetworkRequest prepared = makeRequest(*url, request.headers, m_tls);
    if (body)
        prepared.setRawHeader("Content-Length", QByteArray::number(body->bytesAvailable()));
    UploadBody* borrowed = body.get();
    QNetworkReply* reply = startReply(*m_manager, request.method, prepared, borrowed);
    if (body)
        body.release()->setParent(reply);
    call->follow(reply, borrowed, proxy->type() != QNetworkProxy::NoProxy);
    qCDebug(lcNet).noquote() << request.method << url->host();
    return call;
}

} // namespace ChatApp
