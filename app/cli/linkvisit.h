// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/httptransport.h"
#include "storage/uploadrecord.h"

#include <QtCore/QFuture>

namespace ChatApp {

//! Opens the link of a finished upload as a stranger would, without credentials, and compares what
//! comes with the file: up to its first MiB. The future ends on the transport's thread with the
//! number of bytes that were fetched and equal. Errors: the transport's; Rejected with the status
//! of an answer that is no success; ChecksumMismatch for other bytes; those of reading the file.
QFuture<Result<qint64>> visitLink(HttpTransport& transport, const UploadRecord& record);

} // namespace ChatApp
