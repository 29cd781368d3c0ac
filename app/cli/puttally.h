// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/exitcode.h"
#include "cli/reporter.h"
#include "upload/restingrecord.h"
#include "upload/uploadmanager.h"

#include <QtCore/QHash>
#include <QtCore/QList>

#include <deque>
#include <map>

namespace ChatApp {

//! What one `put` was told to upload: a file, or a folder with the files in it.
struct PutFile {
    QString shown; //!< as named on the command line
    QString path; //!< absolute
};

//! Keeps the books of one `put`: takes what the upload manager says, tells the reporter what is new
//! for each file, and knows when all is over and with which exit code. That something named is a
//! folder shows by the rows and failures that come from inside it: each of them is a file of the
//! run from then on, and the folder itself is none. Plain values in, calls of the reporter out; no
//! clock of its own (`now` is any steady time). Each call takes time in proportion to its news, and
//! a file no more memory than its name and a few numbers: there may be a hundred thousand.
class PutTally {
public:
    using Time = std::chrono::milliseconds;

    PutTally(const QList<PutFile>& files, Reporter& reporter);

    //! More files, behind those there are.
    void add(const QList<PutFile>& files);
    //! A file that will never be staged: `index` counts from 0 in the order given.
    void fileFailed(qsizetype index, const Error& error);
    void stagingFailed(const StageFailure& failure);
    //! A file that another process has stored as its own: it ends here, without a failure.
    void handedOver(qsizetype index, UploadId id);
    //! The rows that are ours: other rows of the profile are none of our business.
    void staged(const QList<UploadId>& ids, Time now);
    void take(const QList<UploadSnapshot>& uploads, Time now);
    //! Ends the run for every file that has not ended, with one error for all; false if there was
    //! none.
    bool failRest(const Error& error);

    //! Every file has been queued or has failed: the queued ones can be started.
    bool allQueued() const;
    bool allEnded() const { return m_open == 0; }
    //! Stored uploads that have not ended: they stay for a later run.
    int leftOver() const { return m_unfinished + static_cast<int>(m_early.size()); }
    QList<UploadId> ids() const; //!< in the order they were staged
    //! The records of those that are done, the first `mostRecords` of them.
    const QList<UploadRecord>& done() const { return m_done; }
    static constexpr qsizetype mostRecords = 1000;
    //! The network error that the run has met, if nothing has moved since, for `patience`.
    std::optional<Error> networkAway(Time now, Time patience) const;
    OverallProgress overall() const;
    PutSummary summary(Time duration) const;
    ExitCode exitCode() const { return exitCodeOf(m_failures); }

private:
    //! What is remembered of a snapshot.
    struct Seen {
        UploadState state = UploadState::Staged;
        qint64 size = 0;
        qint64 bytesSent = 0;
        std::optional<ErrorKind> waitingFor{};

        bool operator==(const Seen&) const = default;
    };
    struct Entry {
        QByteArray shown; // as UTF-8 it takes half the room
        std::optional<Seen> seen{};
        bool started = false;
        bool ended = false;

        QString name() const { return QString::fromUtf8(shown); }
    };
    struct Sample {
        Time time{0};
        qint64 bytes = 0;
    };

    void takeOne(const UploadSnapshot& upload, Time now);
    Entry* entryFor(const UploadSnapshot& upload);
    std::optional<size_t> takeUnmatched(const QString& path);
    Entry& addEntry(const QString& shown);
    //! The name of a file in a folder that was named, which counts as a folder from then on.
    std::optional<QString> nameInFolder(const QString& path);
    QString takeAsFolder(const QStringList& paths);
    void update(Entry& entry, const UploadSnapshot& upload, Time now);
    void setSeen(Entry& entry, const UploadSnapshot& upload);
    void watchNetwork(const UploadSnapshot& upload, qint64 bytesBefore, Time now);
    void end(Entry& entry, const std::optional<Error>& error, const UploadRecord* record = nullptr);
    void close(Entry& entry);
    void report(Time now);

    Reporter& m_reporter;
    std::deque<Entry> m_entries; // references stay good while it grows
    QHash<QString, QList<size_t>> m_unmatched; //!< path → entries without a row yet
    QHash<QString, QStringList> m_named; //!< path without a slash at its end → paths as given
    QHash<QString, QString> m_folders; //!< path as given → name, of those that are folders
    qsizetype m_files = 0; //!< entries but folders
    qsizetype m_open = 0; //!< those of them that have not ended
    int m_unfinished = 0; //!< rows that have not ended, whatever was told of them
    qsizetype m_unseen = 0; //!< those of them that have no row either
    int m_filesDone = 0;
    qint64 m_bytesDone = 0;
    qint64 m_bytes = 0; //!< of all but the failed ones
    qint64 m_bytesSent = 0;
    QHash<UploadId, Entry*> m_rows; //!< that are ours; null: not seen yet
    qsizetype m_matched = 0; //!< those of them that have an entry
    std::map<UploadId, RestingRecord> m_early; //!< seen before we knew which rows are ours
    RecordPool m_pool; //!< for those
    bool m_stagingEnded = false;
    QList<ErrorKind> m_failures;
    QList<UploadRecord> m_done;
    std::deque<Sample> m_samples; //!< of the last seconds
    std::optional<Error> m_away; //!< network error since which nothing moved
    Time m_awaySince{0};
};

} // namespace ChatApp
