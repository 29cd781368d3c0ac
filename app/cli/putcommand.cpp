// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/putcommand.h"

#include "accounts/accountmanager.h"
#include "cli/errortexts.h"
#include "cli/linkvisit.h"
#include "core/printabletext.h"
#include "core/whendone.h"
#include "net/qnamtransport.h"

#include <QtCore/QDir>

namespace ChatApp {

namespace {

QList<PutFile> filesOf(const PutOptions& options)
{
    QList<PutFile> files;
    for (const QByteArray& argument : options.files) {
        const std::optional<QString> name = exactUtf8(argument);
        // Made absolute without tidying up: ".." behind a symbolic link means another folder.
        const QString path = name && !name->startsWith(QLatin1Char('/'))
            ? QDir::currentPath() + QLatin1Char('/') + *name
            : name.value_or(QString());
        files.append({name.value_or(printableText(argument)), path});
    }
    return files;
}

} // namespace

PutCommand::PutCommand(const PutOptions& options, PutPlan plan, Reporter& reporter, QObject* parent)
    : TransferRun(options.common, options.wait, std::move(plan.config), reporter, parent)
    , m_options(options)
    , m_target(std::move(plan.target))
    , m_files(filesOf(options))
{
    tally().add(m_files);
}

PutCommand::~PutCommand() = default;

void PutCommand::begin()
{
    if (m_options.common.account.isEmpty())
        stage();
    else
        withAccounts([this] { resolveAccount(); });
}

void PutCommand::resolveAccount()
{
    if (isFinishing())
        return;
    AccountManager& accounts = engine().accounts();
    const std::optional<Account> account = accounts.accountByName(m_options.common.account);
    if (!account) {
        fail(Error{.kind = ErrorKind::AccountUnknown, .message = m_options.common.account});
        return;
    }
    completeTarget(m_target, *account, accounts.spaces(account->id));
    stage();
}

void PutCommand::stage()
{
    QList<StageRequest> requests;
    for (qsizetype i = 0; i < m_files.size(); ++i) {
        if (m_files.at(i).path.isEmpty()) {
            tally().fileFailed(i, Error{.kind = ErrorKind::FileNameNotUtf8});
            continue;
        }
        requests.append({.path = m_files.at(i).path,
                         .target = m_target,
                         .replace = m_options.replace,
                         .start = true});
    }
    watch();
    whenDone(engine().uploads().stage(requests), this,
             [this](const Result<QList<UploadId>>& ids) { staged(ids); });
}

void PutCommand::staged(const Result<QList<UploadId>>& ids)
{
    if (isFinishing())
        return;
    if (ids)
        tally().staged(*ids, now());
    else
        fail(ids.error());
    follow();
}

void PutCommand::follow()
{
    // The engine of --enqueue has no slots: what is queued stays queued.
    if (m_options.enqueue && !isFinishing() && tally().allQueued())
        finish(tally().exitCode());
    else
        TransferRun::follow();
}

void PutCommand::allEnded()
{
    if (m_options.common.sandbox && m_options.linkCheck)
        visitLinks(tally().done());
    else
        TransferRun::allEnded();
}

bool PutCommand::makeVisitor()
{
    if (m_visitor)
        return true;
    TransportConfig config;
    config.extraCaFile = m_options.common.caFile;
    Result<std::unique_ptr<QnamTransport>> made = QnamTransport::create(config);
    if (made)
        m_visitor = std::move(made).value();
    return m_visitor != nullptr;
}

//! One after the other; a link of the practice server that does not open is said, but fails
//! nothing: the upload itself is verified.
void PutCommand::visitLinks(QList<UploadRecord> records)
{
    if (isFinishing())
        return;
    if (records.isEmpty() || !makeVisitor()) {
        finish(tally().exitCode());
        return;
    }
    const UploadRecord record = records.takeFirst();
    whenDone(
        visitLink(*m_visitor, record), this, [this, record, records](const Result<qint64>& bytes) {
            reporter().note(bytes ? QStringLiteral("Link opened: %1 bytes of %2, equal to the file")
                                        .arg(*bytes)
                                        .arg(record.name)
                                  : QStringLiteral("Link of %1 not opened: %2")
                                        .arg(record.name, errorText(bytes.error().kind).what));
            visitLinks(records);
        });
}

} // namespace ChatApp
