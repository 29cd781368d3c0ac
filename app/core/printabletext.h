// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <optional>

namespace ChatApp {

//! `text` on one line and harmless: control characters, line and paragraph separators and the marks
//! that turn the direction of writing are shown as escapes (\n, \x1b, \u202e). For file names in
//! terminals and logs, where a name could otherwise forge a line or drive the terminal. Not
//! meant to be read back.
QString printableText(const QString& text);

//! The same for the bytes of a file name; those that are not UTF-8 are shown as \xNN.
QString printableText(const QByteArray& bytes);

//! The string whose UTF-8 form is exactly `bytes` (a byte order mark stays); nothing if there is
//! none, so that no QString can name the file.
std::optional<QString> exactUtf8(const QByteArray& bytes);

} // namespace ChatApp
