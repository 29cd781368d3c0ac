// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/account.h"

#include <QtCore/QAbstractListModel>

namespace ChatApp {

//! The accounts as a list: name, shortened AccessKey ID, where the secret is. GUI thread.
class AccountsModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        KeyIdRole = Qt::UserRole, //!< shortened
        SecretRole, //!< in words
        SymbolRole,
        ToneRole, //!< int(Tone)
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    //! Replaces the list. Rows that stay keep their place in the view if the ids are the same.
    void setAccounts(const QList<Account>& accounts);
    const Account& at(int row) const { return m_accounts.at(row); }
    int rowOf(const AccountId& id) const;

private:
    QList<Account> m_accounts;
};

} // namespace ChatApp
