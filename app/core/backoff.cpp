// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/backoff.h"

#include <algorithm>
#include <cmath>

namespace ChatApp {

using std::chrono::milliseconds;

milliseconds Backoff::delay(int attempt, double random, milliseconds floor) const
{
    const double ceiling =
        std::min(static_cast<double>(m_cap.count()),
                 std::ldexp(static_cast<double>(m_base.count()), std::min(attempt, 30)));
    const milliseconds jittered{static_cast<milliseconds::rep>(ceiling * random)};
    return std::max(jittered, floor);
}

} // namespace ChatApp
