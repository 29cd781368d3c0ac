// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace ChatApp {

//! How many bytes from the start of a file contentTypeFor() wants to see.
inline constexpr qint64 contentTypeHeadSize = 16 * 1024;

//! The MIME type that a file is served with. The content decides; the name only makes it more exact
//! (a .docx is a zip by content, a .csv is text). Types are written as channels and IANA know them
//! ("audio/ogg", not "audio/x-opus+ogg"). Never empty: "application/octet-stream" at the least.
QString contentTypeFor(const QString& fileName, const QByteArray& head);

} // namespace ChatApp
