// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/secretservice.h"

#include "accounts/secretprompt.h"
#include "core/answer.h"
#include "core/logging.h"

#include <QtCore/QTimer>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusObjectPath>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusVariant>

namespace ChatApp {

namespace {

const QString busServiceName = QStringLiteral("org.freedesktop.secrets");
const QString servicePath = QStringLiteral("/org/freedesktop/secrets");
const QString serviceInterface = QStringLiteral("org.freedesktop.Secret.Service");
const QString defaultAlias = QStringLiteral("/org/freedesktop/secrets/aliases/default");
const QString noObject = QStringLiteral("/");

//! Whether QtKeychain 0.13 goes to KWallet: on Plasma, if its wallet of KDE Frameworks 5 is there.
bool prefersKWallet(const QStringList& names)
{
    const QList<QByteArray> desktops = qgetenv("XDG_CURRENT_DESKTOP").split(':');
    return desktops.contains("KDE") && names.contains(QStringLiteral("org.kde.kwalletd5"));
}

bool isError(const QDBusMessage& reply, const std::initializer_list<const char*>& names)
{
    for (const char* name : names) {
        if (reply.errorName() == QLatin1String(name))
            return true;
    }
    return false;
}

SecretService::Availability availabilityFrom(const QDBusMessage& reply)
{
    using enum SecretService::Availability;
    if (reply.type() == QDBusMessage::ReplyMessage) {
        const auto locked = reply.arguments().value(0).value<QDBusVariant>().variant();
        return locked.toBool() ? Locked : Ready;
    }
    // Who has no object for the alias is a Secret Service, but has nothing to unlock.
    if (isError(reply,
                {"org.freedesktop.DBus.Error.UnknownObject",
                 "org.freedesktop.DBus.Error.UnknownMethod",
                 "org.freedesktop.DBus.Error.UnknownInterface",
                 "org.freedesktop.Secret.Error.NoSuchObject"})) {
        return NoCollection;
    }
    qCWarning(lcAccounts) << "no usable secret service:" << reply.errorName();
    if (reply.errorName().startsWith(QLatin1String("org.freedesktop.DBus.Error.Spawn"))
        || isError(reply,
                   {"org.freedesktop.DBus.Error.ServiceUnknown",
                    "org.freedesktop.DBus.Error.NameHasNoOwner"})) {
        return NoStore;
    }
    return Refusing;
}

Error unavailable(const QString& message)
{
    return Error{.kind = ErrorKind::SecretStoreUnavailable, .message = message};
}

} // namespace

void SecretService::look(const Look& look)
{
    if (!QDBusConnection::sessionBus().isConnected()) {
        QTimer::singleShot(0, this, [look] { look(Availability::NoStore); });
        return;
    }
    // Asking a name that nobody owns or can start would be answered too, but only after the bus
    // has tried; the bus itself answers at once.
    lookForNames(QStringLiteral("ListNames"), [this, look](const QStringList& running) {
        const auto withStartable = [this, look, running](const QStringList& startable) {
            const QStringList names = running + startable;
            if (prefersKWallet(names))
                look(Availability::KWallet);
            else if (names.contains(busServiceName))
                lookAtCollection(look);
            else
                look(Availability::NoStore);
        };
        lookForNames(QStringLiteral("ListActivatableNames"), withStartable);
    });
}

QFuture<Result<void>> SecretService::unlock()
{
    const Answer<void> answer;
    const auto concludeByLooking = [this, answer](bool) {
        look([answer](Availability found) {
            if (found == Availability::NoStore)
                answer.give(unavailable(QStringLiteral("no secret store answers")));
            else if (found == Availability::Locked)
                answer.give(Error{.kind = ErrorKind::SecretLocked});
            else
                answer.give({});
        });
    };
    const auto unlocked = [this, answer, concludeByLooking](const QDBusMessage& reply) {
        if (reply.type() != QDBusMessage::ReplyMessage) {
            answer.give(unavailable(reply.errorMessage()));
            return;
        }
        const auto path = reply.arguments().value(1).value<QDBusObjectPath>().path();
        if (path == noObject)
            concludeByLooking(false);
        else
            prompt(path, concludeByLooking);
    };
    const auto aliasRead = [this, answer, unlocked](const QDBusMessage& reply) {
        const auto collection = reply.arguments().value(0).value<QDBusObjectPath>();
        if (reply.type() != QDBusMessage::ReplyMessage) {
            answer.give(unavailable(reply.errorMessage()));
            return;
        }
        QDBusMessage message = QDBusMessage::createMethodCall(
            busServiceName, servicePath, serviceInterface, QStringLiteral("Unlock"));
        message << QVariant::fromValue(QList<QDBusObjectPath>{collection});
        call(message, unlocked);
    };
    look([this, answer, aliasRead](Availability found) {
        if (found == Availability::NoStore) {
            answer.give(unavailable(QStringLiteral("no secret store answers")));
        } else if (found != Availability::Locked) {
            answer.give({});
        } else {
            QDBusMessage message = QDBusMessage::createMethodCall(
                busServiceName, servicePath, serviceInterface, QStringLiteral("ReadAlias"));
            message << QStringLiteral("default");
            call(message, aliasRead);
        }
    });
    return answer.future();
}

void SecretService::call(const QDBusMessage& message, const Reply& reply)
{
    auto* watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, reply] {
        watcher->deleteLater();
        reply(watcher->reply());
    });
}

void SecretService::lookForNames(const QString& method,
                                 const std::function<void(const QStringList&)>& then)
{
    const QString bus = QStringLiteral("org.freedesktop.DBus");
    call(QDBusMessage::createMethodCall(bus, QStringLiteral("/org/freedesktop/DBus"), bus, method),
         [then](const QDBusMessage& reply) { then(reply.arguments().value(0).toStringList()); });
}

void SecretService::lookAtCollection(const Look& look)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        busServiceName, defaultAlias, QStringLiteral("org.freedesktop.DBus.Properties"),
        QStringLiteral("Get"));
    message << QStringLiteral("org.freedesktop.Secret.Collection") << QStringLiteral("Locked");
    call(message, [look](const QDBusMessage& reply) { look(availabilityFrom(reply)); });
}

void SecretService::prompt(const QString& path, const std::function<void(bool)>& then)
{
    auto* shown = new SecretPrompt(busServiceName, path, this);
    connect(shown, &SecretPrompt::completed, this, [shown, then](bool dismissed) {
        shown->deleteLater();
        then(dismissed);
    });
    shown->show();
}

} // namespace ChatApp
