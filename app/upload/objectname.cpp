// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/objectname.h"

#include <QtCore/QRegularExpression>

namespace ChatApp {

namespace {

constexpr qsizetype maxStemBytes = 200;
constexpr qsizetype maxExtensionBytes = 16;

bool isAllowed(char32_t c)
{
    return QChar::isLetterOrNumber(c) || QChar::isMark(c) || c == U'.' || c == U'_' || c == U'-';
}

QString cleaned(const QString& text, qsizetype maxBytes)
{
    QString result;
    qsizetype bytes = 0;
    bool pendingDash = false;
    const QString normalised = text.normalized(QString::NormalizationForm_C);
    for (const char32_t c : normalised.toUcs4()) {
        if (!isAllowed(c)) {
            pendingDash = true;
            continue;
        }
        const QString next =
            (pendingDash ? QStringLiteral("-") : QString()) + QString::fromUcs4(&c, 1);
        pendingDash = false;
        bytes += next.toUtf8().size();
        if (bytes > maxBytes)
            return result;
        result += next;
    }
    return pendingDash && bytes < maxBytes ? result + QLatin1Char('-') : result;
}

} // namespace

bool isValidNameTemplate(const QString& nameTemplate)
{
    if (!nameTemplate.contains(QLatin1String("{random}")))
        return false;
    static const QRegularExpression field(QStringLiteral("\\{(stem|random|ext|date)\\}"));
    QString rest = nameTemplate;
    rest.remove(field);
    // A slash would make folders, and "." or ".." as one of them would be resolved on the way.
    return rest.toUtf8().size() <= maxStemBytes && cleaned(rest, maxStemBytes) == rest;
}

QString makeObjectName(const QString& fileName, const QByteArray& random,
                       const QString& nameTemplate, const QString& date)
{
    QString stem = fileName;
    QString extension;
    const qsizetype dot = fileName.lastIndexOf(QLatin1Char('.'));
    if (dot >= 0) {
        const QString candidate = fileName.mid(dot + 1);
        const QString clean = cleaned(candidate, maxExtensionBytes);
        // What is long or full of blanks behind a dot is a part of the name, not an extension.
        if (!clean.isEmpty() && clean == candidate.normalized(QString::NormalizationForm_C)) {
            stem = fileName.left(dot);
            extension = QLatin1Char('.') + clean;
        }
    }
    stem = cleaned(stem, maxStemBytes);
    if (stem.isEmpty() || stem == QLatin1String("-"))
        stem = QStringLiteral("file");

    const QString used = isValidNameTemplate(nameTemplate) ? nameTemplate : defaultNameTemplate;
    QString name;
    for (qsizetype i = 0; i < used.size();) {
        const auto take = [&](QLatin1String field, const QString& value) {
            if (!QStringView(used).mid(i).startsWith(field))
                return false;
            name += value;
            i += field.size();
            return true;
        };
        if (!take(QLatin1String("{stem}"), stem)
            && !take(QLatin1String("{random}"), QString::fromLatin1(random))
            && !take(QLatin1String("{ext}"), extension) && !take(QLatin1String("{date}"), date)) {
            name += used.at(i++);
        }
    }
    return name;
}

} // namespace ChatApp
