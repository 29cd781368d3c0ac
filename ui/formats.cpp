// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "formats.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <cmath>

namespace ChatApp {

namespace {

QString words(const char* text, int n = -1)
{
    return QCoreApplication::translate("Formats", text, nullptr, n);
}

//! With these "gnp.exe" can be made to read "exe.png".
bool isDirectionControl(QChar c)
{
    return (c >= QChar(u'\u202a') && c <= QChar(u'\u202e'))
        || (c >= QChar(u'\u2066') && c <= QChar(u'\u2069'));
}

} // namespace

QString formatSize(qint64 bytes)
{
    constexpr qint64 oneMegabyte = 1000 * 1000;
    const int decimals = bytes < oneMegabyte ? 0 : 1;
    return QLocale().formattedDataSize(bytes, decimals, QLocale::DataSizeSIFormat);
}

QString formatSpeed(double bytesPerSecond)
{
    return words(QT_TRANSLATE_NOOP("Formats", "%1/s"))
        .arg(formatSize(std::llround(bytesPerSecond)));
}

QString formatTimeLeft(const std::optional<std::chrono::milliseconds>& left)
{
    if (!left)
        return {};
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(*left).count();
    if (seconds < 60)
        return words(QT_TRANSLATE_N_NOOP("Formats", "%n second(s) left"),
                     static_cast<int>(std::max<qint64>(1, seconds)));
    const auto minutes = (seconds + 30) / 60;
    if (minutes < 60)
        return words(QT_TRANSLATE_N_NOOP("Formats", "about %n minute(s) left"),
                     static_cast<int>(minutes));
    const auto hours = (minutes + 30) / 60;
    return words(QT_TRANSLATE_N_NOOP("Formats", "about %n hour(s) left"), static_cast<int>(hours));
}

QString formatWhen(const QDateTime& when, const QDateTime& now)
{
    if (!when.isValid())
        return {};
    const QDateTime local = when.toLocalTime();
    const QDate today = now.toLocalTime().date();
    const QLocale locale;
    if (local.date() == today)
        return locale.toString(local.time(), QLocale::ShortFormat);
    if (local.date() == today.addDays(-1))
        return words(QT_TRANSLATE_NOOP("Formats", "Yesterday"));
    return locale.toString(local.date(), QLocale::ShortFormat);
}

QString formatMoment(const QDateTime& when)
{
    return when.isValid() ? QLocale().toString(when.toLocalTime(), QLocale::LongFormat) : QString();
}

QString shortenedKeyId(const QString& accessKeyId)
{
    constexpr qsizetype shown = 6;
    if (accessKeyId.size() <= 2 * shown)
        return accessKeyId;
    return accessKeyId.first(shown) + QStringLiteral("…") + accessKeyId.last(4);
}

QString spaceTitle(const SpaceId& id, const QString& name)
{
    return name.isEmpty() ? id.value : name;
}

QString targetTitle(const UploadTarget& target)
{
    QString space = spaceTitle(target.spaceId, target.spaceName);
    if (target.accountName.isEmpty())
        return space;
    return target.accountName + QStringLiteral(" · ") + space;
}

QString singleLine(const QString& text)
{
    QString line = text;
    for (QChar& c : line) {
        // The control pictures block shows what would otherwise break the line or the reading.
        if (c.unicode() < 0x20)
            c = QChar(static_cast<char16_t>(0x2400 + c.unicode()));
        else if (c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            c = QChar(u'\u2424');
        else if (isDirectionControl(c))
            c = QChar::ReplacementCharacter;
    }
    return line;
}

} // namespace ChatApp
