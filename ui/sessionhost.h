// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session.h"

#include <QtCore/QList>

namespace ChatApp {

//! Holds the sessions of the program: one, and for a moment two while the practice space takes over
//! from a first run. When the last one has ended, so does the program.
class SessionHost final : public QObject {
    Q_OBJECT
public:
    explicit SessionHost(Desktop& desktop, QObject* parent = nullptr);

    Session& open(const SessionOptions& options);
    void leaveAll();

Q_SIGNALS:
    //! The practice space has taken over from a first run.
    void practiceOpened(ChatApp::Session& session);
    void allEnded();

private:
    void drop(Session* session);

    Desktop& m_desktop;
    QList<Session*> m_sessions;
};

} // namespace ChatApp
