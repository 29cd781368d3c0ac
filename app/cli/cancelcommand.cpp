// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/cancelcommand.h"

#include "cli/jsonreporter.h"
#include "cli/textreport.h"
#include "core/printabletext.h"
#include "core/whendone.h"
#include "upload/uploadmanager.h"

namespace ChatApp {

CancelCommand::CancelCommand(CancelOptions options, EngineConfig config, Console& console,
                             QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_console(console)
    , m_engine(std::make_unique<Engine>(std::move(config)))
{
}

CancelCommand::~CancelCommand() = default;

void CancelCommand::run()
{
    whenDone(m_engine->start(), this, [this](const Result<void>& started) {
        if (!started) {
            m_console.error(errorBlock({}, started.error()));
            finish(exitCodeFor(started.error().kind));
            return;
        }
        whenDone(m_engine->unfinished(), this, [this](const Result<QList<UploadRecord>>& rows) {
            if (rows) {
                cancel(*rows);
            } else {
                m_console.error(errorBlock({}, rows.error()));
                finish(exitCodeFor(rows.error().kind));
            }
        });
    });
}

void CancelCommand::cancel(const QList<UploadRecord>& unfinished)
{
    if (m_finishing)
        return;
    QHash<UploadId, QString> paths;
    for (const UploadRecord& record : unfinished)
        paths.insert(record.id, record.path);
    for (const UploadId& id : m_options.ids) {
        if (paths.contains(id))
            m_waiting.insert(id, paths.value(id));
        else
            unknown(id);
    }
    UploadManager& uploads = m_engine->uploads();
    connect(&uploads, &UploadManager::uploadEnded, this,
            [this](const UploadSnapshot& upload) { take(upload.record); });
    connect(&uploads, &UploadManager::uploadsChanged, this, [this](const UploadBatch& batch) {
        for (const UploadId& id : batch.removed)
            gone(id);
        finishIfAllAreGone();
    });
    uploads.cancel(m_waiting.keys());
    finishIfAllAreGone();
}

void CancelCommand::take(const UploadRecord& record)
{
    if (!m_waiting.contains(record.id))
        return;
    if (record.state == UploadState::Cancelled) {
        gone(record.id);
    } else {
        m_waiting.remove(record.id);
        fail(record.id, record.error.value_or(Error{.kind = ErrorKind::Internal}));
    }
    finishIfAllAreGone();
}

void CancelCommand::gone(UploadId id)
{
    if (!m_waiting.contains(id))
        return;
    const QString path = m_waiting.take(id);
    if (m_options.common.json) {
        m_console.out(jsonLine({{QStringLiteral("event"), QStringLiteral("cancelled")},
                                {QStringLiteral("id"), id.value},
                                {QStringLiteral("file"), path}}));
    } else {
        m_console.out(
            QStringLiteral("cancelled %1  %2\n").arg(id.value).arg(printableText(path)).toUtf8());
    }
}

void CancelCommand::unknown(UploadId id)
{
    m_someUnknown = true;
    const QString sentence = QStringLiteral("no unfinished upload has the id %1").arg(id.value);
    tellFailed(id, Error{.kind = ErrorKind::Usage, .message = sentence});
    m_console.error(
        QStringLiteral("chatapp-upload: %1; chatapp-upload list shows those there are\n")
            .arg(sentence)
            .toUtf8());
}

void CancelCommand::fail(UploadId id, const Error& error)
{
    m_failures.append(error.kind);
    tellFailed(id, error);
    m_console.error(errorBlock({}, error));
}

void CancelCommand::tellFailed(UploadId id, const Error& error)
{
    if (!m_options.common.json)
        return;
    QJsonObject object = errorObject(error);
    object.insert(QStringLiteral("event"), QStringLiteral("failed"));
    object.insert(QStringLiteral("id"), id.value);
    m_console.out(jsonLine(object));
}

void CancelCommand::finishIfAllAreGone()
{
    if (m_waiting.isEmpty())
        finish(m_someUnknown ? ExitCode::Failed : exitCodeOf(m_failures));
}

void CancelCommand::finish(ExitCode code)
{
    if (std::exchange(m_finishing, true))
        return;
    whenDone(m_engine->shutdown(), this, [this, code] { Q_EMIT finished(code); });
}

} // namespace ChatApp
