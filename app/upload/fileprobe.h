// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "storage/uploadrecord.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace ChatApp {

//! What has to be known of a file before it is staged or sent.
struct FileFacts {
    FileIdentity identity;
    QString contentType;
};

//! Looks at a file: it must exist, be a regular file (links are followed), and be readable. Blocks
//! on the disk: call it on a worker. Errors: FileMissing, FileNotRegular, FileUnreadable,
//! FileNameNotUtf8 (the path has bytes that are not UTF-8, seen as U+FFFD).
Result<FileFacts> probeFile(const QString& path);

//! The identity of an open file. Errors: FileUnreadable.
Result<FileIdentity> identityOf(int fileDescriptor);
//! The identity of what now stands at the path. Errors: FileMissing, FileUnreadable.
Result<FileIdentity> identityAt(const QString& path);

} // namespace ChatApp
