// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/secretprompt.h"

#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>

namespace ChatApp {

namespace {

const QString promptInterface = QStringLiteral("org.freedesktop.Secret.Prompt");

} // namespace

SecretPrompt::SecretPrompt(QString service, QString path, QObject* parent)
    : QObject(parent)
    , m_service(std::move(service))
    , m_path(std::move(path))
{
}

void SecretPrompt::show()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    // Listen before asking: the answer may come at once.
    bus.connect(m_service, m_path, promptInterface, QStringLiteral("Completed"), this,
                SLOT(finish(bool, QDBusVariant)));
    QDBusMessage message = QDBusMessage::createMethodCall(m_service, m_path, promptInterface,
                                                          QStringLiteral("Prompt"));
    message << QString(); // no parent window
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        if (QDBusPendingReply<>(*watcher).isError())
            Q_EMIT completed(true);
    });
}

void SecretPrompt::finish(bool dismissed, const QDBusVariant& /*result*/)
{
    Q_EMIT completed(dismissed);
}

} // namespace ChatApp
