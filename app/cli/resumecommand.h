// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/transferrun.h"

#include <QtCore/QSet>

namespace ChatApp {

//! One run of `resume`: goes on with every upload of the profile that was started and has not
//! ended. What was being cancelled is cancelled to its end. What was only staged in a window is
//! left alone; so is, with a word about it, what the credentials at hand cannot send: it stays as
//! it is for a later run.
class ResumeCommand final : public TransferRun {
    Q_OBJECT
public:
    //! `environmentKeyId`: of the credentials in the environment; empty: there are none.
    ResumeCommand(const ResumeOptions& options, const QString& environmentKeyId,
                  EngineConfig config, Reporter& reporter, QObject* parent = nullptr);

protected:
    void begin() override;
    void follow() override;

private:
    void take(const QList<UploadRecord>& unfinished);
    std::optional<Error> obstacleFor(const UploadRecord& record);

    const ResumeOptions m_options;
    const QString m_environmentKeyId;
    QSet<UploadId> m_ended; //!< in this run
    QSet<UploadId> m_cancelling; //!< by an earlier run, and waited for
    bool m_looked = false; //!< at what there is to do
};

} // namespace ChatApp
