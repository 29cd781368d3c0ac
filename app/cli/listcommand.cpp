// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/listcommand.h"

#include "cli/jsonreporter.h"
#include "cli/textreport.h"
#include "core/whendone.h"

namespace ChatApp {

ListCommand::ListCommand(ListOptions options, const ProfilePaths& paths, Console& console,
                         QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_console(console)
    , m_reader(paths)
{
}

void ListCommand::run()
{
    whenDone(m_reader.open(), this, [this](const Result<void>& opened) {
        if (!opened) {
            fail(opened.error());
            return;
        }
        whenDone(m_reader.unfinished(), this, [this](const Result<QList<UploadRecord>>& rows) {
            if (rows)
                show(*rows);
            else
                fail(rows.error());
        });
    });
}

void ListCommand::show(const QList<UploadRecord>& rows)
{
    QByteArray text;
    for (const UploadRecord& record : rows) {
        const QString& account = m_options.common.account;
        if (account.isEmpty() || record.target.accountName == account)
            text += m_options.common.json ? jsonLine(listObject(record)) : listText(record);
    }
    m_console.out(text);
    Q_EMIT finished(ExitCode::Done);
}

void ListCommand::fail(const Error& error)
{
    m_console.error(errorBlock({}, error));
    Q_EMIT finished(exitCodeFor(error.kind));
}

} // namespace ChatApp
