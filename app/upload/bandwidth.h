// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/clock.h"
#include "core/tokenbucket.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <deque>
#include <functional>

namespace ChatApp {

class BandwidthShare;

//! The speed limit of all bodies together. Those that ask when nothing is left stand in a queue and
//! get one turn after the other, so that none starves; who has used up his turn goes to the end.
//! Lives on the engine thread and outlives its shares.
class Bandwidth : public QObject {
    Q_OBJECT
public:
    //! Without a limit, until one is set.
    explicit Bandwidth(const Clock& clock, QObject* parent = nullptr);

    //! Bytes per second; 0: without a limit. Counts at once, for bodies under way too.
    void setLimit(qint64 bytesPerSecond);
    qint64 limit() const { return m_bucket.rate(); }

private:
    friend class BandwidthShare;

    qint64 take(BandwidthShare& share, qint64 wanted, qint64 left);
    void leave(BandwidthShare& share);
    qint64 turnOf(qint64 left) const;
    void serve();

    const Clock& m_clock;
    TokenBucket m_bucket;
    std::deque<BandwidthShare*> m_shares;
    std::deque<BandwidthShare*> m_waiting; // in the order of their turns
    QTimer m_timer;
};

//! What one body has of a Bandwidth. Owned by the body's reader.
class BandwidthShare {
public:
    //! `wake` is called when bytes are there for a body that was given none.
    BandwidthShare(Bandwidth& bandwidth, std::function<void()> wake);
    ~BandwidthShare();
    Q_DISABLE_COPY_MOVE(BandwidthShare)

    //! How many bytes may be read now: at most `wanted`, of the `left` that the body still has
    //! (both at least 1). 0: none; `wake` follows.
    qint64 take(qint64 wanted, qint64 left) { return m_bandwidth.take(*this, wanted, left); }

private:
    friend class Bandwidth;

    Bandwidth& m_bandwidth;
    std::function<void()> m_wake;
    qint64 m_credit = 0; // the rest of its turn: a reader asks several times to use one up
    qint64 m_left = 0; // as it said when it began to wait
    bool m_waits = false;
};

} // namespace ChatApp
