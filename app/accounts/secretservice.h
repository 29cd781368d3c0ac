// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <functional>

QT_BEGIN_NAMESPACE
class QDBusMessage;
QT_END_NAMESPACE

namespace ChatApp {

//! What the session bus says about secret stores, asked over D-Bus and never waited for: QtKeychain
//! cannot tell a locked collection from a missing entry, and touches the bus in ways that block.
//! Lives on the main thread. See the Secret Service API draft, freedesktop.org/wiki/Specifications.
class SecretService : public QObject {
    Q_OBJECT
public:
    enum class Availability {
        NoStore, //!< no session bus, or nobody on it who keeps secrets
        Ready, //!< unlocked
        Locked,
        Refusing, //!< there, but it does not answer or does not let us in
        NoCollection, //!< a Secret Service that has no default collection yet: nothing is stored
        KWallet, //!< QtKeychain will use KWallet, which opens itself and has no such state
    };
    using Look = std::function<void(Availability)>;

    using QObject::QObject;

    //! Calls `look` later, on this thread; never if this object goes before.
    void look(const Look& look);
    //! Asks the service to unlock its default collection; the user may be shown a prompt, for as
    //! long as it takes. Errors: SecretLocked (dismissed), SecretStoreUnavailable.
    QFuture<Result<void>> unlock();

private:
    using Reply = std::function<void(const QDBusMessage&)>;

    void call(const QDBusMessage& message, const Reply& reply);
    void lookForNames(const QString& method, const std::function<void(const QStringList&)>& then);
    void lookAtCollection(const Look& look);
    void prompt(const QString& path, const std::function<void(bool dismissed)>& then);
};

} // namespace ChatApp
