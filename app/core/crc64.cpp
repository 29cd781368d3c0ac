// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/crc64.h"

#include <array>
#include <cstring>

#ifdef CHATAPP_HAVE_ISAL
#include <isa-l/crc64.h>
#endif

namespace ChatApp {

namespace {

constexpr std::uint64_t reflectedPolynomial = 0xC96C5795D7870F42ULL;

using Tables = std::array<std::array<std::uint64_t, 256>, 8>;

constexpr Tables makeTables()
{
    Tables tables{};
    for (unsigned i = 0; i < 256; ++i) {
        std::uint64_t crc = i;
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 1) ? (crc >> 1) ^ reflectedPolynomial : crc >> 1;
        tables[0][i] = crc;
    }
    for (unsigned slice = 1; slice < 8; ++slice) {
        for (unsigned i = 0; i < 256; ++i) {
            const std::uint64_t previous = tables[slice - 1][i];
            tables[slice][i] = tables[0][previous & 0xFF] ^ (previous >> 8);
        }
    }
    return tables;
}

constexpr Tables tables = makeTables();

// Polynomials modulo the CRC's, in reflected order: bit 63 is x^0.
std::uint64_t multiply(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t product = 0;
    for (std::uint64_t mask = 1ULL << 63; mask != 0; mask >>= 1) {
        if (a & mask)
            product ^= b;
        b = (b & 1) ? (b >> 1) ^ reflectedPolynomial : b >> 1;
    }
    return product;
}

} // namespace

std::uint64_t Crc64::portableUpdate(std::uint64_t crc, const char* data, qint64 size)
{
    crc = ~crc;
    while (size >= 8) {
        std::uint64_t word = 0;
        for (int i = 0; i < 8; ++i)
            word |= std::uint64_t(static_cast<unsigned char>(data[i])) << (8 * i);
        word ^= crc;
        crc = 0;
        for (unsigned i = 0; i < 8; ++i)
            crc ^= tables[7 - i][(word >> (8 * i)) & 0xFF];
        data += 8;
        size -= 8;
    }
    while (size-- > 0)
        crc = tables[0][(crc ^ static_cast<unsigned char>(*data++)) & 0xFF] ^ (crc >> 8);
    return ~crc;
}

void Crc64::update(const char* data, qint64 size)
{
#ifdef CHATAPP_HAVE_ISAL
    if (size > 0) {
        m_value = crc64_ecma_refl(m_value, reinterpret_cast<const unsigned char*>(data),
                                  static_cast<std::uint64_t>(size));
    }
#else
    m_value = portableUpdate(m_value, data, size);
#endif
}

std::uint64_t Crc64::of(const QByteArray& data)
{
    Crc64 crc;
    crc.update(data);
    return crc.value();
}

std::uint64_t Crc64::combine(std::uint64_t crcA, std::uint64_t crcB, std::uint64_t lengthB)
{
    // Appending n bytes multiplies the first CRC by x^(8n); the pre- and post-conditioning of both
    // cancel out.
    std::uint64_t factor = 1ULL << 63; // x^0
    std::uint64_t power = 1ULL << (63 - 8); // x^8
    for (std::uint64_t n = lengthB; n != 0; n >>= 1) {
        if (n & 1)
            factor = multiply(factor, power);
        power = multiply(power, power);
    }
    return multiply(crcA, factor) ^ crcB;
}

} // namespace ChatApp
