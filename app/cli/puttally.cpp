// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/puttally.h"

#include <QtCore/QFileInfo>

#include <algorithm>
#include <utility>

namespace ChatApp {

namespace {

using namespace std::chrono_literals;

constexpr PutTally::Time speedWindow = 10s;
//! A speed over less than this is no ground for a forecast.
constexpr PutTally::Time leastForForecast = 2s;

//! What may mend itself while one waits. Throttling and a service that is down are no matter of the
//! network, and have their own patience in the upload engine.
bool isNetworkAway(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Dns:
    case ErrorKind::ConnectionRefused:
    case ErrorKind::ConnectionLost:
    case ErrorKind::Proxy:
    case ErrorKind::Timeout:
    case ErrorKind::Offline:
    case ErrorKind::Intercepted:
        return true;
    default:
        return false;
    }
}

bool hasLeftQueue(UploadState state)
{
    return state != UploadState::Staged && state != UploadState::Queued
        && state != UploadState::Paused;
}

std::optional<Error> failureOf(const UploadRecord& record)
{
    if (record.state == UploadState::Done)
        return {};
    if (record.error)
        return record.error;
    const bool cancelled = record.state == UploadState::Cancelled;
    return Error{.kind = cancelled ? ErrorKind::Cancelled : ErrorKind::Internal};
}

} // namespace

PutTally::PutTally(const QList<PutFile>& files, Reporter& reporter) : m_reporter(reporter)
{
    add(files);
}

void PutTally::add(const QList<PutFile>& files)
{
    for (const PutFile& file : files) {
        m_unmatched[file.path].append(m_entries.size());
        m_entries.push_back(Entry{.file = file});
    }
}

void PutTally::fileFailed(qsizetype index, const Error& error)
{
    Entry& entry = m_entries.at(static_cast<size_t>(index));
    m_unmatched[entry.file.path].removeOne(static_cast<size_t>(index));
    end(entry, error);
}

void PutTally::handedOver(qsizetype index, UploadId id)
{
    Entry& entry = m_entries.at(static_cast<size_t>(index));
    m_unmatched[entry.file.path].removeOne(static_cast<size_t>(index));
    entry.ended = true;
    UploadRecord record;
    record.id = id;
    record.state = UploadState::Queued;
    record.path = entry.file.path;
    record.identity.size = QFileInfo(entry.file.path).size();
    m_reporter.queued(entry.file.shown, record);
}

void PutTally::stagingFailed(const StageFailure& failure)
{
    if (const std::optional<size_t> index = takeUnmatched(failure.path))
        end(m_entries.at(*index), failure.error);
}

void PutTally::staged(const QList<UploadId>& ids, Time now)
{
    m_ids = QSet<UploadId>(ids.begin(), ids.end());
    m_stagingEnded = true;
    const QList<UploadSnapshot> early = m_early.values();
    m_early.clear();
    take(early, now);
}

void PutTally::take(const QList<UploadSnapshot>& uploads, Time now)
{
    for (const UploadSnapshot& upload : uploads) {
        if (!m_stagingEnded)
            m_early.insert(upload.record.id, upload);
        else if (Entry* entry = entryFor(upload); entry != nullptr && !entry->ended)
            update(*entry, upload, now);
    }
    report(now);
}

bool PutTally::failRest(const Error& error)
{
    QStringList files;
    for (Entry& entry : m_entries) {
        if (std::exchange(entry.ended, true))
            continue;
        files.append(entry.file.shown);
        m_failures.append(error.kind);
    }
    if (!files.isEmpty())
        m_reporter.failedTogether(files, error);
    return !files.isEmpty();
}

bool PutTally::allQueued() const
{
    return m_stagingEnded
        && std::all_of(m_entries.begin(), m_entries.end(),
                       [](const Entry& entry) { return entry.ended || entry.upload.has_value(); });
}

bool PutTally::allEnded() const
{
    return std::all_of(m_entries.begin(), m_entries.end(),
                       [](const Entry& entry) { return entry.ended; });
}

int PutTally::leftOver() const
{
    int count = static_cast<int>(m_early.size());
    for (const Entry& entry : m_entries) {
        if (entry.upload && !isEnded(entry.upload->record.state))
            ++count;
    }
    return count;
}

QList<UploadRecord> PutTally::done() const
{
    QList<UploadRecord> records;
    for (const Entry& entry : m_entries) {
        if (entry.ended && entry.upload && entry.upload->record.state == UploadState::Done)
            records.append(entry.upload->record);
    }
    return records;
}

std::optional<Error> PutTally::networkAway(Time now, Time patience) const
{
    return m_away && now - m_awaySince >= patience ? m_away : std::nullopt;
}

OverallProgress PutTally::overall() const
{
    OverallProgress progress;
    progress.files = static_cast<int>(m_entries.size());
    for (const Entry& entry : m_entries) {
        progress.filesEnded += entry.ended ? 1 : 0;
        if (!entry.upload)
            continue;
        const UploadSnapshot& upload = *entry.upload;
        const bool done = upload.record.state == UploadState::Done;
        if (entry.ended && !done)
            continue;
        progress.bytes += upload.record.identity.size;
        progress.bytesSent += done ? upload.record.identity.size : upload.bytesSent;
    }
    if (m_samples.size() < 2)
        return progress;
    const Time span = m_samples.back().time - m_samples.front().time;
    const qint64 moved = m_samples.back().bytes - m_samples.front().bytes;
    if (span <= 0ms || moved <= 0)
        return progress;
    progress.bytesPerSecond =
        static_cast<double>(moved) * 1000.0 / static_cast<double>(span.count());
    const qint64 left = progress.bytes - progress.bytesSent;
    if (span >= leastForForecast && left > 0 && !m_away)
        progress.timeLeft =
            Time(qRound64(static_cast<double>(left) * 1000.0 / progress.bytesPerSecond));
    return progress;
}

PutSummary PutTally::summary(Time duration) const
{
    PutSummary summary{.files = static_cast<int>(m_entries.size()),
                       .failed = static_cast<int>(m_failures.size()),
                       .duration = duration};
    for (const UploadRecord& record : done()) {
        ++summary.done;
        summary.bytes += record.identity.size;
    }
    return summary;
}

PutTally::Entry* PutTally::entryFor(const UploadSnapshot& upload)
{
    const UploadId id = upload.record.id;
    if (const auto known = m_byId.constFind(id); known != m_byId.constEnd())
        return &m_entries.at(*known);
    if (!m_ids.contains(id))
        return nullptr;
    const std::optional<size_t> index = takeUnmatched(upload.record.path);
    if (!index)
        return nullptr;
    m_byId.insert(id, *index);
    return &m_entries.at(*index);
}

//! The same file may be named twice: the first of its entries that has no row yet.
std::optional<size_t> PutTally::takeUnmatched(const QString& path)
{
    const auto found = m_unmatched.find(path);
    if (found == m_unmatched.end() || found->isEmpty())
        return {};
    return found->takeFirst();
}

void PutTally::update(Entry& entry, const UploadSnapshot& upload, Time now)
{
    const bool first = !entry.upload.has_value();
    const std::optional<UploadSnapshot> before = std::exchange(entry.upload, upload);
    const UploadRecord& record = upload.record;
    if (first)
        m_reporter.queued(entry.file.shown, record);
    if (!entry.started && hasLeftQueue(record.state)) {
        entry.started = true;
        m_reporter.started(entry.file.shown);
    }
    watchNetwork(entry, before ? before->bytesSent : 0, now);
    if (isEnded(record.state)) {
        end(entry, failureOf(record));
        return;
    }
    const bool news = !before || before->bytesSent != upload.bytesSent
        || before->record.state != record.state || before->waitingFor != upload.waitingFor;
    if (entry.started && news)
        m_reporter.progress(entry.file.shown, upload);
}

void PutTally::watchNetwork(const Entry& entry, qint64 bytesBefore, Time now)
{
    const UploadSnapshot& upload = *entry.upload;
    if (upload.bytesSent > bytesBefore || upload.record.state == UploadState::Done) {
        m_away.reset();
        return;
    }
    if (!upload.waitingFor || !isNetworkAway(upload.waitingFor->kind))
        return;
    if (!m_away)
        m_awaySince = now;
    m_away = upload.waitingFor;
}

void PutTally::end(Entry& entry, const std::optional<Error>& error)
{
    entry.ended = true;
    if (!error) {
        m_reporter.finished(entry.file.shown, entry.upload->record);
        return;
    }
    m_failures.append(error->kind);
    m_reporter.failed(entry.file.shown, *error);
}

void PutTally::report(Time now)
{
    const OverallProgress progress = overall();
    m_samples.push_back({now, progress.bytesSent});
    while (m_samples.size() > 2 && now - m_samples.front().time > speedWindow)
        m_samples.pop_front();
    m_reporter.overall(overall());
}

} // namespace ChatApp
