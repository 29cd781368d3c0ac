// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/historycommand.h"

#include "cli/jsonreporter.h"
#include "cli/textreport.h"
#include "core/whendone.h"

namespace ChatApp {

namespace {

constexpr int pageSize = 1000;

}

HistoryCommand::HistoryCommand(HistoryOptions options, const ProfilePaths& paths, Console& console,
                               QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_console(console)
    , m_reader(paths)
    , m_left(m_options.limit.value_or(-1))
{
}

void HistoryCommand::run()
{
    whenDone(m_reader.open(), this, [this](const Result<void>& opened) {
        if (opened)
            nextPage(0, {});
        else
            fail(opened.error());
    });
}

void HistoryCommand::nextPage(qint64 afterEndedAtMs, UploadId afterId)
{
    HistoryQuery query;
    query.search = m_options.search;
    query.limit = pageSize;
    query.afterEndedAtMs = afterEndedAtMs;
    query.afterId = afterId;
    whenDone(m_reader.history(query), this, [this](const Result<QList<UploadRecord>>& page) {
        if (!page) {
            fail(page.error());
            return;
        }
        show(*page);
        if (m_left == 0 || page->size() < pageSize)
            Q_EMIT finished(ExitCode::Done);
        else
            nextPage(page->last().endedAt.toMSecsSinceEpoch(), page->last().id);
    });
}

void HistoryCommand::show(const QList<UploadRecord>& page)
{
    QByteArray text;
    for (const UploadRecord& record : page) {
        const QString& account = m_options.common.account;
        if (m_left == 0)
            break;
        if (!account.isEmpty() && record.target.accountName != account)
            continue;
        text += m_options.common.json ? jsonLine(historyObject(record)) : historyText(record);
        --m_left;
    }
    m_console.out(text);
}

void HistoryCommand::fail(const Error& error)
{
    m_console.error(errorBlock({}, error));
    Q_EMIT finished(exitCodeFor(error.kind));
}

} // namespace ChatApp
