// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/putplan.h"
#include "cli/puttally.h"
#include "engine/engine.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

#include <memory>

namespace ChatApp {

//! One run of `put` on an engine of its own: opens the profile, stages the files, starts them, and
//! follows them to their end. Lives on the main thread. Every run ends with finished(), once, after
//! the engine has stored where everything stands.
class PutCommand : public QObject {
    Q_OBJECT
public:
    PutCommand(const PutOptions& options, PutPlan plan, Reporter& reporter,
               QObject* parent = nullptr);
    ~PutCommand() override;

    void run();
    //! Stops; what was under way stays in the profile, paused.
    void interrupt();

Q_SIGNALS:
    void finished(ChatApp::ExitCode code);

private:
    void engineStarted(const Result<void>& result);
    void resolveAccount();
    void stage();
    void staged(const Result<QList<UploadId>>& ids);
    void follow();
    void checkPatience();
    void visitLinks(QList<UploadRecord> records);
    void finish(ExitCode code);
    PutTally::Time now() const { return PutTally::Time(m_clock.elapsed()); }

    const PutOptions m_options;
    const TransportConfig m_transportConfig;
    UploadTarget m_target;
    QList<PutFile> m_files;
    Reporter& m_reporter;
    PutTally m_tally;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<HttpTransport> m_visitor; //!< the stranger that opens links of the sandbox
    QElapsedTimer m_clock;
    QTimer m_patience;
    bool m_accountsLoaded = false;
    bool m_uploading = false;
    bool m_finishing = false;
};

} // namespace ChatApp
