// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QtGlobal>

namespace ChatApp {

//! PutObject takes that many bytes (OSS limits).
constexpr qint64 maxPutSize = 5LL * 1024 * 1024 * 1024;

//! When and how a file goes in parts. Sizes in bytes.
struct MultipartLimits {
    qint64 threshold = 8LL * 1024 * 1024; //!< files above it go in parts
    qint64 smallestPart = 4LL * 1024 * 1024;
    int partsAtOnce = 4; //!< of one upload
};

} // namespace ChatApp
