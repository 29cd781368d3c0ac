// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>

#include <cstdint>
#include <span>

namespace ChatApp {

//! CRC-64/XZ as OSS uses it in `x-oss-hash-crc64ecma` (polynomial 0x42F0E1EBA9EA3693, reflected,
//! initial and final value all ones). Incremental; ISA-L where present, slice-by-8 elsewhere.
class Crc64 {
public:
    void update(const char* data, qint64 size);
    void update(const QByteArray& data) { update(data.constData(), data.size()); }
    std::uint64_t value() const { return m_value; }

    static std::uint64_t of(const QByteArray& data);
    //! The CRC of A followed by B, from the CRCs of both and the length of B in bytes.
    static std::uint64_t combine(std::uint64_t crcA, std::uint64_t crcB, std::uint64_t lengthB);
    //! The portable implementation, for comparison with the fast one.
    static std::uint64_t portableUpdate(std::uint64_t crc, const char* data, qint64 size);

private:
    std::uint64_t m_value = 0;
};

} // namespace ChatApp
