// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/exitcode.h"
#include "cli/reporter.h"
#include "upload/uploadmanager.h"

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QSet>

#include <deque>
#include <vector>

namespace ChatApp {

//! A file of one `put`.
struct PutFile {
    QString shown; //!< as named on the command line
    QString path; //!< absolute
};

//! Keeps the books of one `put`: takes what the upload manager says, tells the reporter what is new
//! for each file, and knows when all is over and with which exit code. Plain values in, calls of
//! the reporter out; no clock of its own (`now` is any steady time).
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
    bool allEnded() const;
    //! Stored uploads that have not ended: they stay for a later run.
    int leftOver() const;
    QList<UploadId> ids() const { return m_ids.values(); }
    //! The records of those that are done.
    QList<UploadRecord> done() const;
    //! The network error that the run has met, if nothing has moved since, for `patience`.
    std::optional<Error> networkAway(Time now, Time patience) const;
    OverallProgress overall() const;
    PutSummary summary(Time duration) const;
    ExitCode exitCode() const { return exitCodeOf(m_failures); }

private:
    struct Entry {
        PutFile file;
        std::optional<UploadSnapshot> upload{};
        bool started = false;
        bool ended = false;
    };
    struct Sample {
        Time time{0};
        qint64 bytes = 0;
    };

    Entry* entryFor(const UploadSnapshot& upload);
    std::optional<size_t> takeUnmatched(const QString& path);
    void update(Entry& entry, const UploadSnapshot& upload, Time now);
    void watchNetwork(const Entry& entry, qint64 bytesBefore, Time now);
    void end(Entry& entry, const std::optional<Error>& error);
    void report(Time now);

    Reporter& m_reporter;
    std::vector<Entry> m_entries;
    QHash<QString, QList<size_t>> m_unmatched; //!< path → entries without a row yet
    QHash<UploadId, size_t> m_byId;
    QHash<UploadId, UploadSnapshot> m_early; //!< seen before we knew which rows are ours
    QSet<UploadId> m_ids;
    bool m_stagingEnded = false;
    QList<ErrorKind> m_failures;
    std::deque<Sample> m_samples; //!< of the last seconds
    std::optional<Error> m_away; //!< network error since which nothing moved
    Time m_awaySince{0};
};

} // namespace ChatApp
