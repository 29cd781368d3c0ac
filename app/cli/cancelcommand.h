// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/console.h"
#include "cli/exitcode.h"
#include "cli/options.h"
#include "engine/engine.h"

#include <QtCore/QHash>
#include <QtCore/QObject>

#include <memory>

namespace ChatApp {

//! One run of `cancel`: cancels the uploads of these ids and waits until all of it is committed.
//! An id that no unfinished upload has is said, and the others are cancelled all the same. Lives on
//! the main thread; ends with finished(), once.
class CancelCommand : public QObject {
    Q_OBJECT
public:
    CancelCommand(CancelOptions options, EngineConfig config, Console& console,
                  QObject* parent = nullptr);
    ~CancelCommand() override;

    void run();
    //! Stops waiting.
    void interrupt() { finish(ExitCode::Interrupted); }

Q_SIGNALS:
    void finished(ChatApp::ExitCode code);

private:
    void cancel(const QList<UploadRecord>& unfinished);
    void take(const UploadRecord& record);
    void gone(UploadId id);
    void unknown(UploadId id);
    void fail(UploadId id, const Error& error);
    void tellFailed(UploadId id, const Error& error);
    void finish(ExitCode code);
    void finishIfAllAreGone();

    const CancelOptions m_options;
    Console& m_console;
    std::unique_ptr<Engine> m_engine;
    QHash<UploadId, QString> m_waiting; //!< paths of those that have not ended yet
    QList<ErrorKind> m_failures;
    bool m_someUnknown = false;
    bool m_finishing = false;
};

} // namespace ChatApp
