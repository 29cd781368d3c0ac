// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>

#include <cstdint>

namespace ChatApp {

//! A stretch of a file, in bytes.
struct FileSlice {
    qint64 offset = 0;
    qint64 size = 0;

    bool operator==(const FileSlice&) const = default;
};

struct SliceDigest {
    QByteArray md5; //!< upper-case hexadecimal, as OSS writes the ETag of a part
    std::uint64_t crc64 = 0;

    bool operator==(const SliceDigest&) const = default;
};

} // namespace ChatApp
