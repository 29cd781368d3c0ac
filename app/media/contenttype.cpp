// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "media/contenttype.h"

#include <QtCore/QHash>
#include <QtCore/QMimeDatabase>

namespace ChatApp {

namespace {

// The freedesktop database has names of its own for some types that providers compare literally.
QString canonicalName(const QString& mimeName)
{
    static const QHash<QString, QString> names{
        {QStringLiteral("audio/x-opus+ogg"), QStringLiteral("audio/ogg")},
        {QStringLiteral("audio/x-vorbis+ogg"), QStringLiteral("audio/ogg")},
        {QStringLiteral("audio/x-speex+ogg"), QStringLiteral("audio/ogg")},
        {QStringLiteral("audio/x-flac+ogg"), QStringLiteral("audio/ogg")},
        {QStringLiteral("application/ogg"), QStringLiteral("audio/ogg")},
        {QStringLiteral("video/x-theora+ogg"), QStringLiteral("video/ogg")},
        {QStringLiteral("audio/x-wav"), QStringLiteral("audio/wav")},
        {QStringLiteral("audio/vnd.wave"), QStringLiteral("audio/wav")},
        {QStringLiteral("audio/AMR"), QStringLiteral("audio/amr")},
        {QStringLiteral("audio/x-m4a"), QStringLiteral("audio/mp4")},
        {QStringLiteral("audio/x-m4b"), QStringLiteral("audio/mp4")},
        {QStringLiteral("video/x-m4v"), QStringLiteral("video/mp4")},
        {QStringLiteral("video/3gpp2"), QStringLiteral("video/3gpp2")},
        {QStringLiteral("video/vnd.avi"), QStringLiteral("video/x-msvideo")},
        {QStringLiteral("application/x-zerosize"), QStringLiteral("application/octet-stream")},
    };
    return names.value(mimeName, mimeName);
}

// Content of these types says little: a name that promises something built on it is believed.
bool isVague(const QMimeType& type)
{
    static const QStringList vague{
        QStringLiteral("application/octet-stream"),  QStringLiteral("text/plain"),
        QStringLiteral("application/zip"),           QStringLiteral("application/xml"),
        QStringLiteral("application/x-ole-storage"), QStringLiteral("application/x-zerosize"),
        QStringLiteral("application/ogg"),           QStringLiteral("application/gzip")};
    return vague.contains(type.name());
}

// The box type at offset 4 and the major brand behind it; QMimeDatabase tells the family by them,
// but not always the member.
QString isoMediaType(const QByteArray& head)
{
    if (head.size() < 12 || head.mid(4, 4) != "ftyp")
        return {};
    const QByteArray brand = head.mid(8, 4);
    if (brand == "M4A " || brand == "M4B ")
        return QStringLiteral("audio/mp4");
    if (brand.startsWith("3g2"))
        return QStringLiteral("video/3gpp2");
    if (brand.startsWith("3g"))
        return QStringLiteral("video/3gpp");
    if (brand == "qt  ")
        return QStringLiteral("video/quicktime");
    if (brand.startsWith("iso") || brand.startsWith("mp4") || brand == "avc1" || brand == "M4V "
        || brand == "MSNV" || brand == "dash") {
        return QStringLiteral("video/mp4");
    }
    return {};
}

} // namespace

QString contentTypeFor(const QString& fileName, const QByteArray& head)
{
    const QMimeDatabase database;
    const QMimeType byContent = database.mimeTypeForData(head);
    const QMimeType byName = database.mimeTypeForFile(fileName, QMimeDatabase::MatchExtension);

    if (QString iso = isoMediaType(head); !iso.isEmpty()) {
        // An audio-only MP4 often carries a video brand; its name is the only hint in the header.
        if (iso == QLatin1String("video/mp4")
            && canonicalName(byName.name()) == QLatin1String("audio/mp4")) {
            return QStringLiteral("audio/mp4");
        }
        return iso;
    }
    const bool nameIsUsable = byName.isValid() && !byName.isDefault();
    if (nameIsUsable && (isVague(byContent) || byName.inherits(byContent.name()))) {
        // Text by content cannot be a picture or a film, whatever its name says.
        const bool contradiction = byContent.name() == QLatin1String("text/plain")
            && !byName.inherits(QStringLiteral("text/plain"))
            && (byName.name().startsWith(QLatin1String("image/"))
                || byName.name().startsWith(QLatin1String("video/"))
                || byName.name().startsWith(QLatin1String("audio/")));
        if (!contradiction)
            return canonicalName(byName.name());
    }
    return canonicalName(byContent.name());
}

} // namespace ChatApp
