// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/stagesource.h"

#include "core/random.h"
#include "upload/fileprobe.h"
#include "upload/objectname.h"

#include <QtCore/QFileInfo>

namespace ChatApp {

StageSource::StageSource(QList<StageRequest> requests, FolderWalk::StopFlag stop)
    : m_requests(std::move(requests))
    , m_stop(std::move(stop))
{
}

StageSource::Portion StageSource::next(qsizetype most, const Naming& naming)
{
    Portion portion;
    while (!stopped() && m_next < m_requests.size()) {
        const qsizetype room = most - portion.records.size() - portion.failures.size();
        if (room <= 0)
            return portion;
        if (m_walk)
            walkOn(room, portion, naming);
        else
            beginRequest(portion, naming);
    }
    portion.finished = true;
    return portion;
}

void StageSource::beginRequest(Portion& portion, const Naming& naming)
{
    const QString& path = m_requests.at(m_next).path;
    if (QFileInfo(path).isDir()) {
        m_walk.emplace(path, m_stop);
        m_walkGaveNews = false;
        return;
    }
    addFile(path, {}, portion, naming);
    ++m_next;
}

void StageSource::walkOn(qsizetype most, Portion& portion, const Naming& naming)
{
    const QString folder = m_requests.at(m_next).path;
    const FolderWalk::Portion found = m_walk->next(most);
    for (const QString& path : found.files) {
        if (stopped())
            return;
        addFile(path, folder, portion, naming);
    }
    m_walkGaveNews = m_walkGaveNews || !found.files.isEmpty();
    for (const FolderWalk::Skipped& skipped : found.skipped)
        addSkipped(skipped, portion);
    if (found.finished && !stopped())
        endWalk(portion);
}

void StageSource::endWalk(Portion& portion)
{
    const QString& folder = m_requests.at(m_next).path;
    if (!m_walkGaveNews) {
        portion.failures.append(
            {folder,
             Error{.kind = ErrorKind::FolderEmpty,
                   .message = QStringLiteral("%1: no file to upload in it").arg(folder)}});
    }
    m_walk.reset();
    ++m_next;
}

void StageSource::addFile(const QString& path, const QString& folder, Portion& portion,
                          const Naming& naming)
{
    const Result<FileFacts> facts = probeFile(path);
    if (!facts) {
        portion.failures.append({path, facts.error(), folder});
        return;
    }
    const StageRequest& request = m_requests.at(m_next);
    UploadRecord record;
    record.path = path;
    record.name = QFileInfo(path).fileName();
    record.identity = facts->identity;
    record.contentType = *m_contentTypes.insert(facts->contentType);
    record.target = request.target;
    record.replace = request.replace;
    record.state = request.start ? UploadState::Queued : UploadState::Staged;
    record.objectName = makeObjectName(record.name, randomBase32(16), naming.nameTemplate,
                                       naming.now.date().toString(Qt::ISODate));
    record.createdAt = naming.now;
    // They were put together piece by piece, and would keep their spare room for as long as the
    // row is in the list.
    record.path.squeeze();
    record.objectName.squeeze();
    portion.records.append(std::move(record));
}

void StageSource::addSkipped(const FolderWalk::Skipped& skipped, Portion& portion)
{
    const QString& folder = m_requests.at(m_next).path;
    const bool isCounted = skipped.error.kind != ErrorKind::FileNotRegular;
    m_walkGaveNews = m_walkGaveNews || isCounted;
    if (skipped.path == m_walk->top())
        portion.failures.append({folder, skipped.error});
    else
        portion.failures.append({skipped.path, skipped.error, folder});
}

} // namespace ChatApp
