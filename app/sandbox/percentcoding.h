// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>

#include <optional>

//! The sandbox's inside. It shares no name with the client's modules, because both can be linked
//! into one program.
namespace ChatApp::Sandbox {

enum class Slash { Encode, Keep };

//! RFC 3986: everything but A-Z a-z 0-9 - _ . ~ (and, if kept, /) becomes %XX in upper case.
QByteArray percentEncode(const QByteArray& bytes, Slash slash = Slash::Encode);

enum class Plus { Literal, Space };

//! Nothing if a % is not followed by two hexadecimal digits.
std::optional<QByteArray> percentDecode(const QByteArray& text, Plus plus);

} // namespace ChatApp::Sandbox
