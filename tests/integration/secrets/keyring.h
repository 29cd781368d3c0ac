// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtDBus/QDBusArgument>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusMetaType>
#include <QtDBus/QDBusObjectPath>
#include <QtDBus/QDBusVariant>

namespace ChatApp::Test {

//! The struct "Secret" of the Secret Service API.
struct BusSecret {
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;
};

inline QDBusArgument& operator<<(QDBusArgument& out, const BusSecret& secret)
{
    out.beginStructure();
    out << secret.session << secret.parameters << secret.value << secret.contentType;
    out.endStructure();
    return out;
}

inline const QDBusArgument& operator>>(const QDBusArgument& in, BusSecret& secret)
{
    in.beginStructure();
    in >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    in.endStructure();
    return in;
}

} // namespace ChatApp::Test

Q_DECLARE_METATYPE(ChatApp::Test::BusSecret)

namespace ChatApp::Test {

//! Locks and unlocks the real keyring, in the place of its user. Unlocking without a prompt is an
//! interface that gnome-keyring keeps for its own PAM module and tests.
class Keyring {
public:
    Keyring() { qDBusRegisterMetaType<BusSecret>(); }

    bool isLocked() const
    {
        const QDBusMessage reply =
            call(QStringLiteral("/org/freedesktop/secrets/aliases/default"),
                 QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
                 {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")});
        return reply.arguments().value(0).value<QDBusVariant>().variant().toBool();
    }

    bool lock() const
    {
        const QList<QDBusObjectPath> collections{collection()};
        call(root, service, QStringLiteral("Lock"), {QVariant::fromValue(collections)});
        return isLocked();
    }

    bool unlock() const
    {
        const QDBusMessage session =
            call(root, service, QStringLiteral("OpenSession"),
                 {QStringLiteral("plain"), QVariant::fromValue(QDBusVariant(QString()))});
        const BusSecret master{session.arguments().value(1).value<QDBusObjectPath>(),
                               {},
                               qgetenv("CHATAPP_KEYRING_PASSWORD"),
                               QStringLiteral("text/plain")};
        call(root, QStringLiteral("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
             QStringLiteral("UnlockWithMasterPassword"),
             {QVariant::fromValue(collection()), QVariant::fromValue(master)});
        return !isLocked();
    }

private:
    QDBusObjectPath collection() const
    {
        return call(root, service, QStringLiteral("ReadAlias"), {QStringLiteral("default")})
            .arguments()
            .value(0)
            .value<QDBusObjectPath>();
    }

    static QDBusMessage call(const QString& path, const QString& interface, const QString& method,
                             const QVariantList& arguments)
    {
        QDBusMessage message = QDBusMessage::createMethodCall(
            QStringLiteral("org.freedesktop.secrets"), path, interface, method);
        message.setArguments(arguments);
        return QDBusConnection::sessionBus().call(message);
    }

    const QString root = QStringLiteral("/org/freedesktop/secrets");
    const QString service = QStringLiteral("org.freedesktop.Secret.Service");
};

} // namespace ChatApp::Test
