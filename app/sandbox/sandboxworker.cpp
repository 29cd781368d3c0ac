// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/sandboxworker.h"

#include "core/random.h"
#include "sandbox/adminexchange.h"
#include "sandbox/serviceexchange.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>

namespace ChatApp::Sandbox {

namespace {

Error failed(ErrorKind kind, const QString& message)
{
    Error error;
    error.kind = kind;
    error.message = message;
    return error;
}

Result<QSslConfiguration> tlsConfiguration(const SandboxTls& tls)
{
    const QList<QSslCertificate> chain = QSslCertificate::fromPath(tls.certificateFile);
    QFile keyFile(tls.keyFile);
    if (!keyFile.open(QIODevice::ReadOnly))
        return failed(ErrorKind::Usage, QStringLiteral("cannot read %1").arg(tls.keyFile));
    const QByteArray pem = keyFile.readAll();
    QSslKey key(pem, QSsl::Rsa);
    if (key.isNull())
        key = QSslKey(pem, QSsl::Ec);
    if (chain.isEmpty() || key.isNull())
        return failed(ErrorKind::Usage, QStringLiteral("no certificate, or no key, in PEM form"));
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

Result<QHostAddress> loopback(const QString& address)
{
    const QHostAddress host(address);
    if (host != QHostAddress(QHostAddress::LocalHost)
        && host != QHostAddress(QHostAddress::LocalHostIPv6))
        return failed(ErrorKind::Usage,
                      QStringLiteral("the sandbox listens on 127.0.0.1 or ::1 only"));
    return host;
}

} // namespace

SandboxWorker::SandboxWorker() = default;
SandboxWorker::~SandboxWorker() = default;

Result<void> SandboxWorker::start(const SandboxConfig& config)
{
    if (auto made = makeFolder(config.dataFolder); !made)
        return made;
    m_state = std::make_unique<SandboxState>(config, m_folder->path());
    if (!m_state->area.usable())
        return failed(ErrorKind::DiskFull, QStringLiteral("cannot make folders for the data"));
    connect(&m_state->recorder, &Recorder::eventOccurred, this, &SandboxWorker::eventOccurred);
    if (auto listening = listen(config); !listening)
        return listening;
    return config.adminInterface ? listenForAdmin(config) : Result<void>();
}

Result<void> SandboxWorker::makeFolder(const QString& dataFolder)
{
    const QString parent = dataFolder.isEmpty() ? QDir::tempPath() : dataFolder;
    if (!QDir().mkpath(parent))
        return failed(ErrorKind::DiskFull, QStringLiteral("cannot make the folder %1").arg(parent));
    m_folder = std::make_unique<QTemporaryDir>(
        QDir(parent).filePath(QStringLiteral("chatapp-sandbox-XXXXXX")));
    if (!m_folder->isValid())
        return failed(ErrorKind::DiskFull, m_folder->errorString());
    return {};
}

Result<void> SandboxWorker::listen(const SandboxConfig& config)
{
    const auto host = loopback(config.address);
    if (!host)
        return host.error();
    std::optional<QSslConfiguration> tls;
    if (config.tls) {
        auto configuration = tlsConfiguration(*config.tls);
        if (!configuration)
            return configuration.error();
        tls = std::move(*configuration);
    }
    HttpService service;
    service.makeExchange = [this](const HttpRequest& request, qint64 connection) {
        return std::make_unique<ServiceExchange>(*m_state, request, connection);
    };
    service.answerBadRequest = answerBadRequest;
    service.idleTimeout = config.idleTimeout;
    m_listener = std::make_unique<Listener>(std::move(service), std::move(tls));
    Recorder* recorder = &m_state->recorder;
    connect(m_listener.get(), &Listener::connectionOpened, recorder, &Recorder::connectionOpened);
    connect(m_listener.get(), &Listener::connectionClosed, recorder, &Recorder::connectionClosed);
    if (!m_listener->listen(*host, config.port))
        return failed(ErrorKind::Usage, m_listener->errorString());
    const bool v6 = host->protocol() == QAbstractSocket::IPv6Protocol;
    m_state->hostAndPort =
        (v6 ? "[::1]:" : "127.0.0.1:") + QByteArray::number(m_listener->serverPort());
    return {};
}

Result<void> SandboxWorker::listenForAdmin(const SandboxConfig& config)
{
    m_adminToken = randomBase32(32);
    HttpService service;
    service.makeExchange = [this](const HttpRequest& request, qint64 /*connection*/) {
        return std::make_unique<AdminExchange>(*m_state, m_adminToken, request);
    };
    service.answerBadRequest = answerBadRequest;
    m_adminListener = std::make_unique<Listener>(std::move(service), std::nullopt);
    if (!m_adminListener->listen(QHostAddress(config.address), config.adminPort))
        return failed(ErrorKind::Usage, m_adminListener->errorString());
    return {};
}

} // namespace ChatApp::Sandbox
