// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/tokenbucket.h"

#include <algorithm>

namespace ChatApp {

using std::chrono::milliseconds;

namespace {

constexpr qint64 perByte = 1000;

} // namespace

void TokenBucket::setRate(qint64 bytesPerSecond, milliseconds now)
{
    refill(now);
    m_rate = std::clamp<qint64>(bytesPerSecond, 0, maxRate);
    // What the old rate saved up must not be sent at the new one.
    m_tokens = std::min(m_tokens, burst() * perByte);
}

qint64 TokenBucket::burst() const
{
    constexpr qint64 leastPiece = 1024;
    return std::max(m_rate / 10, std::min(m_rate, leastPiece));
}

bool TokenBucket::take(qint64 bytes, milliseconds now)
{
    if (isUnlimited())
        return true;
    refill(now);
    if (m_tokens < bytes * perByte)
        return false;
    m_tokens -= bytes * perByte;
    return true;
}

void TokenBucket::giveBack(qint64 bytes)
{
    m_tokens = std::min(m_tokens + bytes * perByte, burst() * perByte);
}

milliseconds TokenBucket::delay(qint64 bytes, milliseconds now) const
{
    if (isUnlimited())
        return milliseconds{0};
    const qint64 missing = bytes * perByte - tokensAt(now);
    return milliseconds{missing <= 0 ? 0 : (missing + m_rate - 1) / m_rate};
}

qint64 TokenBucket::tokensAt(milliseconds now) const
{
    // In that time every bucket is full, whatever its rate.
    constexpr milliseconds fullAfter{1000};
    const milliseconds passed = std::clamp(now - m_filledAt, milliseconds{0}, fullAfter);
    return std::min(m_tokens + m_rate * passed.count(), burst() * perByte);
}

void TokenBucket::refill(milliseconds now)
{
    m_tokens = tokensAt(now);
    m_filledAt = std::max(m_filledAt, now);
}

} // namespace ChatApp
