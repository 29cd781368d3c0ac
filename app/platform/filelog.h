// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>

#include <memory>

namespace ChatApp {

//! How much a log may grow: at most `files` files of about `bytesPerFile` each.
struct FileLogLimits {
    qint64 bytesPerFile = 1024 * 1024;
    int files = 3; //!< chatapp-uploader.log, chatapp-uploader.1.log, …
};

//! Takes over Qt's messages while it lives and writes them into a file of the profile's state
//! folder, one line each, redacted. One per program, made first and on the stack of main(), so that
//! messages of the whole run are caught; messages may come from any thread. A log that cannot be
//! written never stops the program: then warnings go to stderr, redacted too. Fatal messages go to
//! both.
class FileLog {
public:
    explicit FileLog(const QString& folder, FileLogLimits limits = {});
    ~FileLog();

    FileLog(const FileLog&) = delete;
    FileLog& operator=(const FileLog&) = delete;

    //! The file that is written now.
    QString file() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ChatApp
