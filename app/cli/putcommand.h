// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/folderexpansion.h"
#include "cli/putplan.h"
#include "cli/transferrun.h"
#include "engine/handover.h"

#include <atomic>
#include <memory>

namespace ChatApp {

class FileWorker;

//! One run of `put`: stages the files as queued ones, and follows them to their end; with --enqueue
//! only until they are stored.
class PutCommand final : public TransferRun {
    Q_OBJECT
public:
    //! `stateFolder`: of the profile, for --enqueue while somebody else holds it.
    PutCommand(const PutOptions& options, const QString& stateFolder, PutPlan plan,
               Reporter& reporter, QObject* parent = nullptr);
    ~PutCommand() override;

protected:
    void begin() override;
    void refused(const Error& error) override;
    void follow() override;
    void allEnded() override;

private:
    void failUnnamed();
    void handOver(const Error& inUse);
    void expandFolders(const Error& inUse);
    void takeContents(qsizetype index, const FolderContents& contents);
    void taken(qsizetype files, const HandoverAnswer& answer, const Error& inUse);
    void resolveAccount();
    void stage();
    void staged(const Result<QList<UploadId>>& ids);
    bool makeVisitor();
    void visitLinks(QList<UploadRecord> records);

    const PutOptions m_options;
    UploadTarget m_target;
    const QString m_stateFolder;
    QList<PutFile> m_files;
    bool m_expanded = false; //!< there is no folder among them
    std::shared_ptr<std::atomic_bool> m_stop; //!< for the walk
    std::unique_ptr<FileWorker> m_walker;
    QList<qsizetype> m_open; //!< indexes of the files that nobody has stored yet
    QList<qsizetype> m_unnamed; //!< and of those whose name is not UTF-8
    std::unique_ptr<HttpTransport> m_visitor; //!< the stranger that opens links of the sandbox
};

} // namespace ChatApp
