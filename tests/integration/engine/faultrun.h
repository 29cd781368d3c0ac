// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "enginefixture.h"
#include "faultcells.h"

#include <QtCore/QHash>

namespace ChatApp {

//! Plays one cell with an engine and a sandbox of its own, and compares the outcome, the server's
//! view and the store's.
class FaultRun {
public:
    explicit FaultRun(FaultCell cell);

    //! What is wrong, with the server's log; empty if all is right.
    QString problem();

private:
    void play();
    void playAuthorizations();
    void playInterrupted();
    void playCancelled();
    void plan(QList<SandboxFaultRule> others = {});
    QString add(const QString& name, qint64 size);
    QStringList addLarge(int count);
    QStringList addSmall(int count);
    void begin(const QStringList& paths);
    bool awaitAll(const std::function<bool()>& condition, const char* what);

    void checkOnce();
    void checkEndless();
    void check(bool holds, const QString& otherwise);
    void checkUpload(UploadId id);
    void checkDone(const UploadRecord& record);
    void checkHistory();
    void checkObjects(int spare);
    void checkOpenUploads(int allowed);
    void checkParts();
    QString serverLog();

    FaultCell m_cell;
    FaultExpectation m_expected;
    EngineFixture m_fixture;
    QList<UploadId> m_ids;
    QHash<QString, QByteArray> m_contents; // by path
    int m_done = 0;
    QList<ErrorKind> m_failures;
    QStringList m_problems;
};

} // namespace ChatApp
