// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/backoff.h"
#include "core/error.h"

namespace ChatApp {

//! What an error means for the request that met it. *How often*, *how long* and *is it safe to
//! repeat* are asked elsewhere (RetryPolicy, Backoff, the upload's own state).
enum class RetryClass {
    Permanent, //!< the same request would fail in the same way
    Transient, //!< worth repeating after a while
    RefreshCredentials, //!< worth repeating with a new upload authorization
};

//! The one classifier; a pure table over every kind.
RetryClass retryClass(ErrorKind kind);

//! How often and how fast. Attempts count consecutive failures; progress starts the count again.
struct RetryPolicy {
    int maxAttempts = 8;
    Backoff backoff{std::chrono::milliseconds{200}, std::chrono::seconds{20}};
};

} // namespace ChatApp
