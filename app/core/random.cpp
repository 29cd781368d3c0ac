// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/random.h"

#include <QtCore/QRandomGenerator>

namespace ChatApp {

QByteArray systemRandomBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    QRandomGenerator* source = QRandomGenerator::system();
    for (int i = 0; i < count; i += 4) {
        const quint32 word = source->generate();
        for (int j = 0; j < 4 && i + j < count; ++j)
            bytes[i + j] = static_cast<char>(word >> (8 * j));
    }
    return bytes;
}

QByteArray randomBase32(int characters)
{
    static constexpr char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    QByteArray text = systemRandomBytes(characters);
    for (char& c : text)
        c = alphabet[static_cast<unsigned char>(c) & 31];
    return text;
}

QByteArray randomNonce()
{
    return systemRandomBytes(16).toHex();
}

} // namespace ChatApp
