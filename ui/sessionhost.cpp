// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sessionhost.h"

namespace ChatApp {

SessionHost::SessionHost(Desktop& desktop, QObject* parent)
    : QObject(parent)
    , m_desktop(desktop) { }

Session& SessionHost::open(const SessionOptions& options)
{
    auto* session = new Session(options, m_desktop, this);
    m_sessions.append(session);
    connect(session, &Session::ended, this, [this, session] { drop(session); });
    connect(session, &Session::practiceRequested, this, [this, session] {
        SessionOptions practice;
        practice.practice = true;
        Q_EMIT practiceOpened(open(practice));
        session->leave();
    });
    session->open();
    return *session;
}

void SessionHost::leaveAll()
{
    const QList<Session*> sessions = m_sessions;
    for (Session* session : sessions)
        session->leave();
}

void SessionHost::drop(Session* session)
{
    m_sessions.removeOne(session);
    session->deleteLater();
    if (m_sessions.isEmpty())
        Q_EMIT allEnded();
}

} // namespace ChatApp
