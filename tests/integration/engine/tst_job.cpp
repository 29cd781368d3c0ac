// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "enginefixture.h"

#include "core/crc64.h"

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtTest/QtTest>

#include <fcntl.h>
#include <sys/stat.h>

using namespace ChatApp;

//! The main job, from a path to a link that opens, over real sockets.
class TestJob : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void arrivesAndOpens();
    void overTls();
    void unknownCertificateIsRefused();
    void fileNames_data();
    void fileNames();
    void filesThatCannotGo();
    void changedBetweenDropAndStart();
    void vanishedBetweenDropAndStart();
    void manyFiles();
    void progressNeverRunsBackwards();
    void cancelUnderWay();
    void cancelBeforeStartRemoves();
    void retryAfterFailure();
    void removedRowsLeaveTheList();
    void shutdownPausesAndStartGoesOn();
    void killedAfterArrivalIsNotSentTwice();
    void responseVariants_data();
    void responseVariants();
    void testsAccounts();
    void noSecretInTheProfile();
};

void TestJob::arrivesAndOpens()
{
    EngineFixture fixture;
    const QByteArray content = QByteArray("%PDF-1.7\nsome content ").repeated(5000);
    const UploadSnapshot upload =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("price list.pdf"), content));

    QCOMPARE(upload.record.state, UploadState::Done);
    QVERIFY(!upload.record.error);
    QCOMPARE(upload.bytesSent, content.size());
    QCOMPARE(upload.record.crc64, std::optional<quint64>(Crc64::of(content)));
    QVERIFY(!upload.record.requestId.isEmpty());
    QVERIFY(upload.record.startedAt.isValid() && upload.record.endedAt.isValid());

    const auto object = fixture.sandbox().object(upload.record.key);
    QVERIFY(object.has_value());
    QCOMPARE(object->crc64, Crc64::of(content));
    QCOMPARE(object->contentType, QByteArray("application/pdf"));
    QVERIFY(upload.record.key.endsWith(QLatin1String(".pdf")));
    QVERIFY(upload.record.key.contains(QLatin1String("/price-list-")));
    QCOMPARE(fixture.openLink(upload.record.url), std::optional<QByteArray>(content));

    const QList<UploadRecord> rows = fixture.history();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.constFirst().url, upload.record.url);
    QCOMPARE(rows.constFirst().crc64, upload.record.crc64);
    QCOMPARE(rows.constFirst().target, fixture.target());

    // Every request was signed with V4, and said that nothing may be overwritten.
    for (const SandboxLogEntry& entry : fixture.sandbox().log()) {
        if (entry.operation == SandboxOperation::PutObject) {
            QCOMPARE(entry.signature, QStringLiteral("V4"));
            QCOMPARE(entry.headers.value("x-oss-forbid-overwrite"), QByteArray("true"));
        }
        if (entry.operation == SandboxOperation::GetObject)
            continue; // the test's own look at the link
        QVERIFY(entry.headers.value("user-agent").startsWith("ChatAppUploader/"));
        QVERIFY(!entry.headers.contains("cookie"));
    }
    QCOMPARE(fixture.sandbox().requestCount(SandboxOperation::PutObject), 1);
    QCOMPARE(fixture.sandbox().requestCount(SandboxOperation::HeadObject), 0);
}

void TestJob::overTls()
{
    EngineFixture::Options options;
    options.transport = Test::SandboxFixture::Transport::Tls;
    EngineFixture fixture(options);
    const QByteArray content(100'000, 'x');
    const UploadSnapshot upload =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("a.txt"), content));
    QCOMPARE(upload.record.state, UploadState::Done);
    QVERIFY(upload.record.url.startsWith(QLatin1String("https://")));
    QCOMPARE(fixture.openLink(upload.record.url), std::optional<QByteArray>(content));
}

void TestJob::unknownCertificateIsRefused()
{
    EngineFixture::Options options;
    options.transport = Test::SandboxFixture::Transport::Tls;
    options.trustSandbox = false;
    EngineFixture fixture(options);
    const UploadSnapshot upload =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("a.txt"), "x"));
    QCOMPARE(upload.record.state, UploadState::Failed);
    QCOMPARE(upload.record.error->kind, ErrorKind::Tls);
    QVERIFY(fixture.sandbox().log().isEmpty());
}

void TestJob::fileNames_data()
{
    QTest::addColumn<QString>("name");
    const auto row = [](const char* title, const QString& name) { QTest::newRow(title) << name; };
    row("spaces", QStringLiteral("my summer holiday .png"));
    row("reserved", QStringLiteral("a+b%20c#d?e=f&g;h,i.txt"));
    row("cjk", QString::fromUtf8("新品海报 01.png"));
    row("combining", QString::fromUtf8("e\xCC\x81te\xCC\x81.jpg"));
    row("emoji", QString::fromUtf8("\xF0\x9F\x8E\x89 party \xF0\x9F\x98\x80.mp4"));
    row("255 bytes", QString(251, QLatin1Char('n')) + QStringLiteral(".txt"));
    row("255 bytes of cjk", QString::fromUtf8("海").repeated(83) + QStringLiteral(".tx"));
    row("dash", QStringLiteral("-rf.txt"));
    row("newline", QStringLiteral("two\nlines.txt"));
    row("quotes", QStringLiteral("it's \"quoted\" `$HOME`.txt"));
    row("backslash", QStringLiteral("back\\slash.txt"));
    row("dots", QStringLiteral("..."));
    row("hidden", QStringLiteral(".hidden"));
    row("no extension", QStringLiteral("README"));
    row("rtl", QString::fromUtf8("قائمة الأسعار.pdf"));
}

void TestJob::fileNames()
{
    QFETCH(QString, name);
    EngineFixture fixture;
    const QByteArray content = "content of " + name.toUtf8();
    const UploadSnapshot upload = fixture.uploadOne(fixture.writeFile(name, content));
    QCOMPARE(upload.record.state, UploadState::Done);
    QCOMPARE(upload.record.name, name);
    QCOMPARE(fixture.openLink(upload.record.url), std::optional<QByteArray>(content));
    QCOMPARE(fixture.history().constFirst().name, name);
    for (const QChar c : upload.record.url)
        QVERIFY(c.unicode() > 0x20 && c.unicode() < 0x7f);
}

void TestJob::filesThatCannotGo()
{
    EngineFixture fixture;
    const QString good = fixture.writeFile(QStringLiteral("good.txt"), "good");
    const QString empty = fixture.writeFile(QStringLiteral("empty.txt"), {});
    const QString fifo = fixture.files().filePath(QStringLiteral("fifo"));
    QCOMPARE(::mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
    const QString missing = fixture.files().filePath(QStringLiteral("missing.txt"));
    const QString notUtf8 = fixture.files().filePath(QStringLiteral("bad-\uFFFD.txt"));
    const QList<UploadId> ids = fixture.upload({fifo, missing, notUtf8, good, empty});
    QCOMPARE(ids.size(), 2);
    QVERIFY(fixture.waitEnded(ids));
    for (const UploadId& id : ids)
        QCOMPARE(fixture.snapshot(id).record.state, UploadState::Done);
    QCOMPARE(fixture.openLink(fixture.snapshot(ids.at(1)).record.url),
             std::optional<QByteArray>(QByteArray()));
    QTRY_COMPARE(fixture.stageFailures().size(), 3);
    QCOMPARE(fixture.stageFailures().at(0).error.kind, ErrorKind::FileNotRegular);
    QCOMPARE(fixture.stageFailures().at(1).error.kind, ErrorKind::FileMissing);
    QCOMPARE(fixture.stageFailures().at(2).error.kind, ErrorKind::FileNameNotUtf8);
}

void TestJob::changedBetweenDropAndStart()
{
    EngineFixture fixture;
    const QString path = fixture.writeFile(QStringLiteral("a.txt"), "first");
    const QList<UploadId> ids = fixture.stage({path});
    fixture.writeFile(QStringLiteral("a.txt"), "second, and longer");
    fixture.engine().uploads().start(ids);
    QVERIFY(fixture.waitEnded(ids));
    QCOMPARE(fixture.snapshot(ids.constFirst()).record.error->kind, ErrorKind::FileChanged);
    QVERIFY(fixture.sandbox().objects().isEmpty());

    // Trying again takes the file as it is now.
    fixture.engine().uploads().retry(ids);
    QTRY_COMPARE(fixture.snapshot(ids.constFirst()).record.state, UploadState::Done);
    QCOMPARE(fixture.openLink(fixture.snapshot(ids.constFirst()).record.url),
             std::optional<QByteArray>("second, and longer"));
    QCOMPARE(fixture.history().size(), 1);
}

void TestJob::vanishedBetweenDropAndStart()
{
    EngineFixture fixture;
    const QString path = fixture.writeFile(QStringLiteral("a.txt"), "first");
    const QList<UploadId> ids = fixture.stage({path});
    QVERIFY(QFile::remove(path));
    fixture.engine().uploads().start(ids);
    QVERIFY(fixture.waitEnded(ids));
    QCOMPARE(fixture.snapshot(ids.constFirst()).record.error->kind, ErrorKind::FileMissing);
    const QList<UploadRecord> rows = fixture.history();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.constFirst().state, UploadState::Failed);
    QCOMPARE(rows.constFirst().error->kind, ErrorKind::FileMissing);
}

void TestJob::manyFiles()
{
    EngineFixture fixture;
    QStringList paths;
    constexpr int count = 60;
    for (int i = 0; i < count; ++i) {
        paths.append(fixture.writeFile(QStringLiteral("file %1.txt").arg(i),
                                       QByteArray::number(i).repeated(1 + i * 37)));
    }
    const QList<UploadId> ids = fixture.upload(paths);
    QVERIFY(fixture.waitEnded(ids, 60'000));
    QCOMPARE(fixture.sandbox().objects().size(), count);
    QCOMPARE(fixture.sandbox().requestCount(SandboxOperation::PutObject), count);
    // One authorization serves them all.
    QCOMPARE(fixture.sandbox().requestCount(SandboxOperation::GetChatappUploadAuthorization), 1);
    for (int i = 0; i < count; ++i) {
        const UploadRecord record = fixture.snapshot(ids.at(i)).record;
        QCOMPARE(fixture.sandbox().content(record.key), QByteArray::number(i).repeated(1 + i * 37));
    }
    QCOMPARE(fixture.history({.limit = -1}).size(), count);
    QTRY_COMPARE(fixture.totals().filesDone, count);
    QCOMPARE(fixture.totals().bytesAcknowledged, fixture.totals().bytes);
    QVERIFY(fixture.sandbox().stats().peakConcurrentRequests <= 6);
}

void TestJob::progressNeverRunsBackwards()
{
    EngineFixture fixture;
    SandboxFault slow{.type = SandboxFault::Type::Slow};
    slow.bytesPerSecond = 4'000'000;
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(SandboxOperation::PutObject, slow)}));
    const qint64 size = 6'000'000;
    const UploadSnapshot upload =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("big.bin"), QByteArray(size, 'b')));
    QCOMPARE(upload.record.state, UploadState::Done);
    QVERIFY(fixture.sandbox().faultHits(0) > 0);
    const QList<qint64> steps = fixture.progress().at(upload.record.id);
    QVERIFY(steps.size() >= 5);
    QVERIFY(std::is_sorted(steps.begin(), steps.end()));
    int between = 0;
    for (const qint64 step : steps) {
        QVERIFY(step <= size);
        between += step > 0 && step < size ? 1 : 0;
    }
    QVERIFY2(between >= 3, "a bar that jumps from nothing to all is no progress");
    QCOMPARE(steps.constLast(), size);
    QCOMPARE(std::count(steps.begin(), steps.end(), size), 1);
}

void TestJob::cancelUnderWay()
{
    EngineFixture fixture;
    SandboxFault slow{.type = SandboxFault::Type::Slow};
    slow.bytesPerSecond = 1'000'000;
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(SandboxOperation::PutObject, slow)}));
    const QList<UploadId> ids =
        fixture.upload({fixture.writeFile(QStringLiteral("big.bin"), QByteArray(8'000'000, 'b'))});
    QTRY_VERIFY(fixture.knows(ids.constFirst())
                && fixture.snapshot(ids.constFirst()).bytesSent > 0);
    fixture.engine().uploads().cancel(ids);
    QVERIFY(fixture.waitEnded(ids, 3000));
    QCOMPARE(fixture.snapshot(ids.constFirst()).record.state, UploadState::Cancelled);
    QVERIFY(fixture.sandbox().objects().isEmpty());
    QCOMPARE(fixture.history().constFirst().state, UploadState::Cancelled);
    const auto putEnded = [&fixture] {
        const QList<SandboxLogEntry> log = fixture.sandbox().log();
        return !log.isEmpty() && log.constLast().operation == SandboxOperation::PutObject;
    };
    QTRY_VERIFY_WITH_TIMEOUT(putEnded(), 20'000);
    QVERIFY(!fixture.sandbox().log().constLast().answered);
    QVERIFY(fixture.sandbox().log().constLast().bodyBytes < 20'000'000);
}

void TestJob::cancelBeforeStartRemoves()
{
    EngineFixture fixture;
    const QList<UploadId> ids = fixture.stage({fixture.writeFile(QStringLiteral("a.txt"), "a")});
    QTRY_VERIFY(fixture.knows(ids.constFirst()));
    fixture.engine().uploads().cancel(ids);
    QTRY_VERIFY(!fixture.knows(ids.constFirst()));
    QVERIFY(fixture.history().isEmpty());
    fixture.restart();
    QTest::qWait(0);
    QVERIFY(!fixture.knows(ids.constFirst()));
}

void TestJob::retryAfterFailure()
{
    EngineFixture fixture;
    SandboxAccount account = fixture.sandbox().accounts().constFirst();
    account.state = SandboxAccount::State::PermissionDenied;
    fixture.sandbox().setAccount(account);
    const UploadSnapshot failed =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("a.txt"), "a"));
    QCOMPARE(failed.record.error->kind, ErrorKind::PermissionDenied);
    QCOMPARE(failed.record.error->code, QStringLiteral("Ram.PermissionDeny"));
    QVERIFY(!failed.record.error->requestId.isEmpty());
    account.state = SandboxAccount::State::Active;
    fixture.sandbox().setAccount(account);
    fixture.engine().uploads().retry({failed.record.id});
    QTRY_COMPARE(fixture.snapshot(failed.record.id).record.state, UploadState::Done);
    const QList<UploadRecord> rows = fixture.history();
    QCOMPARE(rows.size(), 1);
    QVERIFY(!rows.constFirst().error);
}

void TestJob::removedRowsLeaveTheList()
{
    EngineFixture fixture;
    const UploadSnapshot done = fixture.uploadOne(fixture.writeFile(QStringLiteral("a.txt"), "a"));
    fixture.engine().uploads().remove({done.record.id});
    QTRY_VERIFY(!fixture.knows(done.record.id));
    QCOMPARE(fixture.history().size(), 1);
}

void TestJob::shutdownPausesAndStartGoesOn()
{
    EngineFixture fixture;
    SandboxFault slow{.type = SandboxFault::Type::Slow};
    slow.bytesPerSecond = 100'000;
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(SandboxOperation::PutObject, slow)}));
    const QByteArray content(3'000'000, 'c');
    const QString path = fixture.writeFile(QStringLiteral("big.bin"), content);
    const QList<UploadId> ids = fixture.upload({path});
    const QList<UploadId> staged = fixture.stage({fixture.writeFile(QStringLiteral("s"), "s")});
    QTRY_VERIFY(fixture.knows(ids.constFirst())
                && fixture.snapshot(ids.constFirst()).bytesSent > 0);
    QElapsedTimer timer;
    timer.start();
    fixture.restart();
    QVERIFY(timer.elapsed() < 3000);
    QTRY_VERIFY(fixture.knows(ids.constFirst()) && fixture.knows(staged.constFirst()));
    QCOMPARE(fixture.snapshot(ids.constFirst()).record.state, UploadState::Paused);
    QCOMPARE(fixture.snapshot(staged.constFirst()).record.state, UploadState::Staged);

    fixture.sandbox().setFaultPlan({});
    fixture.engine().uploads().start(ids + staged);
    QVERIFY(fixture.waitEnded(ids + staged));
    QCOMPARE(fixture.openLink(fixture.snapshot(ids.constFirst()).record.url),
             std::optional<QByteArray>(content));
    QCOMPARE(fixture.sandbox().objects().size(), 2);
}

void TestJob::killedAfterArrivalIsNotSentTwice()
{
    EngineFixture fixture;
    // The object is there, its answer never comes: as if the process had been killed in between.
    SandboxFault commit{.type = SandboxFault::Type::Stall};
    commit.commit = true;
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::nth(SandboxOperation::PutObject, 1, commit)}));
    const QList<UploadId> ids =
        fixture.upload({fixture.writeFile(QStringLiteral("a.txt"), "content")});
    QVERIFY(fixture.sandbox().waitForEvent(
        {.kind = SandboxEvent::Kind::Committed, .operation = SandboxOperation::PutObject},
        std::chrono::seconds{10}));
    fixture.restart();
    QCOMPARE(fixture.sandbox().objects().size(), 1);
    fixture.engine().uploads().start(ids);
    QVERIFY(fixture.waitEnded(ids));
    const UploadSnapshot upload = fixture.snapshot(ids.constFirst());
    QCOMPARE(upload.record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().objects().size(), 1);
    QCOMPARE(fixture.sandbox().objects().constFirst().key, upload.record.key);
    QCOMPARE(fixture.history().size(), 1);
}

void TestJob::responseVariants_data()
{
    using B = SandboxBehavior;
    QTest::addColumn<int>("expire");
    QTest::addColumn<int>("endpoint");
    QTest::addColumn<int>("dir");
    for (const auto expire : {B::ExpireFormat::Seconds, B::ExpireFormat::EpochSeconds,
                              B::ExpireFormat::EpochMilliseconds}) {
        for (const auto endpoint : {B::EndpointFormat::Url, B::EndpointFormat::UrlWithSlash}) {
            for (const auto dir : {B::DirFormat::Plain, B::DirFormat::LeadingSlash,
                                   B::DirFormat::TrailingSlash, B::DirFormat::BothSlashes}) {
                QTest::addRow("expire %d endpoint %d dir %d", int(expire), int(endpoint), int(dir))
                    << int(expire) << int(endpoint) << int(dir);
            }
        }
    }
}

void TestJob::responseVariants()
{
    QFETCH(int, expire);
    QFETCH(int, endpoint);
    QFETCH(int, dir);
    EngineFixture::Options options;
    options.sandbox.behavior.expireFormat = static_cast<SandboxBehavior::ExpireFormat>(expire);
    options.sandbox.behavior.endpointFormat =
        static_cast<SandboxBehavior::EndpointFormat>(endpoint);
    options.sandbox.behavior.dirFormat = static_cast<SandboxBehavior::DirFormat>(dir);
    EngineFixture fixture(options);
    const UploadSnapshot upload =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("a.txt"), "abc"));
    QCOMPARE(upload.record.state, UploadState::Done);
    QCOMPARE(fixture.openLink(upload.record.url), std::optional<QByteArray>("abc"));
    QVERIFY(!upload.record.key.startsWith(QLatin1Char('/')));
    QVERIFY(!upload.record.key.contains(QLatin1String("//")));
}

void TestJob::testsAccounts()
{
    EngineFixture fixture;
    const SandboxAccount account = fixture.sandbox().accounts().constFirst();
    const auto test = [&](const QByteArray& secret, const QString& space) {
        const Credentials credentials{.accessKeyId = account.accessKeyId,
                                      .accessKeySecret = SecretString::copyOf(secret),
                                      .securityToken = {}};
        const auto future =
            fixture.engine().testAccount(credentials, fixture.sandbox().endpoint(), SpaceId{space});
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10'000))
            qFatal("the test of an account did not end");
        return future.result();
    };
    const QByteArray secret = account.accessKeySecret.toUtf8();
    const auto withSpace = test(secret, fixture.sandbox().spaceId());
    QVERIFY(withSpace);
    QVERIFY(withSpace->spaceChecked);
    QCOMPARE(withSpace->bucket, fixture.sandbox().bucket());
    const auto withoutSpace = test(secret, {});
    QVERIFY(withoutSpace);
    QVERIFY(!withoutSpace->spaceChecked);
    QCOMPARE(test("ExampleWrongSecret", {}).error().kind, ErrorKind::SignatureRejected);
    QCOMPARE(test(secret, QStringLiteral("999")).error().kind, ErrorKind::OwnerUnknown);
}

void TestJob::noSecretInTheProfile()
{
    EngineFixture fixture;
    QCOMPARE(fixture.uploadOne(fixture.writeFile(QStringLiteral("a.txt"), "abc")).record.state,
             UploadState::Done);
    const QByteArray secret = fixture.sandbox().accounts().constFirst().accessKeySecret.toUtf8();
    fixture.stop();
    int files = 0;
    for (QDirIterator it(fixture.profile(), QDir::Files | QDir::Hidden,
                         QDirIterator::Subdirectories);
         it.hasNext();) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        ++files;
        for (const QByteArray& needle :
             {secret, QByteArray("Signature="), QByteArray("STS."), QByteArray("security-token")})
            QVERIFY2(!content.contains(needle), qPrintable(file.fileName()));
    }
    QVERIFY(files > 0);
}

QTEST_GUILESS_MAIN(TestJob)
#include "tst_job.moc"
