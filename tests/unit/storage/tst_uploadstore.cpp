// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "storage/uploadstore.h"
#include "storagefixtures.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <utility>

using namespace ChatApp;
using namespace ChatApp::Test;

namespace {

UploadRecord fullRecord()
{
    UploadRecord record;
    record.state = UploadState::Failed;
    record.path = QString::fromUtf8("/data/图片 \xF0\x9F\x98\x80/a'b\"c\n.png");
    record.name = QString::fromUtf8("a'b\"c\n.png");
    record.identity = {0xFFFF'FFFF'FFFF'FFFEULL, 0x8000'0000'0000'0001ULL, 5'000'000'000,
                       1'700'000'000'123'456'789};
    record.target = {{QStringLiteral("account")},      QStringLiteral("Work"),
                     QStringLiteral("LTAIexample"),    QStringLiteral("http://127.0.0.1:8080"),
                     QStringLiteral("ap-southeast-1"), {QStringLiteral("space")},
                     QStringLiteral("Space")};
    record.objectName = QStringLiteral("a-b-c-abcdefghijklmnop.png");
    record.contentType = QStringLiteral("image/png");
    record.replace = true;
    record.bucket = QStringLiteral("bucket");
    record.key = QStringLiteral("dir/a-b-c-abcdefghijklmnop.png");
    record.url = QStringLiteral("https://bucket.oss.example/dir/a-b-c-abcdefghijklmnop.png");
    record.crc64 = 0xFEDC'BA98'7654'3210ULL;
    record.requestId = QStringLiteral("REQUEST");
    record.error = Error{ErrorKind::Throttled,           QStringLiteral("System.LimitControl"),
                         QStringLiteral("too fast"),     503,
                         QStringLiteral("ERR-REQ"),      QStringLiteral("0002-00000226"),
                         std::chrono::milliseconds(1500)};
    record.link = LinkState::WrongType;
    record.createdAt = atMs(1'700'000'000'001);
    record.startedAt = atMs(1'700'000'000'002);
    record.endedAt = atMs(1'700'000'000'003);
    return record;
}

QStringList namesOf(const Result<QList<UploadRecord>>& records)
{
    QStringList names;
    if (!records)
        return {records.error().message};
    for (const UploadRecord& record : *records)
        names += record.name;
    return names;
}

} // namespace

class TestUploadStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void stateNamesAreTheirInverse();
    void everyFieldComesBack();
    void emptyFieldsComeBackEmpty();
    void updateWritesTheWholeRow();
    void updateOfAMissingRowFailsAndChangesNothing();
    void idsAreNeverUsedAgain();
    void unfinishedIsOldestFirstAndHistoryNewestFirst();
    void unfinishedGoesByPosition();
    void anUpdateLeavesThePosition();
    void theQueueOfAnOlderVersionKeepsItsOrder();
    void endedNeedsItsTime_data();
    void endedNeedsItsTime();
    void filters();
    void pagingHasNoGapsAndNoRepeats_data();
    void pagingHasNoGapsAndNoRepeats();
    void search_data();
    void search();
    void searchFollowsUpdatesAndRemovals();
    void oneBadRowBlocksNoOther();
    void unfinishedComesInPages();
    void badRowsDoNotShortenAPage();
    void linkIsUpdatedAlone();
    void bucketFactsAreReplaced();
    void manyRowsInOneCall();

private:
    Result<QList<UploadRecord>> history(const HistoryQuery& query)
    {
        return resultOf(m_store->history(query));
    }
    QList<UploadRecord> insert(const QList<UploadRecord>& records)
    {
        const auto inserted = resultOf(m_store->insert(records));
        return inserted ? *inserted : QList<UploadRecord>();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<UploadStore> m_store;
};

void TestUploadStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_database = std::make_unique<Database>(m_folder->filePath(QStringLiteral("uploads.sqlite")),
                                            Database::Mode::Writer);
    m_store = std::make_unique<UploadStore>(*m_database);
    QVERIFY(resultOf(m_database->open()).ok());
}

void TestUploadStore::cleanup()
{
    m_store.reset();
    m_database.reset();
    m_folder.reset();
}

void TestUploadStore::stateNamesAreTheirInverse()
{
    QStringList names;
    for (int i = 0; i <= static_cast<int>(UploadState::Cancelled); ++i) {
        const auto state = static_cast<UploadState>(i);
        names += uploadStateName(state);
        QCOMPARE(uploadStateFromName(names.last()), std::optional(state));
    }
    QCOMPARE(names.removeDuplicates(), 0);
    QVERIFY(!uploadStateFromName(QStringLiteral("exploding")));
    for (int i = 0; i <= static_cast<int>(LinkState::WrongType); ++i) {
        const auto state = static_cast<LinkState>(i);
        QCOMPARE(linkStateFromName(linkStateName(state)), state);
    }
}

void TestUploadStore::everyFieldComesBack()
{
    const QList<UploadRecord> inserted = insert({fullRecord()});
    QCOMPARE(inserted.size(), 1);
    QVERIFY(inserted.first().id.value > 0);
    UploadRecord expected = fullRecord();
    expected.id = inserted.first().id;
    const auto stored = history({});
    QVERIFY(stored.ok());
    QVERIFY(*stored == QList<UploadRecord>{expected});
    QVERIFY(*stored == inserted);
}

void TestUploadStore::emptyFieldsComeBackEmpty()
{
    UploadRecord record;
    record.path = QStringLiteral("/x");
    record.createdAt = atMs(1);
    const QList<UploadRecord> inserted = insert({record});
    const auto stored = resultOf(m_store->unfinished());
    QVERIFY(stored.ok());
    QVERIFY(*stored == inserted);
    QVERIFY(!stored->first().error);
    QVERIFY(!stored->first().crc64);
    QVERIFY(!stored->first().startedAt.isValid());
}

void TestUploadStore::updateWritesTheWholeRow()
{
    UploadRecord record = insert({stagedUpload(QStringLiteral("old.png"))}).first();
    const UploadId id = record.id;
    record = fullRecord();
    record.id = id;
    QVERIFY(resultOf(m_store->update({record})).ok());
    const auto stored = history({});
    QVERIFY(stored.ok());
    QVERIFY(*stored == QList<UploadRecord>{record});
}

void TestUploadStore::updateOfAMissingRowFailsAndChangesNothing()
{
    UploadRecord there = insert({stagedUpload(QStringLiteral("there.png"))}).first();
    there.contentType = QStringLiteral("changed");
    UploadRecord missing = stagedUpload(QStringLiteral("missing.png"));
    missing.id = {4711};
    const Result<void> updated = resultOf(m_store->update({there, missing}));
    QVERIFY(!updated.ok());
    QCOMPARE(updated.error().kind, ErrorKind::StoreFailed);
    QCOMPARE(resultOf(m_store->unfinished())->first().contentType, QString());
}

void TestUploadStore::idsAreNeverUsedAgain()
{
    const UploadId first = insert({stagedUpload(QStringLiteral("a"))}).first().id;
    QVERIFY(resultOf(m_store->remove({first})).ok());
    QVERIFY(insert({stagedUpload(QStringLiteral("b"))}).first().id.value > first.value);
}

void TestUploadStore::unfinishedIsOldestFirstAndHistoryNewestFirst()
{
    insert({stagedUpload(QStringLiteral("one")), stagedUpload(QStringLiteral("two")),
            endedUpload(QStringLiteral("early"), UploadState::Done, 1000),
            endedUpload(QStringLiteral("late"), UploadState::Cancelled, 3000),
            endedUpload(QStringLiteral("tie 1"), UploadState::Failed, 2000),
            endedUpload(QStringLiteral("tie 2"), UploadState::Failed, 2000)});
    QCOMPARE(namesOf(resultOf(m_store->unfinished())),
             (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
    QCOMPARE(namesOf(history({})),
             (QStringList{QStringLiteral("late"), QStringLiteral("tie 2"), QStringLiteral("tie 1"),
                          QStringLiteral("early")}));
}

void TestUploadStore::unfinishedGoesByPosition()
{
    UploadRecord last = stagedUpload(QStringLiteral("last"));
    last.queuePosition = 7;
    const QList<UploadRecord> rows =
        insert({last, stagedUpload(QStringLiteral("one")), stagedUpload(QStringLiteral("two"))});
    QCOMPARE(namesOf(resultOf(m_store->unfinished())),
             (QStringList{QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("last")}));
    QVERIFY(resultOf(m_store->setPositions({{rows.at(2).id, -1}, {UploadId{4711}, 3}})).ok());
    const auto stored = resultOf(m_store->unfinished());
    QCOMPARE(namesOf(stored),
             (QStringList{QStringLiteral("two"), QStringLiteral("one"), QStringLiteral("last")}));
    QCOMPARE(stored->first().queuePosition, -1);
    QCOMPARE(stored->last().queuePosition, 7);
}

//! An upload under way writes its row as it knew it when it began.
void TestUploadStore::anUpdateLeavesThePosition()
{
    UploadRecord row = insert({stagedUpload(QStringLiteral("a"))}).first();
    QVERIFY(resultOf(m_store->setPositions({{row.id, 5}})).ok());
    row.contentType = QStringLiteral("image/png");
    QVERIFY(resultOf(m_store->update({row})).ok());
    QCOMPARE(resultOf(m_store->unfinished())->first().queuePosition, 5);
}

void TestUploadStore::theQueueOfAnOlderVersionKeepsItsOrder()
{
    const QString file = m_folder->filePath(QStringLiteral("old.sqlite"));
    {
        Database old(file, Database::Mode::Writer, builtInMigrations().mid(0, 1));
        QVERIFY(resultOf(old.open()).ok());
        for (const char* name : {"one", "two"}) {
            QVERIFY(
                run(old,
                    QStringLiteral("INSERT INTO uploads VALUES (NULL, 'queued', '/p', '%1', 1, "
                                   "1, 1, 1, '', '', '', '', '', '', '', '', '', 0, '', NULL, "
                                   "NULL, NULL, '', NULL, '', '', 0, '', '', NULL, 'unchecked', "
                                   "1, NULL, NULL)")
                        .arg(QLatin1String(name)))
                    .ok());
        }
    }
    Database database(file, Database::Mode::Writer);
    QVERIFY(resultOf(database.open()).ok());
    const auto rows = resultOf(UploadStore(database).unfinished());
    QCOMPARE(namesOf(rows), (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
    QVERIFY(rows->at(1).queuePosition - rows->at(0).queuePosition > 1000);
}

void TestUploadStore::endedNeedsItsTime_data()
{
    QTest::addColumn<bool>("ended");
    QTest::addColumn<bool>("hasTime");
    QTest::newRow("done without a time") << true << false;
    QTest::newRow("queued with a time") << false << true;
}

void TestUploadStore::endedNeedsItsTime()
{
    QFETCH(bool, ended);
    QFETCH(bool, hasTime);
    UploadRecord record = stagedUpload(QStringLiteral("x"));
    record.state = ended ? UploadState::Done : UploadState::Queued;
    if (hasTime)
        record.endedAt = atMs(1000);
    const auto inserted = resultOf(m_store->insert({record}));
    QVERIFY(!inserted.ok());
    QCOMPARE(inserted.error().kind, ErrorKind::StoreFailed);
    QVERIFY(inserted.error().message.contains(QStringLiteral("ended_rows_have_an_end")));
}

void TestUploadStore::filters()
{
    UploadRecord other = endedUpload(QStringLiteral("other"), UploadState::Failed, 2000);
    other.target.accountId = {QStringLiteral("account-2")};
    other.target.spaceId = {QStringLiteral("space-2")};
    insert({endedUpload(QStringLiteral("done"), UploadState::Done, 1000), other,
            stagedUpload(QStringLiteral("staged"))});
    const QStringList done{QStringLiteral("done")};
    const QStringList others{QStringLiteral("other")};
    QCOMPARE(namesOf(history({.outcome = UploadState::Done})), done);
    QCOMPARE(namesOf(history({.outcome = UploadState::Failed})), others);
    QCOMPARE(namesOf(history({.outcome = UploadState::Cancelled})), QStringList());
    QCOMPARE(namesOf(history({.account = {QStringLiteral("account-1")}})), done);
    QCOMPARE(namesOf(history({.space = {QStringLiteral("space-2")}})), others);
    QCOMPARE(namesOf(history({.outcome = UploadState::Done, .space = {QStringLiteral("space-2")}})),
             QStringList());
}

void TestUploadStore::pagingHasNoGapsAndNoRepeats_data()
{
    QTest::addColumn<QString>("search");
    QTest::newRow("all") << QString();
    QTest::newRow("full text") << QStringLiteral("photo");
    QTest::newRow("like") << QStringLiteral("ph");
}

void TestUploadStore::pagingHasNoGapsAndNoRepeats()
{
    QFETCH(QString, search);
    QList<UploadRecord> records;
    for (int i = 0; i < 95; ++i) { // many share one end
        records +=
            endedUpload(QStringLiteral("photo %1").arg(i), UploadState::Done, 1000 + (i * 7 % 5));
    }
    insert(records);
    const auto all = history({.search = search, .limit = -1});
    QVERIFY(all.ok());
    QCOMPARE(all->size(), 95);
    HistoryQuery query{.search = search, .limit = 10};
    QStringList paged;
    for (int page = 0; page < 20; ++page) {
        const auto rows = history(query);
        QVERIFY(rows.ok());
        if (rows->isEmpty())
            break;
        QVERIFY(rows->size() <= 10);
        paged += namesOf(rows);
        query.afterEndedAtMs = rows->last().endedAt.toMSecsSinceEpoch();
        query.afterId = rows->last().id;
    }
    QCOMPARE(paged, namesOf(all));
}

void TestUploadStore::search_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("found");
    const auto row = [](const char* what, const char* text, const QStringList& found) {
        QTest::newRow(what) << QString::fromUtf8(text) << found;
    };
    const QString holiday = QStringLiteral("Holiday_100%.JPG");
    const QString chinese = QString::fromUtf8("促销图片.png");
    const QString accent = QString::fromUtf8("cafe\xCC\x81 menu.pdf"); // e + combining acute
    const QString smile = QString::fromUtf8("\xF0\x9F\x98\x80.gif");
    const QString quoted = QStringLiteral("say \"hi\" OR * NEAR.txt");
    row("nothing asked: all", "", {quoted, smile, accent, chinese, holiday});
    row("part of a name, other case", "holi", {holiday});
    row("one CJK character", "图", {chinese});
    row("two CJK characters", "图片", {chinese});
    row("three CJK characters", "销图片", {chinese});
    row("percent is no wildcard", "0%", {holiday});
    row("underscore is no wildcard", "y_", {holiday});
    row("underscore alone", "_", {holiday});
    row("emoji is one character", "\xF0\x9F\x98\x80", {smile});
    row("composed finds decomposed", "caf\xC3\xA9", {accent});
    row("composed, two characters", "f\xC3\xA9", {accent});
    row("query syntax means nothing", "\"hi\" OR *", {quoted});
    row("no such part", "OR zzz", {});
    row("part of an error", "AccessDen", {accent});
    row("part of an error's text", "no right", {accent});
    row("white space around", "  holiday ", {holiday});
    row("whole key", "dir/Holiday_100-abc.JPG", {holiday});
    row("part of a key is not found", "dir/Holiday", {});
    row("whole url", "https://b.oss.example/dir/Holiday_100-abc.JPG", {holiday});
    row("part of a url is not found", "https://b.oss.example/dir/", {});
    row("slash in an error", "image/png", {smile});
}

void TestUploadStore::search()
{
    UploadRecord holiday = endedUpload(QStringLiteral("Holiday_100%.JPG"), UploadState::Done, 1000);
    holiday.key = QStringLiteral("dir/Holiday_100-abc.JPG");
    holiday.url = QStringLiteral("https://b.oss.example/dir/Holiday_100-abc.JPG");
    UploadRecord accent =
        endedUpload(QString::fromUtf8("cafe\xCC\x81 menu.pdf"), UploadState::Failed, 3000);
    accent.error = Error{.kind = ErrorKind::PermissionDenied,
                         .code = QStringLiteral("AccessDenied"),
                         .message = QStringLiteral("You have no right to do this")};
    UploadRecord smile =
        endedUpload(QString::fromUtf8("\xF0\x9F\x98\x80.gif"), UploadState::Failed, 4000);
    smile.error = Error{.kind = ErrorKind::Rejected, .message = QStringLiteral("not image/png")};
    insert({holiday, endedUpload(QString::fromUtf8("促销图片.png"), UploadState::Done, 2000),
            accent, smile,
            endedUpload(QStringLiteral("say \"hi\" OR * NEAR.txt"), UploadState::Done, 5000),
            stagedUpload(QString::fromUtf8("holiday 图片 not ended"))});
    QFETCH(QString, text);
    QFETCH(QStringList, found);
    QCOMPARE(namesOf(history({.search = text})), found);
}

void TestUploadStore::searchFollowsUpdatesAndRemovals()
{
    UploadRecord record =
        insert({endedUpload(QStringLiteral("first.png"), UploadState::Done, 1000)}).first();
    record.name = QStringLiteral("second.png");
    QVERIFY(resultOf(m_store->update({record})).ok());
    QCOMPARE(namesOf(history({.search = QStringLiteral("first")})), QStringList());
    QCOMPARE(namesOf(history({.search = QStringLiteral("second")})), QStringList{record.name});
    QVERIFY(resultOf(m_store->remove({record.id})).ok());
    QCOMPARE(namesOf(history({.search = QStringLiteral("second")})), QStringList());
    QVERIFY(
        run(*m_database,
            QStringLiteral("INSERT INTO uploads_text (uploads_text) VALUES ('integrity-check')"))
            .ok());
}

void TestUploadStore::oneBadRowBlocksNoOther()
{
    insert({stagedUpload(QStringLiteral("bad state")), stagedUpload(QStringLiteral("good")),
            endedUpload(QStringLiteral("bad crc"), UploadState::Done, 2000),
            endedUpload(QStringLiteral("bad outcome"), UploadState::Done, 3000),
            endedUpload(QStringLiteral("fine"), UploadState::Done, 1000)});
    const auto spoil = [this](const char* name, const char* assignment) {
        return run(*m_database,
                   QStringLiteral("UPDATE uploads SET %1 WHERE name = '%2'")
                       .arg(QString::fromLatin1(assignment), QString::fromLatin1(name)))
            .ok();
    };
    QVERIFY(run(*m_database, QStringLiteral("PRAGMA ignore_check_constraints = ON")).ok());
    QVERIFY(spoil("bad state", "state = 'exploding'"));
    QVERIFY(spoil("bad crc", "crc64 = 'abc'"));
    QVERIFY(spoil("bad outcome", "state = 'exploded'"));
    for (int i = 0; i < 3; ++i)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("row left out")));
    QCOMPARE(namesOf(resultOf(m_store->unfinished())), QStringList{QStringLiteral("good")});
    QCOMPARE(namesOf(history({})), QStringList{QStringLiteral("fine")});
}

//! The rows of a page are counted with those that cannot be read, or a bad one would pass for the
//! end.
void TestUploadStore::unfinishedComesInPages()
{
    insert({stagedUpload(QStringLiteral("1")), stagedUpload(QStringLiteral("bad")),
            stagedUpload(QStringLiteral("3")),
            endedUpload(QStringLiteral("ended"), UploadState::Done, 1000),
            stagedUpload(QStringLiteral("4"))});
    QVERIFY(run(*m_database, QStringLiteral("PRAGMA ignore_check_constraints = ON")).ok());
    QVERIFY(run(*m_database,
                QStringLiteral("UPDATE uploads SET state = 'exploding' WHERE name = 'bad'"))
                .ok());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("row left out")));
    const auto first = resultOf(m_store->unfinishedPage(2, 0));
    QCOMPARE(first->rows, 2);
    QCOMPARE(namesOf(Result<QList<UploadRecord>>(first->records)),
             QStringList{QStringLiteral("1")});
    const auto second = resultOf(m_store->unfinishedPage(3, 2));
    QCOMPARE(second->rows, 2);
    QCOMPARE(namesOf(Result<QList<UploadRecord>>(second->records)),
             (QStringList{QStringLiteral("3"), QStringLiteral("4")}));
    QCOMPARE(resultOf(m_store->unfinishedPage(3, 4))->rows, 0);
}

void TestUploadStore::badRowsDoNotShortenAPage()
{
    QList<UploadRecord> records;
    for (int i = 0; i < 30; ++i)
        records += endedUpload(QString::number(i), UploadState::Done, 1000 + i);
    insert(records);
    QVERIFY(run(*m_database,
                QStringLiteral("UPDATE uploads SET crc64 = 'abc' WHERE ended_at_ms >= 1015"))
                .ok());
    for (int i = 0; i < 15; ++i)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("row left out")));
    QCOMPARE(namesOf(history({.limit = 3})),
             (QStringList{QStringLiteral("14"), QStringLiteral("13"), QStringLiteral("12")}));
}

void TestUploadStore::linkIsUpdatedAlone()
{
    const UploadRecord record = insert({fullRecord()}).first();
    QVERIFY(resultOf(m_store->updateLink(record.id, LinkState::Private)).ok());
    UploadRecord expected = record;
    expected.link = LinkState::Private;
    QVERIFY(*history({}) == QList<UploadRecord>{expected});
    QVERIFY(!resultOf(m_store->updateLink({4711}, LinkState::Open)).ok());
}

void TestUploadStore::bucketFactsAreReplaced()
{
    const BucketFacts old{QStringLiteral("b"), QStringLiteral("e1"), QString(), true};
    const BucketFacts present{QStringLiteral("b"), QStringLiteral("e2"),
                              QStringLiteral("eu-central-1"), false};
    QVERIFY(resultOf(m_store->rememberBucket(old)).ok());
    QVERIFY(resultOf(m_store->rememberBucket(present)).ok());
    const auto facts = resultOf(m_store->bucketFacts());
    QVERIFY(facts.ok());
    QCOMPARE(facts->size(), 1);
    QCOMPARE(facts->first().endpoint, present.endpoint);
    QCOMPARE(facts->first().region, present.region);
    QCOMPARE(facts->first().v1Only, false);
}

void TestUploadStore::manyRowsInOneCall()
{
    QList<UploadRecord> records;
    for (int i = 0; i < 20'000; ++i)
        records += stagedUpload(QStringLiteral("picture number %1.jpg").arg(i));
    QElapsedTimer timer;
    timer.start();
    const QList<UploadRecord> inserted = insert(records);
    qInfo() << "20,000 rows in" << timer.elapsed() << "ms";
    QCOMPARE(inserted.size(), 20'000);
    for (qsizetype i = 1; i < inserted.size(); ++i)
        QVERIFY(inserted[i - 1].id.value < inserted[i].id.value);
    QCOMPARE(inserted.last().name, records.last().name);
    QCOMPARE(resultOf(m_store->unfinished())->size(), 20'000);
}

QTEST_GUILESS_MAIN(TestUploadStore)
#include "tst_uploadstore.moc"
