// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "filekinds.h"

#include <QtCore/QFileInfo>
#include <QtCore/QMimeDatabase>

namespace ChatApp {

FileKind fileKind(const QString& fileName)
{
    const QMimeType mime = QMimeDatabase().mimeTypeForFile(fileName, QMimeDatabase::MatchExtension);
    const QString type = mime.name();
    if (type.startsWith(QLatin1String("image/")))
        return {QStringLiteral("file-image"), 162, {}};
    if (type.startsWith(QLatin1String("video/")))
        return {QStringLiteral("file-video"), 262, {}};
    if (type.startsWith(QLatin1String("audio/")))
        return {QStringLiteral("file-audio"), 328, {}};
    if (mime.inherits(QStringLiteral("application/zip"))
        && !type.contains(QLatin1String("document")) && !type.contains(QLatin1String("epub")))
        return {QStringLiteral("file-archive"), 34, {}};

    constexpr qsizetype longestBadge = 4;
    const QString suffix = QFileInfo(fileName).suffix().toUpper();
    const QString badge = suffix.size() <= longestBadge && !mime.isDefault() ? suffix : QString();
    return {mime.isDefault() ? QStringLiteral("file-other") : QStringLiteral("file-document"), 214,
            badge};
}

} // namespace ChatApp
