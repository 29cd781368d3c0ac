// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/printabletext.h"

#include <QtCore/QStringDecoder>

#include <utility>

namespace ChatApp {

namespace {

QString hexEscape(char kind, char16_t unit, int digits)
{
    return QString(QLatin1Char('\\')) + QLatin1Char(kind)
        + QString::number(unit, 16).rightJustified(digits, QLatin1Char('0'));
}

bool turnsDirection(char16_t unit)
{
    return unit == 0x061C || unit == 0x200E || unit == 0x200F || (unit >= 0x202A && unit <= 0x202E)
        || (unit >= 0x2066 && unit <= 0x2069);
}

void appendPrintable(QString& out, QChar character)
{
    const char16_t unit = character.unicode();
    if (unit == u'\n')
        out += QLatin1String("\\n");
    else if (unit == u'\r')
        out += QLatin1String("\\r");
    else if (unit == u'\t')
        out += QLatin1String("\\t");
    else if (unit < 0x20 || (unit >= 0x7F && unit <= 0x9F))
        out += hexEscape('x', unit, 2);
    else if (unit == 0x2028 || unit == 0x2029 || turnsDirection(unit))
        out += hexEscape('u', unit, 4);
    else
        out += character;
}

//! The well-formed UTF-8 sequence that begins at `from`: its length, and what it stands for; 0 if
//! there is none.
std::pair<qsizetype, QString> sequenceAt(const QByteArray& bytes, qsizetype from)
{
    for (qsizetype length = 1; length <= 4 && from + length <= bytes.size(); ++length) {
        if (const std::optional<QString> text = exactUtf8(bytes.mid(from, length)))
            return {length, *text};
    }
    return {0, QString()};
}

} // namespace

QString printableText(const QString& text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar character : text)
        appendPrintable(out, character);
    return out;
}

QString printableText(const QByteArray& bytes)
{
    if (const std::optional<QString> text = exactUtf8(bytes))
        return printableText(*text);
    QString out;
    for (qsizetype i = 0; i < bytes.size();) {
        const auto [length, text] = sequenceAt(bytes, i);
        if (length == 0)
            out += hexEscape('x', static_cast<unsigned char>(bytes.at(i)), 2);
        else
            out += printableText(text);
        i += qMax<qsizetype>(length, 1);
    }
    return out;
}

std::optional<QString> exactUtf8(const QByteArray& bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless
                               | QStringDecoder::Flag::ConvertInitialBom);
    const QString decoded = decoder(bytes);
    if (decoder.hasError() || decoded.toUtf8() != bytes)
        return {};
    return decoded;
}

} // namespace ChatApp
