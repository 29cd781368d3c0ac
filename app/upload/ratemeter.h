// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QtGlobal>

#include <chrono>
#include <deque>

namespace ChatApp {

//! How fast bytes go, over a sliding window. A plain value; its caller brings the time.
class RateMeter {
public:
    explicit RateMeter(std::chrono::milliseconds window) : m_window(window) { }

    void add(qint64 bytes, std::chrono::milliseconds now);
    //! Bytes per second over the window, or over the time since the first byte if that is shorter;
    //! 0 before half a second has passed, since less says nothing.
    double rate(std::chrono::milliseconds now) const;
    void clear();

private:
    struct Sample {
        std::chrono::milliseconds time;
        qint64 bytes;
    };
    void forget(std::chrono::milliseconds now);

    std::chrono::milliseconds m_window;
    std::chrono::milliseconds m_begin{-1};
    std::deque<Sample> m_samples; // one per 50 ms at most
};

} // namespace ChatApp
