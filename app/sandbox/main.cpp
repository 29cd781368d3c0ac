// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/sandboxoptions.h"
#include "sandbox/sandboxserver.h"
#include "sandbox/servercertificate.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSocketNotifier>
#include <QtCore/QTemporaryDir>

#include <array>
#include <csignal>
#include <cstdio>

#include <sys/socket.h>
#include <unistd.h>

using namespace ChatApp;

namespace {

std::array<int, 2> signalPipe{-1, -1};

extern "C" void onSignal(int /*number*/)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(signalPipe[0], &byte, 1);
}

// A signal handler may do next to nothing: it wakes the event loop, which quits.
bool quitOnSignals(QCoreApplication& application)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, signalPipe.data()) != 0)
        return false;
    auto* notifier = new QSocketNotifier(signalPipe[1], QSocketNotifier::Read, &application);
    QObject::connect(notifier, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    struct sigaction action { };
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    return ::sigaction(SIGTERM, &action, nullptr) == 0
        && ::sigaction(SIGINT, &action, nullptr) == 0;
}

void print(FILE* stream, const QByteArray& text)
{
    std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()), stream);
    std::fflush(stream);
}

int fail(const Error& error)
{
    print(stderr, "chatapp-sandbox: " + error.message.toLocal8Bit() + '\n');
    return error.kind == ErrorKind::Usage ? 2 : 1;
}

QJsonObject introduction(const SandboxServer& server, const SandboxConfig& config,
                         const QString& caFile)
{
    const SandboxAccount account = server.accounts().constFirst();
    const QString admin = config.address == QLatin1String("::1") ? QStringLiteral("[::1]")
                                                                 : QStringLiteral("127.0.0.1");
    QJsonObject object{
        {QStringLiteral("endpoint"), server.endpoint()},
        {QStringLiteral("port"), server.port()},
        {QStringLiteral("accessKeyId"), account.accessKeyId},
        {QStringLiteral("spaces"), QJsonArray::fromStringList(account.spaces)},
        {QStringLiteral("bucket"), server.bucket()},
        {QStringLiteral("region"), config.behavior.region},
        {QStringLiteral("adminUrl"),
         QStringLiteral("http://%1:%2").arg(admin).arg(server.adminPort())},
        {QStringLiteral("adminToken"), server.adminToken()},
    };
    // A secret that came from outside is known there; one that was made up here is worth nothing
    // elsewhere, and has to be told.
    if (config.accounts.isEmpty())
        object.insert(QStringLiteral("accessKeySecret"), account.accessKeySecret);
    if (!caFile.isEmpty())
        object.insert(QStringLiteral("caFile"), caFile);
    return object;
}

QByteArray asText(const QJsonObject& introduction)
{
    QByteArray text = "The sandbox is ready. Stop it with Ctrl+C.\n";
    for (auto it = introduction.constBegin(); it != introduction.constEnd(); ++it) {
        QString value = it.value().toVariant().toString();
        if (it.value().isArray())
            value = it.value().toVariant().toStringList().join(QLatin1Char(' '));
        text += "  " + it.key().leftJustified(16).toUtf8() + value.toUtf8() + '\n';
    }
    return text;
}

int run(SandboxOptions options)
{
    QTemporaryDir certificateFolder;
    QString caFile;
    if (options.tls && !options.config.tls) {
        const QString& data = options.config.dataFolder;
        const auto made = makeSandboxCertificate(data.isEmpty() ? certificateFolder.path() : data);
        if (!made)
            return fail(made.error());
        options.config.tls = made->tls;
        caFile = made->caFile;
    }
    SandboxServer server;
    if (const auto started = server.start(options.config); !started)
        return fail(started.error());
    server.setFaultPlan(options.plan);
    const QJsonObject told = introduction(server, options.config, caFile);
    print(stdout,
          options.json ? QJsonDocument(told).toJson(QJsonDocument::Compact) + '\n' : asText(told));
    return QCoreApplication::exec();
}

} // namespace

// A Result is asked for its error only where it has one.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("chatapp-sandbox"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CHATAPP_VERSION));
    auto options = parseSandboxOptions(QCoreApplication::arguments().mid(1));
    if (!options)
        return fail(options.error());
    if (options->help) {
        print(stdout, sandboxHelp().toUtf8());
        return 0;
    }
    if (options->version) {
        print(stdout, "chatapp-sandbox " CHATAPP_VERSION "\n");
        return 0;
    }
    if (!quitOnSignals(application))
        return fail(
            {.kind = ErrorKind::Internal, .message = QStringLiteral("cannot listen to signals")});
    return run(std::move(*options));
}
