// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "engine/handover.h"

#include <QtCore/QObject>

namespace ChatApp {

//! Hands files to the process that holds a profile, a line after the other. Lives on the main
//! thread. After taken() for each line that arrived comes one of the three others, once.
class HandoverClient : public QObject {
    Q_OBJECT
public:
    HandoverClient(QString stateFolder, const HandoverRequest& request, QObject* parent = nullptr);

    void run() { next(); }

Q_SIGNALS:
    //! The next `files` ones are the holder's now.
    void taken(qsizetype files, const ChatApp::HandoverAnswer& answer);
    void finished();
    //! Nobody takes the rest, for the moment.
    void unreachable();
    //! The holder refused the rest, or went away: what became of the last line is not known then.
    void failed(const ChatApp::Error& error);

private:
    void next();
    void answered(const Result<QByteArray>& answer);

    const QString m_stateFolder;
    QList<HandoverLine> m_lines;
};

} // namespace ChatApp
