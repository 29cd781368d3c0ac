// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/options.h"
#include "cli/puttally.h"
#include "engine/engine.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <functional>
#include <memory>

namespace ChatApp {

//! What `put` and `resume` have in common: an engine of their own that opens the profile, uploads
//! that are followed to their end, patience with a network that is away, and an end that stores
//! where everything stands. Lives on the main thread. Every run ends with finished(), once.
class TransferRun : public QObject {
    Q_OBJECT
public:
    TransferRun(const CommonOptions& options, std::chrono::seconds patience, EngineConfig config,
                Reporter& reporter, QObject* parent = nullptr);
    ~TransferRun() override;

    void run();
    //! Stops; what was under way stays in the profile, paused.
    void interrupt();

Q_SIGNALS:
    void finished(ChatApp::ExitCode code);

protected:
    //! The engine is up: find out what to upload, call follow() when some of it is known.
    virtual void begin() = 0;
    //! The engine did not come up.
    virtual void refused(const Error& error) { fail(error); }
    //! Every file has ended.
    virtual void allEnded() { finish(m_tally.exitCode()); }

    //! Starts, or tries once more after refused().
    void startEngine();
    //! Takes the engine's news into the books from now on.
    void watch();
    //! Goes on to the next step as soon as the books allow it.
    virtual void follow();
    //! Calls `then` once the saved accounts are known.
    void withAccounts(const std::function<void()>& then);
    //! Ends the run for everything that has not ended.
    void fail(const Error& error);
    void finish(ExitCode code);

    Engine& engine() { return *m_engine; }
    Reporter& reporter() { return m_reporter; }
    PutTally& tally() { return m_tally; }
    bool isFinishing() const { return m_finishing; }
    PutTally::Time now() const { return PutTally::Time(m_clock.elapsed()); }

private:
    void checkPatience();
    void tellWhatIsLeft();

    const CommonOptions m_options;
    const std::chrono::seconds m_wait;
    Reporter& m_reporter;
    PutTally m_tally;
    std::unique_ptr<Engine> m_engine;
    QElapsedTimer m_clock;
    QTimer m_patience;
    bool m_accountsLoaded = false;
    bool m_finishing = false;
};

//! The command that goes on with what is left in the profile, ready for a shell.
QString resumeCommandLine(const CommonOptions& options);

} // namespace ChatApp
