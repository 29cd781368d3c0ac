// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/restingrecord.h"

#include <QtTest/QTest>

#include <functional>

using namespace ChatApp;

namespace {

UploadRecord stagedRecord()
{
    UploadRecord record;
    record.id = {7};
    record.path = QStringLiteral("/home/user/图/a b.png");
    record.name = QStringLiteral("a b.png");
    record.identity = {.device = 1, .inode = 2, .size = 3, .mtimeNs = 4};
    record.target = {.accountId = {QStringLiteral("account")},
                     .accountName = QStringLiteral("Brand"),
                     .accessKeyId = QStringLiteral("LTAI5tExampleKeyId"),
                     .endpoint = QStringLiteral("cams.example"),
                     .region = QStringLiteral("r"),
                     .spaceId = {QStringLiteral("space")},
                     .spaceName = QStringLiteral("Mexico")};
    record.objectName = QStringLiteral("a-b-abcdefghijklmnop.png");
    record.contentType = QStringLiteral("image/png");
    record.createdAt = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
    return record;
}

} // namespace

//! Whatever goes in comes out.
class TestRestingRecord : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsLost_data();
    void nothingIsLost();
    void openFieldsCount();
    void commonPartsAreShared();
};

Q_DECLARE_METATYPE(std::function<void(UploadRecord&)>)

void TestRestingRecord::nothingIsLost_data()
{
    QTest::addColumn<std::function<void(UploadRecord&)>>("change");
    const auto row = [](const char* name, const std::function<void(UploadRecord&)>& change) {
        QTest::newRow(name) << change;
    };
    row("staged", [](UploadRecord&) {});
    row("default", [](UploadRecord& r) { r = UploadRecord(); });
    row("state", [](UploadRecord& r) { r.state = UploadState::Paused; });
    row("replace", [](UploadRecord& r) { r.replace = true; });
    row("another name", [](UploadRecord& r) { r.name = QStringLiteral("else"); });
    row("at the top", [](UploadRecord& r) { r.path = QStringLiteral("/a b.png"); });
    row("no folder", [](UploadRecord& r) { r.path = QStringLiteral("a b.png"); });
    row("two slashes", [](UploadRecord& r) { r.path = QStringLiteral("/x//a b.png"); });
    row("NUL", [](UploadRecord& r) {
        r.name = QString(QChar(0));
        r.path = QLatin1Char('/') + r.name;
    });
    row("half a character", [](UploadRecord& r) { r.path = QChar(0xD800); });
    row("place", [](UploadRecord& r) { r.queuePosition = 5; });
    row("upload id", [](UploadRecord& r) { r.uploadId = QStringLiteral("i"); });
    row("part size", [](UploadRecord& r) { r.partSize = 1; });
    row("confirmed", [](UploadRecord& r) { r.bytesConfirmed = 1; });
    row("bucket", [](UploadRecord& r) { r.bucket = QStringLiteral("b"); });
    row("key", [](UploadRecord& r) { r.key = QStringLiteral("k"); });
    row("url", [](UploadRecord& r) { r.url = QStringLiteral("u"); });
    row("crc64", [](UploadRecord& r) { r.crc64 = 0; });
    row("request", [](UploadRecord& r) { r.requestId = QStringLiteral("q"); });
    row("error", [](UploadRecord& r) { r.error = Error{.kind = ErrorKind::Dns}; });
    row("link", [](UploadRecord& r) { r.link = LinkState::Open; });
    row("started", [](UploadRecord& r) { r.startedAt = r.createdAt.addSecs(1); });
    row("ended", [](UploadRecord& r) { r.endedAt = r.createdAt.addSecs(2); });
}

void TestRestingRecord::nothingIsLost()
{
    QFETCH(std::function<void(UploadRecord&)>, change);
    UploadRecord record = stagedRecord();
    change(record);
    RecordPool pool;
    RestingRecord pooled;
    pooled.assign(record, pool);
    QVERIFY(pooled.unpack() == record);
    QCOMPARE(pooled.uploadId(), record.uploadId);
    QCOMPARE(pooled.bytesConfirmed(), record.bytesConfirmed);
    RestingRecord alone;
    alone = record;
    QVERIFY(alone.unpack() == record);
    // From any record to any other.
    alone = stagedRecord();
    QVERIFY(alone.unpack() == stagedRecord());
    alone = record;
    QVERIFY(alone.unpack() == record);
}

void TestRestingRecord::openFieldsCount()
{
    for (const bool isWhole : {false, true}) {
        UploadRecord record = stagedRecord();
        record.url = isWhole ? QStringLiteral("u") : QString();
        RestingRecord resting;
        resting = record;
        resting.state = record.state = UploadState::Queued;
        resting.queuePosition = record.queuePosition = 11;
        resting.identity.size = record.identity.size = 99;
        QVERIFY(resting.unpack() == record);
    }
}

void TestRestingRecord::commonPartsAreShared()
{
    RecordPool pool;
    const auto commons = [](const char* folder, const char* space) {
        UploadTarget target = stagedRecord().target;
        target.spaceName = QString::fromLatin1(space);
        return RecordCommons{.folder = folder,
                             .contentType = QStringLiteral("image/png"),
                             .target = target,
                             .replace = false};
    };
    const auto first = pool.share(commons("/a", "Mexico"));
    QVERIFY(pool.share(commons("/a", "Lima")) != first);
    QVERIFY(pool.share(commons("/b", "Mexico")) != first);
    QVERIFY(pool.share(commons("/a", "Mexico")) == first);
    QCOMPARE(*pool.share(commons("/a", "Lima")), commons("/a", "Lima"));
}

QTEST_APPLESS_MAIN(TestRestingRecord)
#include "tst_restingrecord.moc"
