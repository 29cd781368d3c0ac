// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "engine/engine.h"
#include "support/fakenetworkstate.h"
#include "support/sandboxfixture.h"
#include "upload/uploadmanager.h"

#include <QtCore/QTemporaryDir>

#include <map>

namespace ChatApp {

//! A whole engine on a profile of its own, with the sandbox as its only counterpart. Credentials
//! come as if from the environment. Everything goes through real sockets, files and SQLite.
class EngineFixture {
public:
    struct Options {
        Test::SandboxFixture::Transport transport = Test::SandboxFixture::Transport::Http;
        bool trustSandbox = true; //!< with TLS: its authority is known
        SandboxConfig sandbox{};
        QString region{}; //!< the account's setting
        int uploadsAtOnce = 6;
        std::chrono::milliseconds sendStall{2000};
        std::chrono::milliseconds answerTimeout{2000};
        int maxAttempts = 6;
        std::chrono::milliseconds backoffBase{10};
        std::chrono::milliseconds backoffCap{100};
        //! Above this many bytes a file goes in parts; those are half as large.
        qint64 multipartThreshold = MultipartLimits{}.threshold;
        bool listens = false; //!< takes files of other processes
    };

    EngineFixture();
    explicit EngineFixture(const Options& options);
    ~EngineFixture();

    //! A new engine on the same profile and sandbox.
    void restart();
    //! The same, with this statement carried out on the database in between.
    void restartWithout(const QString& statement);
    void stop();

    QString writeFile(const QString& name, const QByteArray& content);
    UploadTarget target(const QString& space = {}) const;

    //! Stages and starts; returns the ids.
    QList<UploadId> upload(const QStringList& paths);
    QList<UploadId> stage(const QStringList& paths);
    //! Waits until all of them have ended, at most so long; fails the test otherwise.
    bool waitEnded(const QList<UploadId>& ids, int timeoutMs = 20'000);
    UploadSnapshot snapshot(UploadId id) const { return m_snapshots.at(id); }
    bool knows(UploadId id) const { return m_snapshots.contains(id); }
    //! The one upload of a file: staged, started, ended.
    UploadSnapshot uploadOne(const QString& path);

    QList<UploadRecord> history(const HistoryQuery& query = {});
    QList<UploadRecord> unfinished();
    //! An account with the sandbox's AccessKey, for this session.
    void addAccount(const QString& name);
    //! Gives the ids after the commit.
    QList<UploadId> stage(const QList<StageRequest>& requests);
    //! Reads an object as anybody with the link would; the body, or nothing if it does not open.
    std::optional<QByteArray> openLink(const QString& url) const;

    SandboxServer& sandbox() { return m_sandbox.server(); }
    FakeNetworkState& network() { return *m_network; }
    Engine& engine() { return *m_engine; }
    QString profile() const { return m_profile.path(); }
    const QTemporaryDir& files() const { return m_files; }
    const QList<StageFailure>& stageFailures() const { return m_stageFailures; }
    const std::map<UploadId, QList<qint64>>& progress() const { return m_progress; }
    TransferTotals totals() const { return m_totals; }

private:
    void start();

    Options m_options;
    QTemporaryDir m_profile;
    QTemporaryDir m_files;
    Test::SandboxFixture m_sandbox;
    std::unique_ptr<Engine> m_engine;
    FakeNetworkState* m_network = nullptr; // the engine's
    std::map<UploadId, UploadSnapshot> m_snapshots;
    std::map<UploadId, QList<qint64>> m_progress; // bytesSent of each batch
    QList<StageFailure> m_stageFailures;
    TransferTotals m_totals;
};

} // namespace ChatApp
