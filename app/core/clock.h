// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QDateTime>

#include <atomic>
#include <chrono>

namespace ChatApp {

//! Source of time, injected so that tests can set it. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    //! Wall clock, UTC.
    virtual QDateTime now() const = 0;
    //! Never runs backwards; for durations and deadlines.
    virtual std::chrono::milliseconds monotonic() const = 0;
};

class SystemClock final : public Clock {
public:
    QDateTime now() const override;
    std::chrono::milliseconds monotonic() const override;
};

//! What a service's clock says, as far as its answers told: the local wall clock plus an offset
//! that is learnt from `Date` headers. Signatures are dated with it. Thread-safe.
class ServerClock {
public:
    explicit ServerClock(const Clock& local) : m_local(local) { }

    QDateTime now() const { return m_local.now().addMSecs(m_offsetMs.load()); }
    std::chrono::milliseconds offset() const
    {
        return std::chrono::milliseconds(m_offsetMs.load());
    }
    //! Learns from an answer that was dated `serverTime` by its sender. Differences of under two
    //! seconds are the header's resolution and the way, and are ignored.
    void learn(const QDateTime& serverTime);

private:
    const Clock& m_local;
    std::atomic<qint64> m_offsetMs{0};
};

//! Parses an HTTP `Date` header (IMF-fixdate); invalid if it is not one.
QDateTime parseHttpDate(const QByteArray& value);

} // namespace ChatApp
