// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "upload/ratemeter.h"
#include "upload/uploadsnapshot.h"

#include <QtCore/QHash>

namespace ChatApp {

//! The totals over the uploads that were started since the list was last at rest. A plain value on
//! the engine thread, fed with every change; all its operations take constant time.
//! Time left = bytes/rate + files × what a file costs beside its bytes; nothing while that is not
//! to be trusted.
class TransferProgress {
public:
    void staged(int count) { m_staged += count; }
    void unstaged(int count) { m_staged -= count; }
    //! An upload of this size was queued. If everything before has ended, the count starts anew.
    void queued(UploadId id, qint64 size);
    //! It ended, with what it cost beside its bytes.
    void ended(UploadId id, bool done, std::chrono::milliseconds overhead);
    //! It is not under way any more, and has not ended.
    void held(UploadId id);
    void moved(qint64 bytes, std::chrono::milliseconds now) { m_rate.add(bytes, now); }

    bool isIdle() const { return m_open.isEmpty(); }
    //! `bytesInFlight`: handed to sockets by uploads that have not ended; `running`: how many those
    //! are. Both serve the estimate only.
    TransferTotals totals(std::chrono::milliseconds now, qint64 bytesInFlight, int running) const;

private:
    QHash<UploadId, qint64> m_open; // queued or running, with sizes
    TransferTotals m_counts;
    int m_staged = 0;
    double m_costPerFileMs = -1; // moving average; below 0: no file has ended yet
    RateMeter m_rate{std::chrono::seconds{10}};
};

} // namespace ChatApp
