// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/putplan.h"
#include "cli/transferrun.h"

namespace ChatApp {

//! One run of `put`: stages the files as queued ones, and follows them to their end; with --enqueue
//! only until they are stored.
class PutCommand final : public TransferRun {
    Q_OBJECT
public:
    PutCommand(const PutOptions& options, PutPlan plan, Reporter& reporter,
               QObject* parent = nullptr);
    ~PutCommand() override;

protected:
    void begin() override;
    void follow() override;
    void allEnded() override;

private:
    void resolveAccount();
    void stage();
    void staged(const Result<QList<UploadId>>& ids);
    bool makeVisitor();
    void visitLinks(QList<UploadRecord> records);

    const PutOptions m_options;
    UploadTarget m_target;
    const QList<PutFile> m_files;
    std::unique_ptr<HttpTransport> m_visitor; //!< the stranger that opens links of the sandbox
};

} // namespace ChatApp
