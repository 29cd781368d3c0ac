// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/console.h"
#include "cli/exitcode.h"
#include "cli/options.h"
#include "engine/historyreader.h"

#include <QtCore/QObject>

namespace ChatApp {

//! One run of `history`: pages through the rows that have ended and prints each. Lives on the main
//! thread; ends with finished(), once.
class HistoryCommand : public QObject {
    Q_OBJECT
public:
    HistoryCommand(HistoryOptions options, const ProfilePaths& paths, Console& console,
                   QObject* parent = nullptr);

    void run();

Q_SIGNALS:
    void finished(ChatApp::ExitCode code);

private:
    void nextPage(qint64 afterEndedAtMs, UploadId afterId);
    void show(const QList<UploadRecord>& page);
    void fail(const Error& error);

    const HistoryOptions m_options;
    Console& m_console;
    HistoryReader m_reader;
    qint64 m_left; //!< rows still to be shown; negative: all
};

} // namespace ChatApp
