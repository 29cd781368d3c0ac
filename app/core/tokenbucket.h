// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QtGlobal>

#include <chrono>

namespace ChatApp {

//! How many bytes may go now, at so many bytes per second. It starts empty, holds at most burst(),
//! and never goes below zero. A plain value; its caller brings the time, which must not run
//! backwards.
class TokenBucket {
public:
    //! Nothing is as fast; it keeps the sums within 64 bits.
    static constexpr qint64 maxRate = qint64{1} << 40;

    //! Bytes per second, 0 to maxRate (more counts as that); 0: without a limit.
    void setRate(qint64 bytesPerSecond, std::chrono::milliseconds now);
    qint64 rate() const { return m_rate; }
    bool isUnlimited() const { return m_rate == 0; }

    //! What may go at once after a rest: 100 ms of the rate. A slow rate has 1 KiB, or what goes in
    //! a second if that is less: pieces that are smaller still would be all header.
    qint64 burst() const;
    //! Takes so many bytes, or none if they are not there. `bytes` is at most burst().
    bool take(qint64 bytes, std::chrono::milliseconds now);
    //! Puts back what was taken and is not used.
    void giveBack(qint64 bytes);
    //! How long until so many bytes are there if nobody takes any; rounded up.
    std::chrono::milliseconds delay(qint64 bytes, std::chrono::milliseconds now) const;

private:
    qint64 tokensAt(std::chrono::milliseconds now) const;
    void refill(std::chrono::milliseconds now);

    qint64 m_rate = 0;
    qint64 m_tokens = 0; // thousandths of a byte, so that no millisecond is rounded away
    std::chrono::milliseconds m_filledAt{0};
};

} // namespace ChatApp
