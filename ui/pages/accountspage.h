// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "uiservices.h"

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QListView;
class QPushButton;
class QStackedWidget;
class QTableWidget;
QT_END_NAMESPACE

namespace ChatApp {

class AccountsModel;
class NoticeBar;
class StatusLine;
class StatusPane;

//! The accounts, where their secrets are, and their spaces.
class AccountsPage final : public QWidget {
    Q_OBJECT
public:
    explicit AccountsPage(const UiServices& services, QWidget* parent = nullptr);

    void addAccount();

Q_SIGNALS:
    //! From the page that stands here while there is no account.
    void practiceRequested();

private:
    void buildLayout();
    void buildEmpty();
    QWidget* buildDetails();
    QWidget* buildSpaces();
    void connectButtons();
    void refreshAccounts();
    void refreshDetails();
    void refreshSpaces();
    void refreshSpaceButtons();
    std::optional<Account> current() const;
    std::optional<Space> currentSpace() const;
    void select(const AccountId& id);

    void editAccount(bool focusSecret);
    void deleteAccount();
    void removeNow(const AccountId& id);
    void testAccount();
    void repairSecret();
    void showRepaired(const std::optional<Error>& error);
    void openSpaceDialog(const std::optional<Space>& space);
    void removeSpace();

    UiServices m_services;
    AccountsModel* m_model;
    NoticeBar* m_notice;
    QStackedWidget* m_stack;
    StatusPane* m_empty;
    QListView* m_list;
    QPushButton* m_add;
    QLabel* m_name;
    QLabel* m_keyId;
    QLabel* m_endpoint;
    StatusLine* m_secret;
    QPushButton* m_repair;
    StatusLine* m_tested;
    QPushButton* m_test;
    QPushButton* m_edit;
    QPushButton* m_delete;
    QTableWidget* m_spaces;
    QPushButton* m_addSpace;
    QPushButton* m_editSpace;
    QPushButton* m_removeSpace;
    AccountId m_shown;
};

} // namespace ChatApp
