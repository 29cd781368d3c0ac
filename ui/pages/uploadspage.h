// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/spacesmodel.h"
#include "models/uploadsmodel.h"
#include "rowaction.h"
#include "tones.h"
#include "uiservices.h"
#include "upload/uploadmanager.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QMenu;
class QPushButton;
class QStackedWidget;
QT_END_NAMESPACE

namespace ChatApp {

class ErrorPanel;
class NoticeBar;
class SpacePicker;
class StatusPane;
class SummaryBar;
class UploadsView;

//! What is being uploaded: where to, which files, how far they are. Files that are added are staged
//! and wait for Start.
class UploadsPage final : public QWidget {
    Q_OBJECT
public:
    explicit UploadsPage(const UiServices& services, QWidget* parent = nullptr);

    //! Stages files for the chosen space, or as soon as one is chosen; `startNow` starts them too.
    void addFiles(const QStringList& paths, bool startNow = false);
    //! The same for what was dropped or pasted; what is not a file of this computer is refused with
    //! a sentence.
    void addUrls(const QList<QUrl>& urls);
    void setSpaces(const QList<SpaceChoice>& choices);
    //! Chooses the space once it is there; `account` may be empty.
    void chooseSpace(const AccountId& account, const SpaceId& space);
    std::optional<SpaceChoice> space() const;
    void showNotice(Tone tone, const QString& text);
    //! Without accounts the page asks for one rather than for files.
    void setFirstRun(bool firstRun);
    void focusList();

    int unfinishedCount() const { return m_model->startableCount() + m_model->runningCount(); }
    int runningCount() const { return m_model->runningCount(); }

Q_SIGNALS:
    void unfinishedChanged(int count);
    void manageSpacesRequested();
    void addAccountRequested();
    void practiceRequested();

private:
    void buildLayout();
    QWidget* buildToolbar();
    void buildFirstRun();
    void buildEmpty();
    void buildActions();
    QAction* addRowAction(RowAction action, const QString& text, const QString& symbol,
                          const QKeySequence& key = {});
    void connectManager();

    void chooseFiles();
    void enterSpaceId(const QString& typed);
    void stageWaiting();
    void markAdded(const Result<QList<UploadId>>& staged, bool startNow);
    void tellStageFailures(const QList<StageFailure>& failures);
    void startAll();
    void perform(RowAction action, const QList<UploadId>& ids);
    void copyLinks(const QList<UploadId>& ids);
    void copyDetails(const QList<UploadId>& ids);
    void removeRows(const QList<UploadId>& ids);
    QList<UploadId> withState(const QList<UploadId>& ids, bool (*wanted)(UploadState)) const;
    void openRow(const QModelIndex& index);
    void showMenu(const QPoint& globalPosition);
    //! -1: none, or more than one.
    int onlySelectedRow() const;
    void refreshActions();
    void refreshCounts();
    void refreshStack();
    void refreshErrorPanel();
    void tickWaiting();

    struct WaitingFiles {
        QStringList paths;
        bool startNow = false;
    };
    //! What could not be added since nothing was being added.
    struct NotAdded {
        QStringList names; // the first few
        qsizetype count = 0;
        std::optional<Error> reason;
    };

    UiServices m_services;
    UploadsModel* m_model;
    SpacesModel* m_spaces;
    SpacePicker* m_picker;
    QPushButton* m_add;
    QPushButton* m_start;
    NoticeBar* m_notice;
    QStackedWidget* m_stack;
    StatusPane* m_firstRunPane;
    StatusPane* m_empty;
    QWidget* m_main;
    UploadsView* m_view;
    ErrorPanel* m_error;
    SummaryBar* m_summary;
    QStackedWidget* m_pages;
    QHash<RowAction, QAction*> m_actions;
    QTimer m_tick;
    QList<WaitingFiles> m_waiting;
    int m_stagings = 0; // under way
    NotAdded m_notAdded;
    SpaceId m_wantedSpace;
    AccountId m_wantedAccount;
    bool m_firstRun = false;
};

} // namespace ChatApp
