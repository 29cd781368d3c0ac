// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>

namespace ChatApp {

//! `count` bytes from the operating system's random source.
QByteArray systemRandomBytes(int count);
//! `characters` lower-case base32 characters (a-z, 2-7; 5 bits each) from the same source.
QByteArray randomBase32(int characters);
//! 32 lower-case hexadecimal characters: a signature nonce.
QByteArray randomNonce();

} // namespace ChatApp
