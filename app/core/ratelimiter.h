// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <deque>

namespace ChatApp {

//! Sliding-window log: at most `limit` starts in any window of length `window`. (A token bucket of
//! 5 would let 10 through in its first second.) A plain value; its caller brings the time, which
//! must not run backwards.
class RateLimiter {
public:
    RateLimiter(int limit, std::chrono::milliseconds window) : m_limit(limit), m_window(window) { }

    //! Zero if a start at `now` is allowed, else how long to wait before asking again. `unrecorded`
    //! starts are left to count beyond those that were recorded: a caller who must not go by his
    //! own clock but by the service's, which sees a call arrive some time between its start and its
    //! answer, records each one with its answer.
    std::chrono::milliseconds delay(std::chrono::milliseconds now, int unrecorded = 0) const;
    //! Records a start. Call it only for a start that delay() allowed.
    void record(std::chrono::milliseconds now);
    //! No start before `until`: the service asked for it.
    void blockUntil(std::chrono::milliseconds until);

private:
    int m_limit;
    std::chrono::milliseconds m_window;
    std::chrono::milliseconds m_blockedUntil{0};
    std::deque<std::chrono::milliseconds> m_starts;
};

} // namespace ChatApp
