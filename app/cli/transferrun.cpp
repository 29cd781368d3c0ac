// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/transferrun.h"

#include "accounts/accountmanager.h"
#include "core/whendone.h"

#include <QtCore/QRegularExpression>

namespace ChatApp {

namespace {

using namespace std::chrono_literals;

QString shellWord(const QString& text)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./:@%+,=-]+$"));
    if (plain.match(text).hasMatch())
        return text;
    QString quoted = text;
    quoted.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + quoted + QLatin1Char('\'');
}

} // namespace

QString resumeCommandLine(const CommonOptions& options)
{
    QString line = QStringLiteral("chatapp-upload resume");
    if (!options.profile.isEmpty())
        line += QLatin1String(" --profile ") + shellWord(options.profile);
    if (!options.caFile.isEmpty())
        line += QLatin1String(" --ca-file ") + shellWord(options.caFile);
    return line;
}

TransferRun::TransferRun(const CommonOptions& options, std::chrono::seconds patience,
                         EngineConfig config, Reporter& reporter, QObject* parent)
    : QObject(parent)
    , m_options(options)
    , m_wait(patience)
    , m_reporter(reporter)
    , m_tally({}, reporter)
    , m_engine(std::make_unique<Engine>(std::move(config)))
{
    m_patience.setInterval(250ms);
    // They may come before the engine has started, or after; and there may be none.
    connect(&m_engine->accounts(), &AccountManager::loaded, this,
            [this] { m_accountsLoaded = true; });
    connect(&m_patience, &QTimer::timeout, this, &TransferRun::checkPatience);
    connect(m_engine.get(), &Engine::storeSetAside, this, [this](const QString& file) {
        m_reporter.note(QStringLiteral("The profile's database was damaged. It was kept as %1, and "
                                       "a new one was begun.")
                            .arg(file));
    });
}

TransferRun::~TransferRun() = default;

void TransferRun::run()
{
    m_clock.start();
    startEngine();
}

void TransferRun::startEngine()
{
    whenDone(m_engine->start(), this, [this](const Result<void>& started) {
        if (m_finishing)
            return;
        if (started)
            begin();
        else
            refused(started.error());
    });
}

void TransferRun::interrupt()
{
    m_reporter.note(QStringLiteral("Interrupted: pausing. Once more leaves at once."));
    finish(ExitCode::Interrupted);
}

void TransferRun::withAccounts(const std::function<void()>& then)
{
    if (m_accountsLoaded)
        then();
    else
        connect(&m_engine->accounts(), &AccountManager::loaded, this, then);
}

void TransferRun::watch()
{
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
    m_patience.start();
}

void TransferRun::follow()
{
    if (m_finishing || !m_tally.allEnded())
        return;
    m_patience.stop();
    allEnded();
}

void TransferRun::checkPatience()
{
    if (const std::optional<Error> away = m_tally.networkAway(now(), m_wait))
        fail(*away);
}

void TransferRun::fail(const Error& error)
{
    if (m_finishing)
        return;
    if (m_tally.failRest(error)) {
        finish(m_tally.exitCode());
    } else {
        m_reporter.failedTogether({}, error);
        finish(exitCodeFor(error.kind));
    }
}

void TransferRun::finish(ExitCode code)
{
    if (m_finishing)
        return;
    m_finishing = true;
    m_patience.stop();
    whenDone(m_engine->shutdown(), this, [this, code] {
        m_reporter.summary(m_tally.summary(now()));
        tellWhatIsLeft();
        Q_EMIT finished(code);
    });
}

void TransferRun::tellWhatIsLeft()
{
    const int left = m_tally.leftOver();
    if (left > 0) {
        m_reporter.note(QStringLiteral("%1 in the profile, to be uploaded. Go on with: %2")
                            .arg(left == 1 ? QStringLiteral("1 file stays")
                                           : QStringLiteral("%1 files stay").arg(left),
                                 resumeCommandLine(m_options)));
    }
}

} // namespace ChatApp
