// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/resumecommand.h"

#include "accounts/accountmanager.h"
#include "core/whendone.h"

namespace ChatApp {

ResumeCommand::ResumeCommand(const ResumeOptions& options, const QString& environmentKeyId,
                             EngineConfig config, Reporter& reporter, QObject* parent)
    : TransferRun(options.common, options.wait, std::move(config), reporter, parent)
    , m_options(options)
    , m_environmentKeyId(environmentKeyId)
{
}

void ResumeCommand::begin()
{
    // From now on: what was being cancelled may end before its row is looked at here.
    connect(&engine().uploads(), &UploadManager::uploadEnded, this,
            [this](const UploadSnapshot& upload) {
                m_ended.insert(upload.record.id);
                follow();
            });
    whenDone(engine().unfinished(), this, [this](const Result<QList<UploadRecord>>& unfinished) {
        if (!unfinished)
            fail(unfinished.error());
        else
            withAccounts([this, rows = *unfinished] { take(rows); });
    });
}

void ResumeCommand::take(const QList<UploadRecord>& unfinished)
{
    if (isFinishing())
        return;
    QList<UploadRecord> rows;
    QList<PutFile> files;
    for (const UploadRecord& record : unfinished) {
        const QString& account = m_options.common.account;
        if (record.state == UploadState::Staged
            || (!account.isEmpty() && record.target.accountName != account)) {
            continue;
        }
        if (record.state == UploadState::Cancelling) { // the engine goes on with that by itself
            m_cancelling.insert(record.id);
            continue;
        }
        rows.append(record);
        files.append({record.path, record.path});
    }
    tally().add(files);
    QList<UploadId> ids;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (const std::optional<Error> obstacle = obstacleFor(rows.at(i)))
            tally().fileFailed(i, *obstacle);
        else
            ids.append(rows.at(i).id);
    }
    if (rows.isEmpty() && m_cancelling.isEmpty())
        reporter().note(QStringLiteral("There is nothing to go on with."));
    tally().staged(ids, now());
    m_looked = true;
    watch();
    engine().uploads().start(ids);
    follow();
}

void ResumeCommand::follow()
{
    if (m_looked && m_ended.contains(m_cancelling))
        TransferRun::follow();
}

std::optional<Error> ResumeCommand::obstacleFor(const UploadRecord& record)
{
    const UploadTarget& target = record.target;
    if (!target.accountId.value.isEmpty()) {
        if (engine().accounts().account(target.accountId))
            return {};
        return Error{.kind = ErrorKind::AccountUnknown, .message = target.accountName};
    }
    if (target.accessKeyId == m_environmentKeyId)
        return {};
    return Error{.kind = ErrorKind::Usage,
                 .message =
                     QStringLiteral("this upload needs the credentials of AccessKey ID %1 in "
                                    "the environment; it stays as it is")
                         .arg(target.accessKeyId)};
}

} // namespace ChatApp
