// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/putcommand.h"

#include "accounts/accountmanager.h"
#include "cli/errortexts.h"
#include "cli/handoverclient.h"
#include "cli/linkvisit.h"
#include "core/printabletext.h"
#include "core/whendone.h"
#include "net/qnamtransport.h"
#include "upload/fileworker.h"

#include <QtCore/QDir>

namespace ChatApp {

namespace {

using namespace std::chrono_literals;

// Long enough for a holder that has just begun, or is about to end.
constexpr PutTally::Time patienceWithHolder = 10s;

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

PutCommand::PutCommand(const PutOptions& options, const QString& stateFolder, PutPlan plan,
                       Reporter& reporter, QObject* parent)
    : TransferRun(options.common, options.wait, std::move(plan.config), reporter, parent)
    , m_options(options)
    , m_target(std::move(plan.target))
    , m_stateFolder(stateFolder)
    , m_files(filesOf(options))
    , m_stop(std::make_shared<std::atomic_bool>(false))
{
    tally().add(m_files);
    for (qsizetype i = 0; i < m_files.size(); ++i)
        (m_files.at(i).path.isEmpty() ? m_unnamed : m_open).append(i);
}

PutCommand::~PutCommand()
{
    m_stop->store(true);
}

void PutCommand::begin()
{
    if (m_options.common.account.isEmpty())
        stage();
    else
        withAccounts([this] { resolveAccount(); });
}

void PutCommand::refused(const Error& error)
{
    if (!m_options.enqueue || error.kind != ErrorKind::ProfileInUse)
        fail(error);
    else
        handOver(error);
}

void PutCommand::failUnnamed()
{
    for (const qsizetype index : std::exchange(m_unnamed, {}))
        tally().fileFailed(index, Error{.kind = ErrorKind::FileNameNotUtf8});
}

//! The holder takes files: what a folder stands for is found out here.
void PutCommand::expandFolders(const Error& inUse)
{
    using Expansion = QList<std::optional<FolderContents>>;
    QList<PutFile> named;
    for (const qsizetype index : std::as_const(m_open))
        named.append(m_files.at(index));
    const auto walk = [named, stop = m_stop] {
        Expansion all;
        for (const PutFile& file : named)
            all.append(contentsOf(file, stop));
        return all;
    };
    m_walker = std::make_unique<FileWorker>();
    whenDone(m_walker->run<Expansion>(walk), this, [this, inUse](const Expansion& all) {
        if (isFinishing())
            return;
        m_expanded = true;
        const QList<qsizetype> before = std::exchange(m_open, {});
        for (qsizetype i = 0; i < before.size(); ++i) {
            if (all.at(i))
                takeContents(before.at(i), *all.at(i));
            else
                m_open.append(before.at(i));
        }
        if (m_open.isEmpty())
            follow();
        else
            handOver(inUse);
    });
}

void PutCommand::takeContents(qsizetype index, const FolderContents& contents)
{
    QList<PutFile> files = contents.files;
    QList<Error> errors;
    for (const auto& [file, error] : contents.passedOver) {
        if (error.kind == ErrorKind::FileNotRegular) {
            reporter().skipped(file.shown, error);
        } else {
            files.append(file);
            errors.append(error);
        }
    }
    tally().replaceFolder(index, files);
    for (qsizetype i = 0; i < files.size(); ++i) {
        const qsizetype added = m_files.size();
        m_files.append(files.at(i));
        if (i < contents.files.size())
            m_open.append(added);
        else
            tally().fileFailed(added, errors.at(i - contents.files.size()));
    }
}

void PutCommand::handOver(const Error& inUse)
{
    if (!m_expanded) {
        failUnnamed();
        expandFolders(inUse);
        return;
    }
    HandoverRequest request{.files = {}, .target = m_target};
    for (const qsizetype index : std::as_const(m_open))
        request.files.append({m_files.at(index).path, m_options.replace});
    auto* client = new HandoverClient(m_stateFolder, request, this);
    connect(client, &HandoverClient::taken, this,
            [this, inUse](qsizetype files, const HandoverAnswer& answer) {
                taken(files, answer, inUse);
            });
    connect(client, &HandoverClient::failed, this, &PutCommand::fail);
    connect(client, &HandoverClient::unreachable, this, [this, inUse] {
        if (now() > patienceWithHolder)
            fail(inUse);
        else
            QTimer::singleShot(250ms, this, &PutCommand::startEngine);
    });
    connect(client, &HandoverClient::finished, this, &PutCommand::follow);
    client->run();
}

void PutCommand::taken(qsizetype files, const HandoverAnswer& answer, const Error& inUse)
{
    failUnnamed();
    QHash<QString, Error> failures;
    for (const StageFailure& failure : answer.failures)
        failures.insert(failure.path, failure.error);
    QList<UploadId> ids = answer.ids;
    for (; files > 0 && !m_open.isEmpty(); --files) {
        const qsizetype index = m_open.takeFirst();
        const QString& path = m_files.at(index).path;
        if (failures.contains(path))
            tally().fileFailed(index, failures.value(path));
        else if (ids.isEmpty())
            tally().fileFailed(index, Error{.kind = ErrorKind::InvalidAnswer});
        else
            tally().handedOver(index, path, ids.takeFirst());
    }
    if (!answer.ids.isEmpty()) {
        reporter().note(QStringLiteral("Handed over, because %1.").arg(inUse.message));
    }
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
    failUnnamed();
    QList<StageRequest> requests;
    for (const qsizetype index : std::as_const(m_open)) {
        requests.append({.path = m_files.at(index).path,
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
