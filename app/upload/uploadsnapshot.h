// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "storage/uploadrecord.h"

#include <QtCore/QMetaType>

#include <chrono>
#include <optional>

namespace ChatApp {

//! One upload as others see it: a value, copied between threads.
struct UploadSnapshot {
    UploadRecord record;
    //! Bytes handed to the socket in the present attempt; below record.identity.size until the
    //! upload is verified, never falling except when a request starts again.
    qint64 bytesSent = 0;
    double bytesPerSecond = 0; //!< over the last second; 0 while nothing is sent
    std::optional<std::chrono::milliseconds> timeLeft; //!< nothing while it cannot be trusted
    //! While Waiting: for what, and until when the next attempt is due.
    std::optional<Error> waitingFor;
    QDateTime waitingUntil; //!< UTC; invalid: not known

    bool operator==(const UploadSnapshot&) const = default;
};

//! What changed since the last batch; at most one batch per 100 ms.
struct UploadBatch {
    QList<UploadSnapshot> changed; //!< new ones too, in queue order
    QList<UploadId> removed;
};

//! The summary over everything that is in the window's list.
struct TransferTotals {
    int files = 0; //!< started ones: queued, running or ended
    int filesDone = 0;
    int filesFailed = 0; //!< failed or cancelled
    int filesStaged = 0; //!< not started; not part of `files`
    qint64 bytes = 0; //!< sizes of `files`
    qint64 bytesAcknowledged = 0; //!< sizes of those that ended, never above `bytes`
    double bytesPerSecond = 0; //!< all uploads together, over the last 10 s
    std::optional<std::chrono::milliseconds> timeLeft;
};

} // namespace ChatApp

Q_DECLARE_METATYPE(ChatApp::UploadSnapshot)
Q_DECLARE_METATYPE(ChatApp::UploadBatch)
Q_DECLARE_METATYPE(ChatApp::TransferTotals)
