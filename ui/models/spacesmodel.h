// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/account.h"
#include "storage/uploadrecord.h"

#include <QtCore/QAbstractListModel>

#include <optional>

namespace ChatApp {

//! Where an upload may go: a space together with the account it belongs to.
struct SpaceChoice {
    Account account;
    Space space;

    UploadTarget target() const;
    bool operator==(const SpaceChoice&) const = default;
};

//! All spaces of all accounts, most recently used first, then by account and name. GUI thread.
class SpacesModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        AccountNameRole = Qt::UserRole,
        SpaceTitleRole,
        SpaceIdRole, //!< QString
        SearchRole, //!< all three, for a filter
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    void setChoices(QList<SpaceChoice> choices);
    const SpaceChoice& at(int row) const { return m_choices.at(row); }
    //! -1: not there. An empty `account` fits all.
    int rowOf(const AccountId& account, const SpaceId& space) const;

private:
    QList<SpaceChoice> m_choices;
};

} // namespace ChatApp
