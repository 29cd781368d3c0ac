// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/puttally.h"

#include "upload/networkwatch.h"

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
    return isLackOfNetwork(kind) || kind == ErrorKind::Intercepted;
}

bool hasLeftQueue(UploadState state)
{
    return state != UploadState::Staged && state != UploadState::Queued
        && state != UploadState::Paused;
}

QString withoutSlashAtEnd(QString path)
{
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    return path;
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
        m_named[withoutSlashAtEnd(file.path)].append(file.path);
        addEntry(file.shown);
    }
}

PutTally::Entry& PutTally::addEntry(const QString& shown)
{
    m_entries.push_back(Entry{.shown = shown.toUtf8()});
    ++m_files;
    ++m_open;
    ++m_unseen;
    return m_entries.back();
}

void PutTally::fileFailed(qsizetype index, const Error& error)
{
    end(m_entries.at(static_cast<size_t>(index)), error);
}

void PutTally::handedOver(qsizetype index, const QString& path, UploadId id)
{
    Entry& entry = m_entries.at(static_cast<size_t>(index));
    close(entry);
    UploadRecord record;
    record.id = id;
    record.state = UploadState::Queued;
    record.path = path;
    record.identity.size = QFileInfo(path).size();
    m_reporter.queued(entry.name(), record);
}

void PutTally::replaceFolder(qsizetype index, const QList<PutFile>& files)
{
    closeFolder(m_entries.at(static_cast<size_t>(index)));
    add(files);
}

void PutTally::stagingFailed(const StageFailure& failure)
{
    if (failure.folder.isEmpty()) {
        if (const std::optional<size_t> index = takeUnmatched(failure.path))
            end(m_entries.at(*index), failure.error);
        return;
    }
    const std::optional<QString> shown = nameInFolder(failure.path);
    if (!shown) // of a folder that somebody else named
        return;
    // What is no file was not asked for by naming the folder.
    if (failure.error.kind == ErrorKind::FileNotRegular)
        m_reporter.skipped(*shown, failure.error);
    else
        end(addEntry(*shown), failure.error);
}

void PutTally::staged(const QList<UploadId>& ids, Time now)
{
    m_rows.reserve(ids.size());
    for (const UploadId& id : ids)
        m_rows.insert(id, nullptr);
    m_stagingEnded = true;
    for (const size_t folder : std::exchange(m_openFolders, {}))
        closeFolder(m_entries.at(folder));
    // Each goes as soon as it is taken: both of a hundred thousand would be much.
    while (!m_early.empty()) {
        UploadSnapshot upload;
        upload.record = m_early.extract(m_early.begin()).mapped().unpack();
        upload.bytesSent = upload.record.bytesConfirmed;
        takeOne(upload, now);
    }
    report(now);
}

void PutTally::take(const QList<UploadSnapshot>& uploads, Time now)
{
    for (const UploadSnapshot& upload : uploads) {
        if (m_stagingEnded)
            takeOne(upload, now);
        else
            m_early[upload.record.id].assign(upload.record, m_pool);
    }
    report(now);
}

void PutTally::takeOne(const UploadSnapshot& upload, Time now)
{
    if (Entry* entry = entryFor(upload); entry != nullptr && !entry->ended)
        update(*entry, upload, now);
}

bool PutTally::failRest(const Error& error)
{
    QStringList files;
    for (Entry& entry : m_entries) {
        if (entry.ended)
            continue;
        files.append(entry.name());
        close(entry);
        m_failures.append(error.kind);
    }
    if (!files.isEmpty())
        m_reporter.failedTogether(files, error);
    return !files.isEmpty();
}

bool PutTally::allQueued() const
{
    return m_stagingEnded && m_unseen == 0 && m_matched == m_rows.size();
}

QList<UploadId> PutTally::ids() const
{
    QList<UploadId> ids = m_rows.keys();
    std::sort(ids.begin(), ids.end());
    return ids;
}

std::optional<Error> PutTally::networkAway(Time now, Time patience) const
{
    return m_away && now - m_awaySince >= patience ? m_away : std::nullopt;
}

OverallProgress PutTally::overall() const
{
    OverallProgress progress;
    progress.files = static_cast<int>(m_files);
    progress.filesEnded = static_cast<int>(m_files - m_open);
    progress.bytes = m_bytes;
    progress.bytesSent = m_bytesSent;
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
    return {.files = static_cast<int>(m_files),
            .done = m_filesDone,
            .failed = static_cast<int>(m_failures.size()),
            .bytes = m_bytesDone,
            .duration = duration};
}

PutTally::Entry* PutTally::entryFor(const UploadSnapshot& upload)
{
    const auto row = m_rows.find(upload.record.id);
    if (row == m_rows.end())
        return nullptr;
    if (*row != nullptr)
        return *row;
    if (const std::optional<size_t> index = takeUnmatched(upload.record.path))
        *row = &m_entries.at(*index);
    else if (const std::optional<QString> shown = nameInFolder(upload.record.path))
        *row = &addEntry(*shown);
    m_matched += *row != nullptr ? 1 : 0;
    return *row;
}

//! The same file may be named twice: the first of its entries that has no row yet.
std::optional<size_t> PutTally::takeUnmatched(const QString& path)
{
    const auto found = m_unmatched.find(path);
    while (found != m_unmatched.end() && !found->isEmpty()) {
        const size_t index = found->takeFirst();
        if (!m_entries.at(index).ended) // it may have failed before it could have a row
            return index;
    }
    return {};
}

std::optional<QString> PutTally::nameInFolder(const QString& path)
{
    std::optional<QString> name;
    // To the very top: what stands above a file is a folder, whether or not the name comes from it.
    for (qsizetype slash = path.lastIndexOf(QLatin1Char('/')); slash >= 0;
         slash = slash > 0 ? path.lastIndexOf(QLatin1Char('/'), slash - 1) : -1) {
        const auto named = m_named.constFind(path.left(slash));
        if (named == m_named.constEnd())
            continue;
        const QString folder = takeAsFolder(*named);
        if (!name)
            name = folder + path.mid(slash);
    }
    return name;
}

//! Takes what was named by these paths out of the files; gives its name without a slash at the end.
QString PutTally::takeAsFolder(const QStringList& paths)
{
    for (const QString& path : paths) {
        while (const std::optional<size_t> index = takeUnmatched(path)) {
            Entry& folder = m_entries.at(*index);
            m_folders.insert(path, withoutSlashAtEnd(folder.name()));
            if (m_stagingEnded)
                closeFolder(folder);
            else
                m_openFolders.append(*index);
        }
    }
    return m_folders.value(paths.constFirst());
}

void PutTally::closeFolder(Entry& folder)
{
    close(folder);
    --m_files;
}

void PutTally::update(Entry& entry, const UploadSnapshot& upload, Time now)
{
    const UploadRecord& record = upload.record;
    const std::optional<Seen> before = entry.seen;
    setSeen(entry, upload);
    if (!before)
        m_reporter.queued(entry.name(), record);
    if (!entry.started && hasLeftQueue(record.state)) {
        entry.started = true;
        m_reporter.started(entry.name());
    }
    watchNetwork(upload, before ? before->bytesSent : 0, now);
    if (isEnded(record.state)) {
        end(entry, failureOf(record), &record);
        return;
    }
    if (entry.started && before != entry.seen)
        m_reporter.progress(entry.name(), upload);
}

void PutTally::setSeen(Entry& entry, const UploadSnapshot& upload)
{
    const bool isFirst = !entry.seen.has_value();
    m_unseen -= isFirst ? 1 : 0;
    const Seen before = entry.seen.value_or(Seen{});
    const qint64 size = upload.record.identity.size;
    const bool done = upload.record.state == UploadState::Done;
    entry.seen =
        Seen{.state = upload.record.state,
             .size = size,
             .bytesSent = done ? size : upload.bytesSent,
             .waitingFor = upload.waitingFor ? std::optional<ErrorKind>(upload.waitingFor->kind)
                                             : std::nullopt};
    m_unfinished +=
        (isEnded(upload.record.state) ? 0 : 1) - (isFirst || isEnded(before.state) ? 0 : 1);
    m_bytes += size - before.size;
    m_bytesSent += entry.seen->bytesSent - before.bytesSent;
}

void PutTally::watchNetwork(const UploadSnapshot& upload, qint64 bytesBefore, Time now)
{
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

//! `record`: of the upload, where there is one.
void PutTally::end(Entry& entry, const std::optional<Error>& error, const UploadRecord* record)
{
    close(entry);
    if (error) {
        m_failures.append(error->kind);
        m_reporter.failed(entry.name(), *error);
        return;
    }
    ++m_filesDone;
    m_bytesDone += record->identity.size;
    if (m_done.size() < mostRecords)
        m_done.append(*record);
    m_reporter.finished(entry.name(), *record);
}

//! Whatever comes for it from here on is no news.
void PutTally::close(Entry& entry)
{
    entry.ended = true;
    --m_open;
    if (!entry.seen) {
        --m_unseen;
    } else if (entry.seen->state != UploadState::Done) {
        m_bytes -= entry.seen->size;
        m_bytesSent -= entry.seen->bytesSent;
    }
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
