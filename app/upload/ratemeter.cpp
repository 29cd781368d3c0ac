// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/ratemeter.h"

#include <algorithm>

namespace ChatApp {

using std::chrono::milliseconds;

void RateMeter::add(qint64 bytes, milliseconds now)
{
    constexpr milliseconds resolution{50};
    forget(now);
    if (m_samples.empty())
        m_begin = now;
    if (!m_samples.empty() && now - m_samples.back().time < resolution)
        m_samples.back().bytes += bytes;
    else
        m_samples.push_back({now, bytes});
}

double RateMeter::rate(milliseconds now) const
{
    constexpr milliseconds tooShort{500};
    if (m_samples.empty() || now - m_begin < tooShort)
        return 0;
    qint64 bytes = 0;
    for (const Sample& sample : m_samples) {
        if (sample.time + m_window > now)
            bytes += sample.bytes;
    }
    const milliseconds span = std::min(m_window, now - m_begin);
    return static_cast<double>(bytes) * 1000.0 / static_cast<double>(span.count());
}

void RateMeter::forget(milliseconds now)
{
    while (!m_samples.empty() && m_samples.front().time + m_window <= now) {
        m_samples.pop_front();
    }
}

void RateMeter::clear()
{
    m_samples.clear();
}

} // namespace ChatApp
