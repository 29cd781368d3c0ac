// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/puttally.h"

#include <QtTest/QTest>

using namespace ChatApp;
using namespace std::chrono_literals;

namespace {

//! Notes down one word per call.
class NotingReporter final : public Reporter {
public:
    void queued(const QString& file, const UploadRecord&) override { note("queued", file); }
    void started(const QString& file) override { note("started", file); }
    void progress(const QString& file, const UploadSnapshot&) override { note("progress", file); }
    void finished(const QString& file, const UploadRecord&) override { note("finished", file); }
    void failed(const QString& file, const Error& error) override
    {
        note("failed", file + QLatin1Char(' ') + errorKindName(error.kind));
    }
    void skipped(const QString& file, const Error&) override { note("skipped", file); }
    void failedTogether(const QStringList& files, const Error& error) override
    {
        note("together",
             files.join(QLatin1Char(' ')) + QLatin1Char(' ') + errorKindName(error.kind));
    }
    void overall(const OverallProgress&) override { }
    void note(const QString&) override { }
    void summary(const PutSummary&) override { }

    QStringList takeNotes() { return std::exchange(m_notes, {}); }

private:
    void note(const char* what, const QString& about)
    {
        m_notes.append(QLatin1String(what) + QLatin1Char(' ') + about);
    }

    QStringList m_notes;
};

QList<PutFile> files(const QStringList& names)
{
    QList<PutFile> list;
    for (const QString& name : names)
        list.append({name, QLatin1String("/in/") + name});
    return list;
}

UploadSnapshot upload(qint64 id, const char* name, UploadState state, qint64 sent = 0)
{
    UploadSnapshot snapshot;
    snapshot.record.id = {id};
    snapshot.record.path = QLatin1String("/in/") + QLatin1String(name);
    snapshot.record.state = state;
    snapshot.record.identity.size = 1000;
    snapshot.bytesSent = sent;
    return snapshot;
}

UploadSnapshot failure(qint64 id, const char* name, ErrorKind kind)
{
    UploadSnapshot snapshot = upload(id, name, UploadState::Failed);
    snapshot.record.error = Error{.kind = kind};
    return snapshot;
}

UploadSnapshot waiting(qint64 id, const char* name, ErrorKind kind)
{
    UploadSnapshot snapshot = upload(id, name, UploadState::Waiting);
    snapshot.waitingFor = Error{.kind = kind};
    return snapshot;
}

const QStringList none;

} // namespace

class TestPutTally : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneFileFromBeginningToEnd();
    void snapshotsMayComeBeforeTheIds();
    void otherRowsAreNoneOfOurBusiness();
    void theSameFileTwiceIsTwoUploads();
    void filesThatCannotBeStaged();
    void filesOfAFolder();
    void foldersThatGiveNothing();
    void foldersInFolders();
    void pausedRowsHaveNotStarted();
    void whatHasNotEndedIsLeft();
    void everyEndIsToldOnce();
    void cancelledIsAFailure();
    void theRestFailsTogether();
    void progressIsOnlyToldWhenThereIsSome();
    void overallLeavesFailedFilesOut();
    void speedAndTimeLeft();
    void networkAway();
    void throttlingIsNotTheNetwork();
};

void TestPutTally::oneFileFromBeginningToEnd()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a")}), reporter);
    QVERIFY(!tally.allQueued());
    tally.staged({{1}}, 0ms);
    QVERIFY(!tally.allQueued());
    tally.take({upload(1, "a", UploadState::Staged)}, 0ms);
    QVERIFY(tally.allQueued());
    QCOMPARE(tally.ids(), QList<UploadId>{{1}});
    tally.take({upload(1, "a", UploadState::Queued)}, 100ms);
    tally.take({upload(1, "a", UploadState::Putting, 10)}, 200ms);
    tally.take({upload(1, "a", UploadState::Putting, 20)}, 300ms);
    QVERIFY(!tally.allEnded());
    tally.take({upload(1, "a", UploadState::Done, 1000)}, 400ms);
    QVERIFY(tally.allEnded());
    QCOMPARE(reporter.takeNotes(),
             (QStringList{QStringLiteral("queued a"), QStringLiteral("started a"),
                          QStringLiteral("progress a"), QStringLiteral("progress a"),
                          QStringLiteral("finished a")}));
    const PutSummary summary = tally.summary(400ms);
    QCOMPARE(summary.files, 1);
    QCOMPARE(summary.done, 1);
    QCOMPARE(summary.failed, 0);
    QCOMPARE(summary.bytes, 1000);
    QCOMPARE(tally.exitCode(), ExitCode::Done);
    QCOMPARE(tally.done().size(), 1);
}

void TestPutTally::snapshotsMayComeBeforeTheIds()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a")}), reporter);
    tally.take({upload(1, "a", UploadState::Staged)}, 0ms);
    QCOMPARE(reporter.takeNotes(), none);
    tally.staged({{1}}, 0ms);
    QCOMPARE(reporter.takeNotes(), QStringList{QStringLiteral("queued a")});
    QVERIFY(tally.allQueued());
}

void TestPutTally::otherRowsAreNoneOfOurBusiness()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a")}), reporter);
    tally.take({upload(1, "a", UploadState::Paused)}, 0ms);
    tally.staged({{2}}, 0ms);
    tally.take({upload(3, "b", UploadState::Staged)}, 0ms);
    QVERIFY(!tally.allQueued());
    QCOMPARE(reporter.takeNotes(), none);
    tally.take({upload(2, "a", UploadState::Staged)}, 0ms);
    QVERIFY(tally.allQueued());
    QCOMPARE(tally.ids(), QList<UploadId>{{2}});
}

void TestPutTally::theSameFileTwiceIsTwoUploads()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a"), QStringLiteral("a")}), reporter);
    tally.staged({{1}, {2}}, 0ms);
    tally.take({upload(1, "a", UploadState::Staged), upload(2, "a", UploadState::Staged)}, 0ms);
    QVERIFY(tally.allQueued());
    tally.take({upload(2, "a", UploadState::Done)}, 0ms);
    QVERIFY(!tally.allEnded());
    tally.take({upload(1, "a", UploadState::Done)}, 0ms);
    QVERIFY(tally.allEnded());
    QCOMPARE(tally.summary(0ms).done, 2);
}

void TestPutTally::filesThatCannotBeStaged()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}),
                   reporter);
    tally.fileFailed(1, Error{.kind = ErrorKind::FileNameNotUtf8});
    tally.stagingFailed({QStringLiteral("/in/c"), Error{.kind = ErrorKind::FileMissing}});
    tally.staged({{1}}, 0ms);
    QVERIFY(!tally.allQueued());
    tally.take({upload(1, "a", UploadState::Staged)}, 0ms);
    QVERIFY(tally.allQueued());
    tally.take({upload(1, "a", UploadState::Done)}, 0ms);
    QVERIFY(tally.allEnded());
    QCOMPARE(reporter.takeNotes(),
             (QStringList{QStringLiteral("failed b fileNameNotUtf8"),
                          QStringLiteral("failed c fileMissing"), QStringLiteral("queued a"),
                          QStringLiteral("started a"), QStringLiteral("finished a")}));
    QCOMPARE(tally.exitCode(), ExitCode::Failed);
}

void TestPutTally::filesOfAFolder()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("d/"), QStringLiteral("a")}), reporter);
    tally.stagingFailed({QStringLiteral("/in/d/pipe"), Error{.kind = ErrorKind::FileNotRegular},
                         QStringLiteral("/in/d/")});
    tally.stagingFailed({QStringLiteral("/in/d/e/locked"), Error{.kind = ErrorKind::FileUnreadable},
                         QStringLiteral("/in/d/")});
    tally.staged({{1}, {2}, {3}}, 0ms);
    tally.take({upload(1, "d/x", UploadState::Staged), upload(3, "a", UploadState::Staged)}, 0ms);
    QVERIFY(!tally.allQueued()); // the other file of the folder is to come
    tally.take({upload(2, "d/e/y", UploadState::Staged)}, 0ms);
    QVERIFY(tally.allQueued());
    QCOMPARE(reporter.takeNotes(),
             (QStringList{QStringLiteral("skipped d/pipe"),
                          QStringLiteral("failed d/e/locked fileUnreadable"),
                          QStringLiteral("queued d/x"), QStringLiteral("queued a"),
                          QStringLiteral("queued d/e/y")}));
    for (const auto& [id, name] : {std::pair{1, "d/x"}, {2, "d/e/y"}, {3, "a"}})
        tally.take({upload(id, name, UploadState::Done)}, 0ms);
    QVERIFY(tally.allEnded());
    QCOMPARE(tally.summary(0ms).files, 4);
    QCOMPARE(tally.summary(0ms).done, 3);
    QCOMPARE(tally.summary(0ms).failed, 1);
    QCOMPARE(tally.summary(0ms).bytes, 3000);
    QCOMPARE(tally.exitCode(), ExitCode::Failed);
}

void TestPutTally::foldersThatGiveNothing()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("empty"), QStringLiteral("bad")}), reporter);
    tally.stagingFailed({QStringLiteral("/in/empty"), Error{.kind = ErrorKind::FolderEmpty}});
    tally.stagingFailed({QStringLiteral("/in/bad/\\xff"), Error{.kind = ErrorKind::FileNameNotUtf8},
                         QStringLiteral("/in/bad")});
    tally.staged({}, 0ms);
    QVERIFY(tally.allQueued() && tally.allEnded());
    QCOMPARE(reporter.takeNotes(),
             (QStringList{QStringLiteral("failed empty folderEmpty"),
                          QStringLiteral("failed bad/\\xff fileNameNotUtf8")}));
    QCOMPARE(tally.summary(0ms).files, 2);

    PutTally skips(files({QStringLiteral("d")}), reporter);
    skips.stagingFailed({QStringLiteral("/in/d/pipe"), Error{.kind = ErrorKind::FileNotRegular},
                         QStringLiteral("/in/d")});
    skips.staged({{1}}, 0ms);
    skips.take({upload(1, "d/x", UploadState::Done)}, 0ms);
    QVERIFY(skips.allEnded());
    QCOMPARE(skips.exitCode(), ExitCode::Done);
}

//! One named inside another, and one twice: each naming is a file of its own.
void TestPutTally::foldersInFolders()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("d"), QStringLiteral("d/e"), QStringLiteral("d/e/x"),
                          QStringLiteral("d")}),
                   reporter);
    tally.staged({{1}, {2}, {3}, {4}}, 0ms);
    tally.take({upload(1, "d/e/x", UploadState::Done), upload(2, "d/e/x", UploadState::Done),
                upload(3, "d/e/x", UploadState::Done)},
               0ms);
    QVERIFY(!tally.allQueued());
    tally.take({upload(4, "d/e/x", UploadState::Done)}, 0ms);
    QVERIFY(tally.allQueued() && tally.allEnded());
    QCOMPARE(tally.summary(0ms).files, 4);
    QCOMPARE(tally.summary(0ms).done, 4);
}

//! Rows that an earlier run left, as `resume` meets them.
void TestPutTally::pausedRowsHaveNotStarted()
{
    NotingReporter reporter;
    PutTally tally({}, reporter);
    QVERIFY(tally.allEnded());
    tally.add(files({QStringLiteral("a"), QStringLiteral("b")}));
    QVERIFY(!tally.allEnded());
    tally.fileFailed(1, Error{.kind = ErrorKind::Usage});
    tally.staged({{1}}, 0ms);
    tally.take({upload(1, "a", UploadState::Paused)}, 0ms);
    tally.take({upload(1, "a", UploadState::Queued)}, 0ms);
    QCOMPARE(reporter.takeNotes(),
             (QStringList{QStringLiteral("failed b usage"), QStringLiteral("queued a")}));
    tally.take({upload(1, "a", UploadState::Done, 1000)}, 0ms);
    QCOMPARE(reporter.takeNotes(),
             (QStringList{QStringLiteral("started a"), QStringLiteral("finished a")}));
    QVERIFY(tally.allEnded());
}

void TestPutTally::whatHasNotEndedIsLeft()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}),
                   reporter);
    QCOMPARE(tally.leftOver(), 0);
    tally.take({upload(1, "a", UploadState::Queued)}, 0ms);
    QCOMPARE(tally.leftOver(), 1); // stored, though not known to be ours
    tally.staged({{1}, {2}}, 0ms);
    tally.take({upload(2, "b", UploadState::Putting), upload(9, "x", UploadState::Queued)}, 0ms);
    QCOMPARE(tally.leftOver(), 2);
    tally.take({upload(2, "b", UploadState::Done, 1000)}, 0ms);
    QCOMPARE(tally.leftOver(), 1);
    QVERIFY(tally.failRest(Error{.kind = ErrorKind::Offline}));
    QVERIFY(!tally.failRest(Error{.kind = ErrorKind::Offline}));
    QCOMPARE(tally.leftOver(), 1);
}

void TestPutTally::everyEndIsToldOnce()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a")}), reporter);
    tally.staged({{1}}, 0ms);
    tally.take({failure(1, "a", ErrorKind::Dns)}, 0ms);
    tally.take({failure(1, "a", ErrorKind::Dns)}, 0ms);
    tally.failRest(Error{.kind = ErrorKind::Internal});
    QCOMPARE(reporter.takeNotes(),
             (QStringList{QStringLiteral("queued a"), QStringLiteral("started a"),
                          QStringLiteral("failed a dns")}));
    QCOMPARE(tally.exitCode(), ExitCode::Network);
}

void TestPutTally::cancelledIsAFailure()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a")}), reporter);
    tally.staged({{1}}, 0ms);
    tally.take({upload(1, "a", UploadState::Cancelled)}, 0ms);
    QVERIFY(reporter.takeNotes().contains(QStringLiteral("failed a cancelled")));
    QVERIFY(tally.exitCode() != ExitCode::Done);
}

void TestPutTally::theRestFailsTogether()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}),
                   reporter);
    tally.fileFailed(0, Error{.kind = ErrorKind::ProfileInUse});
    tally.failRest(Error{.kind = ErrorKind::ProfileInUse});
    QVERIFY(tally.allEnded());
    QVERIFY(reporter.takeNotes().contains(QStringLiteral("together b c profileInUse")));
    QCOMPARE(tally.exitCode(), ExitCode::ProfileInUse);
    QCOMPARE(tally.summary(0ms).failed, 3);
}

void TestPutTally::progressIsOnlyToldWhenThereIsSome()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a")}), reporter);
    tally.staged({{1}}, 0ms);
    tally.take({upload(1, "a", UploadState::Putting, 10)}, 0ms);
    reporter.takeNotes();
    tally.take({upload(1, "a", UploadState::Putting, 10)}, 100ms);
    QCOMPARE(reporter.takeNotes(), none);
    tally.take({upload(1, "a", UploadState::Verifying, 10)}, 200ms);
    QCOMPARE(reporter.takeNotes(), QStringList{QStringLiteral("progress a")});
}

void TestPutTally::overallLeavesFailedFilesOut()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}),
                   reporter);
    tally.staged({{1}, {2}, {3}}, 0ms);
    tally.take({upload(1, "a", UploadState::Done), failure(2, "b", ErrorKind::Dns),
                upload(3, "c", UploadState::Putting, 250)},
               0ms);
    const OverallProgress progress = tally.overall();
    QCOMPARE(progress.files, 3);
    QCOMPARE(progress.filesEnded, 2);
    QCOMPARE(progress.bytes, 2000);
    QCOMPARE(progress.bytesSent, 1250);
}

void TestPutTally::speedAndTimeLeft()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a")}), reporter);
    tally.staged({{1}}, 0ms);
    tally.take({upload(1, "a", UploadState::Putting, 0)}, 1000ms);
    tally.take({upload(1, "a", UploadState::Putting, 100)}, 2000ms);
    QVERIFY(tally.overall().bytesPerSecond > 0);
    tally.take({upload(1, "a", UploadState::Putting, 400)}, 5000ms);
    QCOMPARE(tally.overall().bytesPerSecond, 80.0);
    QVERIFY(tally.overall().timeLeft.has_value());
    QCOMPARE(tally.overall().timeLeft->count(), 7500);
    tally.take({upload(1, "a", UploadState::Putting, 0)}, 6000ms);
    QVERIFY(!tally.overall().timeLeft.has_value());
}

void TestPutTally::networkAway()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a"), QStringLiteral("b")}), reporter);
    tally.staged({{1}, {2}}, 0ms);
    tally.take({upload(1, "a", UploadState::Authorizing), upload(2, "b", UploadState::Queued)},
               0ms);
    QVERIFY(!tally.networkAway(60s, 30s));
    tally.take({waiting(1, "a", ErrorKind::Dns)}, 60s);
    QVERIFY(!tally.networkAway(89s, 30s));
    // The next attempt, still without success, does not start the wait again.
    tally.take({upload(1, "a", UploadState::Authorizing)}, 70s);
    tally.take({waiting(1, "a", ErrorKind::Timeout)}, 80s);
    QVERIFY(tally.networkAway(90s, 30s).has_value());
    QCOMPARE(tally.networkAway(90s, 30s)->kind, ErrorKind::Timeout);
    tally.take({upload(1, "a", UploadState::Putting, 1)}, 91s);
    QVERIFY(!tally.networkAway(1000s, 30s));
}

void TestPutTally::throttlingIsNotTheNetwork()
{
    NotingReporter reporter;
    PutTally tally(files({QStringLiteral("a")}), reporter);
    tally.staged({{1}}, 0ms);
    tally.take({waiting(1, "a", ErrorKind::Throttled)}, 0ms);
    QVERIFY(!tally.networkAway(1000s, 30s));
}

QTEST_GUILESS_MAIN(TestPutTally)
#include "tst_puttally.moc"
