// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "models/accountsmodel.h"

#include "accountwords.h"
#include "formats.h"

#include <algorithm>

namespace ChatApp {

int AccountsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_accounts.size());
}

QVariant AccountsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Account& account = m_accounts.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return account.name;
    case KeyIdRole:
        return shortenedKeyId(account.accessKeyId);
    case SecretRole:
        return secretWords(account).text;
    case SymbolRole:
        return secretWords(account).symbol;
    case ToneRole:
        return static_cast<int>(secretWords(account).tone);
    case Qt::AccessibleTextRole:
        return QStringList{account.name, shortenedKeyId(account.accessKeyId),
                           secretWords(account).text}
            .join(QStringLiteral(", "));
    default:
        return {};
    }
}

void AccountsModel::setAccounts(const QList<Account>& accounts)
{
    const bool sameIds =
        std::equal(accounts.cbegin(), accounts.cend(), m_accounts.cbegin(), m_accounts.cend(),
                   [](const Account& a, const Account& b) { return a.id == b.id; });
    if (sameIds && !accounts.isEmpty()) {
        m_accounts = accounts;
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_accounts = accounts;
    endResetModel();
}

int AccountsModel::rowOf(const AccountId& id) const
{
    const auto it = std::find_if(m_accounts.cbegin(), m_accounts.cend(),
                                 [&](const Account& account) { return account.id == id; });
    return it == m_accounts.cend() ? -1 : static_cast<int>(it - m_accounts.cbegin());
}

} // namespace ChatApp
