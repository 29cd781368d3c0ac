// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <functional>

namespace ChatApp {

//! How long to wait before attempt n: full jitter, random·min(base·2^n, cap), never less than what
//! the service asked for. The source of randomness (uniform in [0, 1)) is the caller's.
class Backoff {
public:
    using Random = std::function<double()>;

    Backoff(std::chrono::milliseconds base, std::chrono::milliseconds cap)
        : m_base(base)
        , m_cap(cap)
    {
    }

    //! `attempt` counts from 0. `floor` is the service's retry-after, or zero.
    std::chrono::milliseconds delay(int attempt, double random,
                                    std::chrono::milliseconds floor = std::chrono::milliseconds{
                                        0}) const;

private:
    std::chrono::milliseconds m_base;
    std::chrono::milliseconds m_cap;
};

} // namespace ChatApp
