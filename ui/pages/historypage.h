// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/historymodel.h"
#include "rowaction.h"
#include "uiservices.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLineEdit;
class QStackedWidget;
class QTableView;
QT_END_NAMESPACE

namespace ChatApp {

class ErrorPanel;
class NoticeBar;
class StatusPane;

//! All uploads that have ended, newest first, searched while typing.
class HistoryPage final : public QWidget {
    Q_OBJECT
public:
    explicit HistoryPage(const UiServices& services, QWidget* parent = nullptr);

    //! Asks for the newest page; the page asks for nothing before.
    void open();
    QByteArray columnState() const;
    void restoreColumnState(const QByteArray& state);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildLayout();
    void buildTable();
    void buildActions();
    QAction* addRowAction(RowAction action, const QString& text, const QString& symbol,
                          const QKeySequence& key = {});
    QList<UploadRecord> selected() const;
    void perform(RowAction action, const QList<UploadRecord>& records);
    void showMenu(const QPoint& position);
    void refreshSelection();
    void refreshStack();
    void searchNow();

    UiServices m_services;
    HistoryModel* m_model;
    QLineEdit* m_search;
    QComboBox* m_outcome;
    NoticeBar* m_notice;
    QStackedWidget* m_stack;
    QTableView* m_table;
    StatusPane* m_empty;
    ErrorPanel* m_error;
    QHash<RowAction, QAction*> m_actions;
    QTimer m_debounce;
    bool m_opened = false;
};

} // namespace ChatApp
