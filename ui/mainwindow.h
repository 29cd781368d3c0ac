// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tones.h"
#include "uiservices.h"
#include "widgets/sidebar.h"

#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QMessageBox;
class QMimeData;
class QSettings;
class QStackedWidget;
QT_END_NAMESPACE

namespace ChatApp {

class AccountsPage;
class DropOverlay;
class HistoryPage;
class StatusPane;
class UploadsPage;

//! The frame around the pages: sidebar, practice stripe, drops on the whole window, the question
//! before closing. Touches neither disk nor network; what it shows comes in through UiServices.
class MainWindow final : public QWidget {
    Q_OBJECT
public:
    enum class Mode { Real, Practice };

    MainWindow(const UiServices& services, Mode mode, QWidget* parent = nullptr);

    //! The engine runs: history may be asked for now.
    void engineStarted();
    //! The engine could not start: says so in place of the pages.
    void showProblem(const Error& error);
    void addFiles(const QStringList& paths, bool startNow);
    void chooseSpace(const AccountId& account, const SpaceId& space);
    void showNotice(Tone tone, const QString& text);

    //! Size, page and columns of last time.
    void restoreState(const QSettings& settings);
    void saveState(QSettings& settings) const;

Q_SIGNALS:
    //! Once, after the window was painted for the first time.
    void painted();
    //! The user wants to leave, and has been asked if uploads are under way.
    void quitRequested();
    void practiceRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildLayout(Mode mode);
    void buildShortcuts();
    void connectPages();
    void showPage(PageId page);
    void refreshSpaces();
    void describeDrop(const QMimeData& dropped);
    void paste();
    void askBeforeQuit();

    UiServices m_services;
    Sidebar* m_sidebar;
    QStackedWidget* m_pages;
    UploadsPage* m_uploads;
    HistoryPage* m_history;
    AccountsPage* m_accounts;
    StatusPane* m_problem;
    DropOverlay* m_overlay;
    QPointer<QMessageBox> m_question;
    bool m_accountsLoaded = false;
    bool m_painted = false;
};

} // namespace ChatApp
