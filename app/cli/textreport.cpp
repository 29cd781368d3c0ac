// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/textreport.h"

#include "cli/errortexts.h"
#include "core/printabletext.h"

#include <QtCore/QLocale>
#include <QtCore/QStringList>

#include <cmath>
#include <cwchar>

namespace ChatApp {

namespace {

constexpr int barColumns = 20;
constexpr int leastNameColumns = 12;

QString counted(qint64 number, const char* one, const char* many)
{
    return QStringLiteral("%1 %2").arg(number).arg(QLatin1String(number == 1 ? one : many));
}

QString bar(double share)
{
    const int filled = static_cast<int>(std::floor(share * barColumns));
    return QLatin1Char('[') + QString(filled, QLatin1Char('#'))
        + QString(barColumns - filled, QLatin1Char('.')) + QLatin1Char(']');
}

//! Of bytes, or of files where there are no bytes; 1 only when all is over.
double shareDone(const OverallProgress& progress)
{
    if (progress.files > 0 && progress.filesEnded == progress.files)
        return 1;
    if (progress.bytes <= 0)
        return progress.files > 0 ? static_cast<double>(progress.filesEnded) / progress.files : 0;
    const double share =
        static_cast<double>(progress.bytesSent) / static_cast<double>(progress.bytes);
    return qBound(0.0, share, 0.99);
}

int columnsOf(char32_t character)
{
    // Negative for what the C library does not know: newer emoji, which are wide.
    const int width = ::wcwidth(static_cast<wchar_t>(character));
    return width < 0 ? 2 : width;
}

QString spaceText(const UploadTarget& target)
{
    return printableText(target.spaceName.isEmpty() ? target.spaceId.value : target.spaceName);
}

QString errorLine(const Error& error)
{
    QString line = errorText(error.kind).what;
    if (!error.code.isEmpty())
        line += QStringLiteral(" (%1)").arg(printableText(error.code));
    return QLatin1String("    ") + line + QLatin1Char('\n');
}

} // namespace

QString sizeText(qint64 bytes)
{
    return QLocale(QLocale::English).formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString durationText(std::chrono::milliseconds duration)
{
    const double seconds = static_cast<double>(duration.count()) / 1000.0;
    if (seconds < 9.95)
        return QStringLiteral("%1 s").arg(seconds, 0, 'f', 1);
    if (seconds < 99.5)
        return QStringLiteral("%1 s").arg(std::lround(seconds));
    if (seconds < 90 * 60)
        return QLatin1String("about ") + counted(std::lround(seconds / 60), "minute", "minutes");
    return QLatin1String("about ") + counted(std::lround(seconds / 3600), "hour", "hours");
}

QString summaryText(const PutSummary& summary)
{
    QString text = QStringLiteral("%1 of %2 uploaded, %3 in %4")
                       .arg(summary.done)
                       .arg(counted(summary.files, "file", "files"), sizeText(summary.bytes),
                            durationText(summary.duration));
    if (summary.failed > 0)
        text += QStringLiteral("; %1 failed").arg(summary.failed);
    return text;
}

int displayWidth(const QString& text)
{
    int width = 0;
    for (const uint character : text.toUcs4())
        width += columnsOf(character);
    return width;
}

QString elided(const QString& text, int columns)
{
    if (displayWidth(text) <= columns)
        return text;
    if (columns <= 0)
        return {};
    const QList<uint> characters = text.toUcs4();
    const int room = columns - 1;
    QString front;
    int used = 0;
    for (const uint character : characters) {
        if (used + columnsOf(character) > room / 2)
            break;
        used += columnsOf(character);
        front += QString::fromUcs4(reinterpret_cast<const char32_t*>(&character), 1);
    }
    QString back;
    for (qsizetype i = characters.size() - 1; i >= 0; --i) {
        const uint character = characters.at(i);
        if (used + columnsOf(character) > room)
            break;
        used += columnsOf(character);
        back.prepend(QString::fromUcs4(reinterpret_cast<const char32_t*>(&character), 1));
    }
    return front + QChar(0x2026) + back;
}

QString progressLine(const OverallProgress& progress, const QString& file, int columns)
{
    const double share = shareDone(progress);
    QStringList parts{
        QStringLiteral("%1 %2%").arg(bar(share)).arg(static_cast<int>(share * 100), 3),
        QStringLiteral("%1 of %2")
            .arg(progress.filesEnded)
            .arg(counted(progress.files, "file", "files")),
        QStringLiteral("%1 of %2").arg(sizeText(progress.bytesSent), sizeText(progress.bytes))};
    if (progress.bytesPerSecond > 0)
        parts.append(sizeText(static_cast<qint64>(progress.bytesPerSecond)) + QLatin1String("/s"));
    if (progress.timeLeft)
        parts.append(durationText(*progress.timeLeft) + QLatin1String(" left"));

    QString line = parts.takeFirst();
    for (const QString& part : parts) {
        if (displayWidth(line) + 2 + displayWidth(part) > columns)
            return elided(line, columns);
        line += QLatin1String("  ") + part;
    }
    const int room = columns - displayWidth(line) - 2;
    if (!file.isEmpty() && room >= leastNameColumns)
        line += QLatin1String("  ") + elided(printableText(file), room);
    return elided(line, columns);
}

QByteArray errorBlock(const QString& file, const Error& error)
{
    const QString place = file.isEmpty() ? QString() : printableText(file) + QLatin1String(": ");
    QString lines = errorLines(error);
    lines.replace(QLatin1Char('\n'), QLatin1String("\n  "));
    return (QLatin1String("chatapp-upload: ") + place + lines + QLatin1Char('\n')).toUtf8();
}

QByteArray listText(const UploadRecord& record)
{
    QString text = QStringLiteral("%1  %2  %3  %4  %5\n")
                       .arg(QString::number(record.id.value).rightJustified(6),
                            uploadStateName(record.state).leftJustified(9),
                            sizeText(record.identity.size).rightJustified(10),
                            printableText(record.name), spaceText(record.target));
    if (record.error)
        text += errorLine(*record.error);
    return text.toUtf8();
}

QByteArray historyText(const UploadRecord& record)
{
    const QString time =
        record.endedAt.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    QString text = QStringLiteral("%1  %2  %3  %4  %5\n")
                       .arg(time, uploadStateName(record.state).leftJustified(9),
                            sizeText(record.identity.size).rightJustified(10),
                            printableText(record.name), spaceText(record.target));
    if (record.error) {
        text += errorLine(*record.error);
    } else if (!record.url.isEmpty()) {
        text += QLatin1String("    ") + printableText(record.url) + QLatin1Char('\n');
    }
    return text.toUtf8();
}

} // namespace ChatApp
