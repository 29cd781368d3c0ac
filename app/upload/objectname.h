// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace ChatApp {

//! Default of the setting `names/template`.
inline const QString defaultNameTemplate = QStringLiteral("{stem}-{random}{ext}");

//! True if the template can be used: it has {random} (no link can be guessed, and repeating a
//! request meets its own object), knows no other field than {stem} {random} {ext} {date}, and has
//! no character that an object name may not have.
bool isValidNameTemplate(const QString& nameTemplate);

//! The part of an object key after Dir/. Fields of the template: {stem}: the file's name without
//! its extension, in NFC, where letters, digits and marks of every script, '.', '_' and '-' stay
//! and a run of anything else becomes one '-' ("file" if nothing is left; at most 200 bytes of
//! UTF-8, cut between code points); {random}: `random`, 16 base32 characters; {ext}: the extension
//! with its dot, cleaned alike, or nothing; {date}: `date`, e.g. "2026-11-24".
QString makeObjectName(const QString& fileName, const QByteArray& random,
                       const QString& nameTemplate = defaultNameTemplate,
                       const QString& date = QString());

} // namespace ChatApp
