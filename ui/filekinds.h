// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>

namespace ChatApp {

//! What a file is, as far as its name tells: enough for an icon.
struct FileKind {
    QString symbol;
    int hue = 0; //!< of the icon's tile, 0 to 359
    QString badge; //!< short upper-case extension for documents, else empty
};

FileKind fileKind(const QString& fileName);

} // namespace ChatApp
