// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "storage/historysearch.h"

namespace ChatApp {

namespace {

constexpr qsizetype trigramLength = 3;

//! The text in both of Unicode's composed and decomposed forms: file names come in either, and
//! keyboards give one of them.
QStringList normalForms(const QString& text)
{
    QStringList forms{text.normalized(QString::NormalizationForm_C),
                      text.normalized(QString::NormalizationForm_D)};
    forms.removeDuplicates();
    return forms;
}

bool looksLikeUrl(const QString& text)
{
    return text.startsWith(QLatin1String("https://"), Qt::CaseInsensitive)
        || text.startsWith(QLatin1String("http://"), Qt::CaseInsensitive);
}

void addLike(SqlFilter& filter, const QString& text)
{
    QStringList alternatives;
    QVariantList values;
    const QStringList forms = normalForms(text);
    for (QString form : forms) {
        form.replace(QLatin1Char('\\'), QLatin1String("\\\\"))
            .replace(QLatin1Char('%'), QLatin1String("\\%"))
            .replace(QLatin1Char('_'), QLatin1String("\\_"));
        for (const auto* column : {"name", "error_code", "error_message"}) {
            alternatives += QLatin1String(column) + QLatin1String(" LIKE ? ESCAPE '\\'");
            values += QLatin1Char('%') + form + QLatin1Char('%');
        }
    }
    filter.add(QLatin1Char('(') + alternatives.join(QLatin1String(" OR ")) + QLatin1Char(')'),
               values);
}

//! Each form as a quoted FTS5 string: nothing in it is query syntax.
QString matchExpression(const QString& text)
{
    QStringList phrases;
    const QStringList forms = normalForms(text);
    for (QString form : forms) {
        form.replace(QLatin1Char('"'), QLatin1String("\"\""));
        phrases += QLatin1Char('"') + form + QLatin1Char('"');
    }
    return phrases.join(QLatin1String(" OR "));
}

void addSearch(SqlFilter& filter, const QString& text)
{
    const QString match =
        QStringLiteral("id IN (SELECT rowid FROM uploads_text WHERE uploads_text MATCH ?)");
    if (looksLikeUrl(text)) {
        filter.add(QStringLiteral("url = ?"), {text});
    } else if (text.toUcs4().size() < trigramLength) {
        addLike(filter, text);
    } else if (text.contains(QLatin1Char('/'))) {
        filter.add(QStringLiteral("(object_key = ? OR %1)").arg(match),
                   {text, matchExpression(text)});
    } else {
        // The plus keeps SQLite on the index that has the order of the page. By itself it fetches
        // and sorts every match: 3.8 s instead of 0.3 s for a word that a million names have.
        filter.add(QLatin1Char('+') + match, {matchExpression(text)});
    }
}

} // namespace

void SqlFilter::add(const QString& condition, const QVariantList& bound)
{
    conditions += condition;
    values += bound;
}

SqlFilter historyFilter(const HistoryQuery& query)
{
    SqlFilter filter;
    filter.add(QStringLiteral("ended_at_ms IS NOT NULL"), {});
    if (query.outcome)
        filter.add(QStringLiteral("state = ?"), {uploadStateName(*query.outcome)});
    if (!query.account.value.isEmpty())
        filter.add(QStringLiteral("account_id = ?"), {query.account.value});
    if (!query.space.value.isEmpty())
        filter.add(QStringLiteral("space_id = ?"), {query.space.value});
    if (const QString text = query.search.trimmed(); !text.isEmpty())
        addSearch(filter, text);
    return filter;
}

} // namespace ChatApp
