// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/account.h"
#include "core/credentials.h"
#include "core/result.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

namespace ChatApp {

//! Where AccessKey secrets are kept. Lives on the main thread (QtKeychain's libsecret backend needs
//! its event loop); the futures may be awaited from any thread. Errors: SecretLocked,
//! SecretMissing, SecretDenied, SecretStoreUnavailable.
class SecretStore : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual QFuture<Result<SecretString>> read(const AccountId& account) = 0;
    //! Writes and reads back; success means that the store gave the same bytes again.
    virtual QFuture<Result<void>> write(const AccountId& account, const SecretString& secret) = 0;
    //! Removing what is not there is success.
    virtual QFuture<Result<void>> remove(const AccountId& account) = 0;
    //! Lets the store ask the user to unlock it, for as long as that takes. Errors: SecretLocked
    //! (the user declined), SecretStoreUnavailable. A store that is never locked has nothing to do.
    virtual QFuture<Result<void>> unlock();
    //! For people: which store this is; empty if none has answered yet.
    virtual QString backendName() const = 0;
};

} // namespace ChatApp
