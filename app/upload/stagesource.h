// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "storage/uploadrecord.h"
#include "upload/folderwalk.h"
#include "upload/uploadmanager.h"

#include <QtCore/QSet>

#include <optional>

namespace ChatApp {

//! Turns what is to be staged into records, a portion at a time: files are looked at, folders are
//! walked. Blocks on the disk: used on a worker, by one thread at a time.
class StageSource {
public:
    //! What object names are made with.
    struct Naming {
        QString nameTemplate;
        QDateTime now; //!< UTC
    };
    struct Portion {
        QList<UploadRecord> records; //!< Staged or Queued, without an id or a place in the queue
        QList<StageFailure> failures;
        bool finished = false; //!< there is nothing after this portion
    };

    //! Once `stop` is true, next() gives what it has and finishes.
    StageSource(QList<StageRequest> requests, FolderWalk::StopFlag stop);

    //! At most `most` records and failures together, one more where a folder turns out empty.
    Portion next(qsizetype most, const Naming& naming);

private:
    void beginRequest(Portion& portion, const Naming& naming);
    void walkOn(qsizetype most, Portion& portion, const Naming& naming);
    void endWalk(Portion& portion);
    void addFile(const QString& path, const QString& folder, Portion& portion,
                 const Naming& naming);
    void addSkipped(const FolderWalk::Skipped& skipped, Portion& portion);
    bool stopped() const { return m_stop && m_stop->load(); }

    const QList<StageRequest> m_requests;
    const FolderWalk::StopFlag m_stop;
    qsizetype m_next = 0; // the request that is at work
    std::optional<FolderWalk> m_walk; // where that is a folder
    bool m_walkGaveNews = false; // a file, or a failure that counts
    // Content types are few: a hundred thousand rows share the text of each.
    QSet<QString> m_contentTypes;
};

} // namespace ChatApp
