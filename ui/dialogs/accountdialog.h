// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/account.h"
#include "uiservices.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QFormLayout;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace ChatApp {

class StatusLine;

//! Adds an account, or changes one. Not modal; deletes itself when it is closed. What is wrong is
//! said in the dialog, next to the buttons.
class AccountDialog final : public QDialog {
    Q_OBJECT
public:
    AccountDialog(const UiServices& services, QWidget* parent);

    //! Changes this account rather than adding one; an empty secret then keeps the old one.
    void edit(const Account& account);
    void focusSecret();

Q_SIGNALS:
    void saved(const ChatApp::AccountId& account);

private:
    void buildFields();
    void buildLayout();
    void addReveal();
    bool isComplete() const;
    QString complaint() const;
    void check();
    void testAccount();
    void testWith(const Credentials& credentials);
    void showTest(const Result<AccountTestReport>& report);
    void save();
    void finishSave(const Result<Account>& stored);
    void setBusy(bool busy);
    SecretString typedSecret() const;

    UiServices m_services;
    Account m_original;
    bool m_isNew = true;
    QLineEdit* m_name;
    QLineEdit* m_keyId;
    QLineEdit* m_secret;
    QLineEdit* m_endpoint;
    QLineEdit* m_region;
    QLineEdit* m_space;
    QFormLayout* m_form;
    StatusLine* m_status;
    QPushButton* m_test;
    QPushButton* m_save;
};

} // namespace ChatApp
