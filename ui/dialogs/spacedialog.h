// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/account.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace ChatApp {

class AccountManager;

//! Enters or changes a space of an account by hand. Not modal; deletes itself when it is closed.
class SpaceDialog final : public QDialog {
    Q_OBJECT
public:
    //! For a new space of `account`, the first one if that is empty.
    SpaceDialog(AccountManager& accounts, const AccountId& account, QWidget* parent);

    //! Changes this one's name rather than entering a new space.
    void edit(const Space& space);
    void setSpaceId(const QString& id);

Q_SIGNALS:
    void saved(const ChatApp::AccountId& account, const ChatApp::SpaceId& space);

private:
    void buildLayout();
    void check();
    void save();

    AccountManager& m_accounts;
    QDateTime m_lastUsedAt;
    QComboBox* m_account;
    QLineEdit* m_id;
    QLineEdit* m_name;
    QLabel* m_problem;
    QPushButton* m_save;
};

} // namespace ChatApp
