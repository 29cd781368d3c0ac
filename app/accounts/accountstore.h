// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/account.h"
#include "core/result.h"

#include <QtCore/QFuture>

namespace ChatApp {

class Database;

//! An account with its spaces, as it is stored.
struct AccountWithSpaces {
    Account account;
    QList<Space> spaces;
};

//! Accounts and spaces in the database; knows no secret. Every future ends after the commit.
//! Callable from any thread; lives as long as the Database it borrows.
class AccountStore {
public:
    explicit AccountStore(Database& database);

    //! All accounts, oldest first.
    QFuture<Result<QList<AccountWithSpaces>>> load();
    //! Inserts or replaces the account and writes these spaces; others that it has stay.
    QFuture<Result<void>> save(AccountWithSpaces account);
    QFuture<Result<void>> saveBackend(AccountId account, QString backend);
    //! Removes the account and its spaces.
    QFuture<Result<void>> remove(AccountId account);
    QFuture<Result<void>> saveSpace(Space space);
    QFuture<Result<void>> removeSpace(AccountId account, SpaceId space);

private:
    Database& m_database;
};

} // namespace ChatApp
