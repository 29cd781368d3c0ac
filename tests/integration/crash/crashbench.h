// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "support/sandboxfixture.h"

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <functional>

namespace ChatApp::Test {

//! A commit of the program's store, and where in it. See killatcommit.cpp.
struct CommitPoint {
    enum class Stage { Before, Amid, After };

    int ordinal = 1;
    Stage stage = Stage::Before;
};

//! When a run is to be killed. Nothing set: not at all.
struct KillPoint {
    std::optional<CommitPoint> commit{};
    //! Asked at every moment of the server, on its thread; true: now.
    std::function<bool(const SandboxMoment&)> moment{};
};

//! How one run of the program went.
struct CrashRun {
    bool killed = false;
    int exitCode = -1; //!< -1: it did not leave by itself
    QByteArray out;
    QByteArray err;
    QByteArray commits; //!< of its store, in order: "w" if one wrote something, else "-"
    QList<SandboxMoment> moments; //!< that its requests passed

    //! How many lines of --json tell of this event.
    qsizetype count(const char* event) const;
    QByteArray describe() const; //!< for a failed test
};

//! A row of the program's store.
struct StoredRow {
    qint64 id = 0;
    QString path;
    QString state;
    QString key;
    QString crc64;
    QString errorKind;
    QString errorMessage;
    QString uploadId;
};

//! chatapp-upload on a profile of its own, and its only counterpart: a sandbox in the test's
//! process, so that the program can be killed at the server's moments.
class CrashBench {
public:
    explicit CrashBench(const SandboxConfig& config = {});

    SandboxServer& server() { return m_sandbox.server(); }
    const QString& problem() const { return m_sandbox.problem(); }
    QString spaceId() const { return m_sandbox.spaceId(); }
    QString path(const QString& name) const { return m_folder.filePath(name); }

    //! A command with the profile; for put also with space and endpoint.
    QStringList command(const QString& name, const QStringList& more) const;
    QStringList put(const QString& space, const QStringList& more) const;
    //! Runs the program to its end, killed or not, and until the server knows that it has gone.
    CrashRun run(const QStringList& arguments, const KillPoint& point = {});

    //! The store as the next run would find it; nothing while there is none. Reads a copy: a
    //! second connection would tidy up what a kill left behind.
    QList<StoredRow> rows() const;

    //! Requests of an operation that changed the server's store.
    qsizetype committed(SandboxOperation operation) const;
    //! Uploads that are open at the server though the program knew their id.
    QList<SandboxUpload> forgottenUploads();
    //! Parts that were sent again after they had been stored and, with `answeredOnly`, answered
    //! well. "<upload id> <part number>".
    QStringList partsSentAgain(bool answeredOnly = false) const;

private:
    QProcessEnvironment environment(const KillPoint& point) const;

    QTemporaryDir m_folder;
    SandboxFixture m_sandbox;
};

//! "CompleteMultipartUpload 1 carried out"
QString momentName(SandboxOperation operation, int ordinal, SandboxMoment::Stage stage);

} // namespace ChatApp::Test
