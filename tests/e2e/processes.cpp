// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "processes.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryFile>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslConfiguration>

namespace ChatApp {

namespace {

constexpr int patienceMs = 60'000;

std::optional<QByteArray> get(const QNetworkRequest& request)
{
    QNetworkAccessManager manager;
    manager.setProxy(QNetworkProxy::NoProxy);
    QNetworkReply* reply = manager.get(request);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    if (reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200)
        return {};
    return reply->readAll();
}

} // namespace

QString builtProgram(const QString& name)
{
    return QStringLiteral(CHATAPP_BIN_DIR "/") + name;
}

SandboxProcess::~SandboxProcess()
{
    m_process.terminate();
    if (!m_process.waitForFinished(patienceMs))
        m_process.kill();
}

bool SandboxProcess::start(const QStringList& options, const QByteArray& plan)
{
    QTemporaryFile planFile;
    QStringList arguments{QStringLiteral("--json")};
    arguments.append(options);
    if (!plan.isEmpty()) {
        if (!planFile.open() || planFile.write(plan) != plan.size() || !planFile.flush())
            return false;
        arguments.append({QStringLiteral("--plan"), planFile.fileName()});
    }
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(builtProgram(QStringLiteral("chatapp-sandbox")), arguments);
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(patienceMs))
            return false;
    }
    m_told = QJsonDocument::fromJson(m_process.readLine()).object();
    return !endpoint().isEmpty();
}

QString SandboxProcess::space() const
{
    return m_told.value(QLatin1String("spaces")).toArray().at(0).toString();
}

QByteArray SandboxProcess::adminGet(const QString& path) const
{
    QNetworkRequest request{QUrl(text("adminUrl") + path)};
    request.setRawHeader("x-sandbox-token", text("adminToken").toUtf8());
    return get(request).value_or(QByteArray());
}

QList<QJsonObject> CliOutcome::objects() const
{
    QList<QJsonObject> list;
    for (const QByteArray& line : out.split('\n')) {
        if (line.isEmpty())
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (!document.isObject())
            return {};
        list.append(document.object());
    }
    return list;
}

QList<QJsonObject> CliOutcome::events(const char* event) const
{
    QList<QJsonObject> list = objects();
    list.removeIf([event](const QJsonObject& object) {
        return object.value(QLatin1String("event")).toString() != QLatin1String(event);
    });
    return list;
}

QProcessEnvironment cliEnvironment(const QString& folder, const SandboxProcess* sandbox)
{
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment environment;
    for (const char* name : {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH"}) {
        const QString key = QString::fromLatin1(name);
        if (own.contains(key))
            environment.insert(key, own.value(key));
    }
    environment.insert(QStringLiteral("HOME"), folder);
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), folder);
    if (sandbox != nullptr) {
        environment.insert(QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_ID"), sandbox->accessKeyId());
        environment.insert(QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
                           sandbox->accessKeySecret());
    }
    return environment;
}

CliProcess::CliProcess(const QString& folder, const QProcessEnvironment& environment)
{
    m_process.setWorkingDirectory(folder);
    m_process.setProcessEnvironment(environment);
}

CliProcess::~CliProcess()
{
    m_process.kill();
    m_process.waitForFinished(patienceMs);
}

void CliProcess::start(const QStringList& arguments)
{
    startProgram(builtProgram(QStringLiteral("chatapp-upload")), arguments);
}

void CliProcess::startShell(const QString& command)
{
    QProcessEnvironment environment = m_process.processEnvironment();
    environment.insert(QStringLiteral("CLI"), builtProgram(QStringLiteral("chatapp-upload")));
    m_process.setProcessEnvironment(environment);
    startProgram(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), command});
}

void CliProcess::startProgram(const QString& program, const QStringList& arguments)
{
    m_process.start(program, arguments, QIODevice::ReadOnly);
    m_process.waitForStarted(patienceMs);
}

void CliProcess::takeOutput()
{
    m_out += m_process.readAllStandardOutput();
}

bool CliProcess::waitForOutput(const QByteArray& text)
{
    QElapsedTimer timer;
    timer.start();
    for (takeOutput(); !m_out.contains(text); takeOutput()) {
        if (timer.elapsed() > patienceMs || m_process.state() == QProcess::NotRunning)
            return false;
        m_process.waitForReadyRead(1000);
    }
    return true;
}

CliOutcome CliProcess::outcome()
{
    m_process.waitForFinished(patienceMs);
    takeOutput();
    CliOutcome outcome;
    const bool exited =
        m_process.state() == QProcess::NotRunning && m_process.exitStatus() == QProcess::NormalExit;
    outcome.exitCode = exited ? m_process.exitCode() : -1;
    outcome.out = m_out;
    outcome.err = m_process.readAllStandardError();
    return outcome;
}

CliOutcome runCli(const QString& folder, const QProcessEnvironment& environment,
                  const QStringList& arguments)
{
    CliProcess process(folder, environment);
    process.start(arguments);
    return process.outcome();
}

std::optional<QByteArray> fetchAnonymously(const QString& url, const QString& caFile)
{
    QNetworkRequest request{QUrl(url, QUrl::StrictMode)};
    if (!caFile.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslCertificate::fromPath(caFile));
        request.setSslConfiguration(tls);
    }
    return get(request);
}

bool writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace ChatApp
