// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/console.h"
#include "cli/exitcode.h"
#include "cli/options.h"
#include "engine/historyreader.h"

#include <QtCore/QObject>

namespace ChatApp {

//! One run of `list`: prints the uploads that have not ended, in the order of sending, as they are
//! stored. Only reads. Lives on the main thread; ends with finished(), once.
class ListCommand : public QObject {
    Q_OBJECT
public:
    ListCommand(ListOptions options, const ProfilePaths& paths, Console& console,
                QObject* parent = nullptr);

    void run();

Q_SIGNALS:
    void finished(ChatApp::ExitCode code);

private:
    void show(const QList<UploadRecord>& rows);
    void fail(const Error& error);

    const ListOptions m_options;
    Console& m_console;
    HistoryReader m_reader;
};

} // namespace ChatApp
