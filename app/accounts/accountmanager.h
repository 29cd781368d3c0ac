// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/account.h"
#include "accounts/secretstore.h"
#include "core/credentials.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <memory>
#include <optional>

namespace ChatApp {

class Database;

//! Façade over accounts, their spaces and their secrets, for the window and the command line. Lives
//! on the main thread; borrows the database and owns the secret stores. accounts() and spaces() are
//! snapshots that are empty until loaded(). An account whose secret is in memory because there is
//! no store is in memory itself, with its spaces: nothing of it is on disk, and it goes with the
//! session.
class AccountManager : public QObject {
    Q_OBJECT
public:
    //! `keychain` may be null (environment credentials only): then secrets live in memory.
    AccountManager(Database& database, std::unique_ptr<SecretStore> keychain,
                   QObject* parent = nullptr);
    ~AccountManager() override;

    //! Loads accounts and spaces in the background; loaded() follows. Touches no secret.
    void load();

    QList<Account> accounts() const;
    std::optional<Account> account(const AccountId& id) const;
    std::optional<Account> accountByName(const QString& name) const;
    //! Spaces of one account, most recently used first, then by name.
    QList<Space> spaces(const AccountId& account) const;

    //! Stores the account, and its secret in the secret store (read back). Where there is no store
    //! at all the secret lives for this session only: the account's secretState then says
    //! SessionOnly, and that is success. Locked and denied are errors, and nothing is stored.
    //! Errors also: Usage (empty fields, name taken, endpoint neither host nor URL),
    //! PlainHttpRefused.
    QFuture<Result<Account>> addAccount(Account account, const SecretString& secret);
    //! Changes name, AccessKey ID, endpoint, region; an empty `secret` keeps the stored one.
    QFuture<Result<Account>> updateAccount(Account account, const SecretString& secret);
    //! Removes the account, its spaces and its secret. History stays. While the store is locked or
    //! refuses nothing is removed; where no store answers at all there is no secret to remove.
    QFuture<Result<void>> removeAccount(const AccountId& id);

    QFuture<Result<void>> saveSpace(Space space);
    QFuture<Result<void>> removeSpace(const AccountId& account, const SpaceId& space);
    void markSpaceUsed(const AccountId& account, const SpaceId& space);

    //! The account's credentials. A secret is read from the store once per session and kept in
    //! memory; failures are not remembered. Updates the account's secretState. Callable from any
    //! thread.
    QFuture<Result<Credentials>> credentials(const AccountId& id);
    //! Looks at the secret store for every account whose state is not known; accountsChanged()
    //! follows. Never called before the window is painted.
    void refreshSecretStates();
    //! Lets the secret store ask the user to unlock it, then looks again at what was locked.
    //! Errors: SecretLocked (the user declined), SecretStoreUnavailable.
    QFuture<Result<void>> unlockSecretStore();

Q_SIGNALS:
    void loaded();
    void accountsChanged();
    void spacesChanged(const ChatApp::AccountId& account);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ChatApp
