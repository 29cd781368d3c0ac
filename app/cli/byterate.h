// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>

#include <optional>

namespace ChatApp {

//! Reads bytes per second as a person writes them: `500000`, `500K`, `1.5M`, `2MiB`. K, M and G
//! (also KiB, MiB, GiB; in either case) are powers of 1024, as for curl and rclone. 0 is no limit.
//! Nothing for anything else: a sign, an exponent, KB (which can be either), less than a byte, more
//! than can be counted.
std::optional<qint64> parseByteRate(const QString& text);

} // namespace ChatApp
