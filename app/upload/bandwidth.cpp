// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/bandwidth.h"

#include <algorithm>
#include <utility>

namespace ChatApp {

Bandwidth::Bandwidth(const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Bandwidth::serve);
}

void Bandwidth::setLimit(qint64 bytesPerSecond)
{
    // A turn of the old limit can be many seconds of the new one.
    for (BandwidthShare* share : m_shares)
        m_bucket.giveBack(std::exchange(share->m_credit, 0));
    m_bucket.setRate(bytesPerSecond, m_clock.monotonic());
    // Not from here: a reader that is woken may call anything.
    if (!m_waiting.empty())
        m_timer.start(0);
}

//! Half of what the bucket holds, so that a timer that comes late loses nothing.
qint64 Bandwidth::turnOf(qint64 left) const
{
    constexpr qint64 most = 64 * 1024;
    return std::min({std::max<qint64>(m_bucket.burst() / 2, 1), most, left});
}

qint64 Bandwidth::take(BandwidthShare& share, qint64 wanted, qint64 left)
{
    if (m_bucket.isUnlimited())
        return wanted;
    if (share.m_waits)
        return 0;
    if (share.m_credit == 0) {
        const qint64 turn = turnOf(left);
        if (!m_waiting.empty() || !m_bucket.take(turn, m_clock.monotonic())) {
            share.m_waits = true;
            share.m_left = left;
            m_waiting.push_back(&share);
            if (!m_timer.isActive())
                m_timer.start(m_bucket.delay(turn, m_clock.monotonic()));
            return 0;
        }
        share.m_credit = turn;
    }
    const qint64 granted = std::min(share.m_credit, wanted);
    share.m_credit -= granted;
    return granted;
}

void Bandwidth::serve()
{
    while (!m_waiting.empty()) {
        BandwidthShare* next = m_waiting.front();
        const qint64 turn = turnOf(next->m_left);
        if (!m_bucket.take(turn, m_clock.monotonic())) {
            m_timer.start(m_bucket.delay(turn, m_clock.monotonic()));
            return;
        }
        m_waiting.pop_front();
        next->m_waits = false;
        next->m_credit = turn;
        const std::function<void()> wake = next->m_wake; // outlives the share, if need be
        wake();
    }
}

void Bandwidth::leave(BandwidthShare& share)
{
    std::erase(m_shares, &share);
    std::erase(m_waiting, &share);
    m_bucket.giveBack(share.m_credit);
}

BandwidthShare::BandwidthShare(Bandwidth& bandwidth, std::function<void()> wake)
    : m_bandwidth(bandwidth)
    , m_wake(std::move(wake))
{
    bandwidth.m_shares.push_back(this);
}

BandwidthShare::~BandwidthShare()
{
    m_bandwidth.leave(*this);
}

} // namespace ChatApp
