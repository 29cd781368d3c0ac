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

using namespace std::chrono_literals;

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
    : QObject(parent)
    , m_options(options)
    , m_transportConfig(plan.config.transport)
    , m_target(std::move(plan.target))
    , m_files(filesOf(options))
    , m_reporter(reporter)
    , m_tally(m_files, reporter)
    , m_engine(std::make_unique<Engine>(std::move(plan.config)))
{
    m_patience.setInterval(250ms);
    // They may come before the engine has started, or after; and there may be none.
    connect(&m_engine->accounts(), &AccountManager::loaded, this,
            [this] { m_accountsLoaded = true; });
    connect(&m_patience, &QTimer::timeout, this, &PutCommand::checkPatience);
    connect(m_engine.get(), &Engine::storeSetAside, this, [this](const QString& file) {
        m_reporter.note(QStringLiteral("The profile's database was damaged. It was kept as %1, and "
                                       "a new one was begun.")
                            .arg(file));
    });
}

PutCommand::~PutCommand() = default;

void PutCommand::run()
{
    m_clock.start();
    whenDone(m_engine->start(), this,
             [this](const Result<void>& result) { engineStarted(result); });
}

void PutCommand::interrupt()
{
    m_reporter.note(QStringLiteral("Interrupted."));
    finish(ExitCode::Interrupted);
}

void PutCommand::engineStarted(const Result<void>& result)
{
    if (m_finishing)
        return;
    if (!result) {
        m_tally.failRest(result.error());
        finish(m_tally.exitCode());
        return;
    }
    if (m_options.common.account.isEmpty())
        stage();
    else if (m_accountsLoaded)
        resolveAccount();
    else
        connect(&m_engine->accounts(), &AccountManager::loaded, this, &PutCommand::resolveAccount);
}

void PutCommand::resolveAccount()
{
    if (m_finishing)
        return;
    AccountManager& accounts = m_engine->accounts();
    const std::optional<Account> account = accounts.accountByName(m_options.common.account);
    if (!account) {
        m_tally.failRest(
            Error{.kind = ErrorKind::AccountUnknown, .message = m_options.common.account});
        finish(m_tally.exitCode());
        return;
    }
    completeTarget(m_target, *account, accounts.spaces(account->id));
    stage();
}

void PutCommand::stage()
{
    QList<StageRequest> requests;
    for (qsizetype i = 0; i < m_files.size(); ++i) {
        if (m_files.at(i).path.isEmpty())
            m_tally.fileFailed(i, Error{.kind = ErrorKind::FileNameNotUtf8});
        else
            requests.append({.path = m_files.at(i).path, .target = m_target});
    }
    UploadManager& uploads = m_engine->uploads();
    connect(&uploads, &UploadManager::stageFailed, this,
            [this](const QList<StageFailure>& failures) {
                for (const StageFailure& failure : failures)
                    m_tally.stagingFailed(failure);
                follow();
            });
    connect(&uploads, &UploadManager::uploadsChanged, this, [this](const UploadBatch& batch) {
        m_tally.take(batch.changed, now());
        follow();
    });
    connect(&uploads, &UploadManager::uploadEnded, this, [this](const UploadSnapshot& upload) {
        m_tally.take({upload}, now());
        follow();
    });
    whenDone(uploads.stage(requests), this,
             [this](const Result<QList<UploadId>>& ids) { staged(ids); });
}

void PutCommand::staged(const Result<QList<UploadId>>& ids)
{
    if (m_finishing) // interrupted: what is in the store stays there
        return;
    if (ids)
        m_tally.staged(*ids, now());
    else
        m_tally.failRest(ids.error());
    follow();
}

//! Goes on to the next step as soon as the books allow it.
void PutCommand::follow()
{
    if (m_finishing)
        return;
    if (!m_uploading && m_tally.allQueued()) {
        m_uploading = true;
        m_engine->uploads().start(m_tally.ids());
        m_patience.start();
    }
    if (!m_tally.allEnded())
        return;
    m_patience.stop();
    if (m_options.common.sandbox)
        visitLinks(m_tally.done());
    else
        finish(m_tally.exitCode());
}

void PutCommand::checkPatience()
{
    const std::optional<Error> away = m_tally.networkAway(now(), m_options.wait);
    if (!away)
        return;
    m_tally.failRest(*away);
    m_reporter.note(QStringLiteral("What was not uploaded stays in the profile, paused."));
    finish(m_tally.exitCode());
}

//! One after the other; a link of the practice server that does not open is said, but fails
//! nothing: the upload itself is verified.
void PutCommand::visitLinks(QList<UploadRecord> records)
{
    if (m_finishing)
        return;
    if (!m_visitor) {
        Result<std::unique_ptr<QnamTransport>> made = QnamTransport::create(m_transportConfig);
        if (made)
            m_visitor = std::move(made).value();
    }
    if (records.isEmpty() || !m_visitor) {
        finish(m_tally.exitCode());
        return;
    }
    const UploadRecord record = records.takeFirst();
    whenDone(
        visitLink(*m_visitor, record), this, [this, record, records](const Result<qint64>& bytes) {
            m_reporter.note(bytes ? QStringLiteral("Link opened: %1 bytes of %2, equal to the file")
                                        .arg(*bytes)
                                        .arg(record.name)
                                  : QStringLiteral("Link of %1 not opened: %2")
                                        .arg(record.name, errorText(bytes.error().kind).what));
            visitLinks(records);
        });
}

void PutCommand::finish(ExitCode code)
{
    if (m_finishing)
        return;
    m_finishing = true;
    m_patience.stop();
    whenDone(m_engine->shutdown(), this, [this, code] {
        m_reporter.summary(m_tally.summary(now()));
        Q_EMIT finished(code);
    });
}

} // namespace ChatApp
