// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/byterate.h"

#include "core/tokenbucket.h"

#include <QtCore/QRegularExpression>

namespace ChatApp {

namespace {

double factorOf(const QString& letter)
{
    constexpr double kibi = 1024;
    if (letter == QLatin1String("k"))
        return kibi;
    if (letter == QLatin1String("m"))
        return kibi * kibi;
    if (letter == QLatin1String("g"))
        return kibi * kibi * kibi;
    return 1;
}

} // namespace

std::optional<qint64> parseByteRate(const QString& text)
{
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern(
            QStringLiteral("([0-9]{1,15}(?:\\.[0-9]{1,15})?)(?:([KMG])(?:iB)?)?")),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const double number = match.captured(1).toDouble();
    const double bytes = number * factorOf(match.captured(2).toLower());
    // Less than a byte must not become 0, which is the opposite.
    if (bytes > static_cast<double>(TokenBucket::maxRate) || (bytes > 0 && bytes < 1))
        return std::nullopt;
    return static_cast<qint64>(bytes);
}

} // namespace ChatApp
