// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "engine/engineconfig.h"
#include "sandbox/embeddedsandbox.h"

#include <QtCore/QObject>
#include <QtCore/QStringList>
#include <QtCore/QTemporaryDir>

#include <memory>

namespace ChatApp {

class Desktop;
class Engine;
class MainWindow;

//! What the window is opened with.
struct SessionOptions {
    ProfilePaths paths; //!< not used for practice, which has a temporary profile of its own
    bool practice = false;
    QString space; //!< id of the space to choose; may be empty
    QStringList files; //!< absolute paths to stage; with practice they start at once
};

//! One window with its engine, and for practice its sandbox: built, started in the right order, and
//! taken down again. The window is painted before keychain, database and network are touched.
class Session final : public QObject {
    Q_OBJECT
public:
    Session(SessionOptions options, Desktop& desktop, QObject* parent = nullptr);
    ~Session() override;

    void open();
    MainWindow& window() { return *m_window; }
    //! Stops what is under way, stores it as paused, and closes; ended() follows.
    void leave();

Q_SIGNALS:
    void ended();
    void practiceRequested();

private:
    EngineConfig makeConfig();
    void begin();
    void prepareAccounts();
    void preparePractice();
    void preparePracticeSpace(const AccountId& account);
    void prepareSpace();
    void stageFiles();
    void restoreWindow();
    void saveWindow() const;

    SessionOptions m_options;
    // Destroyed from the bottom up: the window first, the folder last.
    std::unique_ptr<QTemporaryDir> m_practiceFolder;
    std::unique_ptr<EmbeddedSandbox> m_sandbox;
    SandboxAccess m_access;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<MainWindow> m_window;
    bool m_begun = false;
    bool m_leaving = false;
};

} // namespace ChatApp
