// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/error.h"
#include "upload/uploadsnapshot.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>
#include <optional>

namespace ChatApp {

//! All files of one `put` together.
struct OverallProgress {
    int files = 0;
    int filesEnded = 0;
    qint64 bytes = 0; //!< of all files that could be looked at
    qint64 bytesSent = 0;
    double bytesPerSecond = 0;
    std::optional<std::chrono::milliseconds> timeLeft{}; //!< nothing while it cannot be trusted
};

//! How one `put` ended.
struct PutSummary {
    int files = 0;
    int done = 0;
    int failed = 0;
    qint64 bytes = 0; //!< of the files that are done
    std::chrono::milliseconds duration{0};
};

//! Tells about a `put` while it goes on. `file` is the file as it was named on the command line
//! (bytes that are not UTF-8 as \xNN), or below the folder that was named. For each file queued,
//! started and then finished or failed come at most once and in this order; every file has either
//! finished or failed, unless the run was interrupted.
class Reporter {
public:
    virtual ~Reporter() = default;

    virtual void queued(const QString& file, const UploadRecord& record) = 0;
    virtual void started(const QString& file) = 0;
    virtual void progress(const QString& file, const UploadSnapshot& upload) = 0;
    virtual void finished(const QString& file, const UploadRecord& record) = 0;
    virtual void failed(const QString& file, const Error& error) = 0;
    //! An entry of a folder that is no file to upload: no failure, and not counted.
    virtual void skipped(const QString& file, const Error& error) = 0;
    //! What ends the run for all of `files` at once, before or while they were uploaded.
    virtual void failedTogether(const QStringList& files, const Error& error) = 0;
    //! After each batch of the above.
    virtual void overall(const OverallProgress& progress) = 0;
    //! One sentence for a person; scripts do not get it.
    virtual void note(const QString& sentence) = 0;
    virtual void summary(const PutSummary& summary) = 0;
};

} // namespace ChatApp
