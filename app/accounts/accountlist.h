// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/account.h"

#include <vector>

namespace ChatApp {

//! The accounts in memory with their spaces: what AccountManager keeps between database and window.
//! A plain value.
class AccountList {
public:
    struct Entry {
        Account account;
        QList<Space> spaces;
        bool onDisk = false; //!< false: for this session only
        int secretGeneration = 0; //!< counts replacements of the secret in this session
    };

    void add(Entry entry);
    void remove(const AccountId& id);
    //! Null if there is none; valid until the next add() or remove().
    Entry* find(const AccountId& id);
    const Entry* find(const AccountId& id) const;

    QList<Account> accounts() const;
    //! Most recently used first, then by name.
    QList<Space> spaces(const AccountId& id) const;
    //! True if an account other than `except` has it.
    bool isNameTaken(const QString& name, const AccountId& except) const;

    //! Adds the space, or replaces that with the same id.
    void putSpace(const Space& space);
    void removeSpace(const AccountId& account, const SpaceId& space);

private:
    std::vector<Entry> m_entries;
};

} // namespace ChatApp
