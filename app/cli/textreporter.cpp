// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/textreporter.h"

#include "cli/errortexts.h"
#include "cli/textreport.h"
#include "core/printabletext.h"

namespace ChatApp {

TextReporter::TextReporter(Console& console, Style style) : m_console(console), m_style(style) { }

void TextReporter::queued(const QString& /*file*/, const UploadRecord& /*record*/)
{
    // That it waits for its turn is no news to a person.
}

void TextReporter::started(const QString& file)
{
    m_current = file;
    if (m_style == Style::Lines)
        line(Tone::Plain, "sending", printableText(file));
}

void TextReporter::progress(const QString& file, const UploadSnapshot& upload)
{
    m_current = file;
    if (!upload.waitingFor) {
        m_waiting.remove(file);
        return;
    }
    const ErrorKind kind = upload.waitingFor->kind;
    if (const auto told = m_waiting.constFind(file); told != m_waiting.constEnd() && *told == kind)
        return;
    m_waiting.insert(file, kind);
    line(Tone::Plain, "waiting",
         QStringLiteral("%1: %2, trying again").arg(printableText(file), errorText(kind).what));
}

void TextReporter::finished(const QString& file, const UploadRecord& record)
{
    line(Tone::Good, "done",
         QStringLiteral("%1  %2").arg(printableText(file), sizeText(record.identity.size)));
    m_console.out("         " + printableText(record.url).toUtf8() + '\n');
}

void TextReporter::failed(const QString& file, const Error& error)
{
    line(Tone::Bad, "failed", printableText(file));
    m_console.error(errorBlock(file, error));
}

void TextReporter::skipped(const QString& file, const Error& error)
{
    line(Tone::Plain, "skipped", printableText(error.message.isEmpty() ? file : error.message));
}

void TextReporter::failedTogether(const QStringList& files, const Error& error)
{
    for (const QString& file : files)
        line(Tone::Bad, "failed", printableText(file));
    clearLiveLine();
    m_console.error(errorBlock({}, error));
}

void TextReporter::overall(const OverallProgress& progress)
{
    if (m_style == Style::Lines)
        return;
    // One column stays free: a full line would move some terminals on to the next.
    const QString text = progressLine(progress, m_current, m_console.columns() - 1);
    m_console.out("\r\x1b[K" + text.toUtf8());
    m_liveLineShown = true;
}

void TextReporter::note(const QString& sentence)
{
    clearLiveLine();
    m_console.out(printableText(sentence).toUtf8() + '\n');
}

void TextReporter::summary(const PutSummary& summary)
{
    note(summaryText(summary));
}

void TextReporter::line(Tone tone, const char* word, const QString& text)
{
    clearLiveLine();
    QByteArray shown = QByteArray(word).leftJustified(7);
    if (m_style == Style::LiveColoured && tone != Tone::Plain)
        shown = (tone == Tone::Good ? "\x1b[32m" : "\x1b[31m") + shown + "\x1b[0m";
    m_console.out(shown + "  " + text.toUtf8() + '\n');
}

void TextReporter::clearLiveLine()
{
    if (!m_liveLineShown)
        return;
    m_console.out("\r\x1b[K");
    m_liveLineShown = false;
}

} // namespace ChatApp
