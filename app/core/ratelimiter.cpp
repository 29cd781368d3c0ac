// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/ratelimiter.h"

#include <algorithm>

namespace ChatApp {

using std::chrono::milliseconds;

milliseconds RateLimiter::delay(milliseconds now, int unrecorded) const
{
    milliseconds wait{0};
    if (m_blockedUntil > now)
        wait = m_blockedUntil - now;
    const int room = m_limit - unrecorded;
    if (room <= 0) {
        wait = std::max(wait, m_window);
    } else if (static_cast<int>(m_starts.size()) >= room) {
        const milliseconds oldest = m_starts[m_starts.size() - static_cast<size_t>(room)];
        wait = std::max(wait, oldest + m_window - now);
    }
    return std::max(wait, milliseconds{0});
}

void RateLimiter::record(milliseconds now)
{
    while (!m_starts.empty() && m_starts.front() + m_window <= now)
        m_starts.pop_front();
    m_starts.push_back(now);
}

void RateLimiter::blockUntil(milliseconds until)
{
    m_blockedUntil = std::max(m_blockedUntil, until);
}

} // namespace ChatApp
