// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/transferprogress.h"

#include <algorithm>

namespace ChatApp {

using std::chrono::milliseconds;

void TransferProgress::queued(UploadId id, qint64 size)
{
    if (m_open.contains(id))
        return;
    if (m_open.isEmpty()) {
        m_counts = {};
        m_rate.clear();
    }
    m_open.insert(id, size);
    ++m_counts.files;
    m_counts.bytes += size;
}

void TransferProgress::ended(UploadId id, bool done, milliseconds overhead)
{
    const auto open = m_open.constFind(id);
    if (open == m_open.constEnd())
        return;
    m_counts.bytesAcknowledged += *open;
    m_open.erase(open);
    ++(done ? m_counts.filesDone : m_counts.filesFailed);
    if (done) {
        constexpr double weight = 0.1;
        const auto cost = static_cast<double>(overhead.count());
        m_costPerFileMs =
            m_costPerFileMs < 0 ? cost : m_costPerFileMs * (1 - weight) + cost * weight;
    }
}

void TransferProgress::held(UploadId id)
{
    const auto open = m_open.constFind(id);
    if (open == m_open.constEnd())
        return;
    m_counts.bytes -= *open;
    --m_counts.files;
    m_open.erase(open);
}

TransferTotals TransferProgress::totals(milliseconds now, qint64 bytesInFlight, int running) const
{
    TransferTotals totals = m_counts;
    totals.filesStaged = m_staged;
    if (isIdle())
        return totals;
    totals.bytesPerSecond = m_rate.rate(now);
    const auto filesLeft = static_cast<double>(m_open.size());
    const double bytesLeft = static_cast<double>(
        std::max<qint64>(0, totals.bytes - totals.bytesAcknowledged - bytesInFlight));
    // The first file's end tells what a file costs; before it only a lone file can be estimated.
    const bool costKnown = m_costPerFileMs >= 0 || filesLeft <= running;
    if (totals.bytesPerSecond > 0 && costKnown) {
        const double cost = std::max(0.0, m_costPerFileMs) * filesLeft / std::max(1, running);
        totals.timeLeft =
            milliseconds{static_cast<qint64>(bytesLeft * 1000.0 / totals.bytesPerSecond + cost)};
    }
    return totals;
}

} // namespace ChatApp
