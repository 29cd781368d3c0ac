// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "enginefixture.h"

#include "core/crc64.h"

#include <QtCore/QCryptographicHash>
#include <QtTest/QtTest>

using namespace ChatApp;
using Type = SandboxFault::Type;
using Op = SandboxOperation;
using namespace std::chrono_literals;

namespace {

constexpr qint64 threshold = 512LL * 1024; // parts of 256 KiB

EngineFixture::Options inParts()
{
    EngineFixture::Options options;
    options.multipartThreshold = threshold;
    return options;
}

//! Bytes that differ from part to part.
QByteArray bytes(qint64 size)
{
    QByteArray made;
    made.reserve(size + 32);
    for (quint32 counter = 0; made.size() < size; ++counter)
        made += QCryptographicHash::hash(QByteArray::number(counter), QCryptographicHash::Sha256);
    made.truncate(size);
    return made;
}

SandboxFault fault(Type type)
{
    SandboxFault made;
    made.type = type;
    return made;
}

} // namespace

//! Uploads in parts, against the sandbox: what the server saw and holds is what counts.
class TestMultipart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wholeUpload();
    void manyFilesOfBothKinds();
    void pausedAndResumedSendsNothingTwice();
    void killedWithoutAJournalAsksTheServer();
    void listAndHeadAndAbortMayBeDenied();
    void initiateDeniedIsRememberedPerSpace();
    void changedFileLeavesNothingBehind();
    void cancelLeavesNothingBehind();
    void cancelGoesOnAfterARestart();
    void uploadGoneFromTheServerStartsAgain();
    void shortTokensDoNotMatter();
    void failedUploadIsRetriedWithItsParts();
    void whatAnEarlierRunLeftIsSwept();
};

void TestMultipart::wholeUpload()
{
    EngineFixture fixture(inParts());
    const QByteArray content = bytes(5 * threshold / 2 + 4711); // 5 parts and a bit
    const UploadSnapshot upload =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("film.mp4"), content));
    QCOMPARE(upload.record.state, UploadState::Done);
    QCOMPARE(upload.record.crc64, std::optional<quint64>(Crc64::of(content)));
    QCOMPARE(fixture.sandbox().content(upload.record.key), content);
    QCOMPARE(fixture.sandbox().requestCount(Op::UploadPart), 6);
    QCOMPARE(fixture.sandbox().requestCount(Op::PutObject), 0);
    QCOMPARE(fixture.sandbox().requestCount(Op::CompleteMultipartUpload), 1);
    QVERIFY(fixture.sandbox().uploads().isEmpty());
    QVERIFY(fixture.sandbox().stats().peakConcurrentRequests > 1);
    QCOMPARE(fixture.openLink(upload.record.url), std::optional<QByteArray>(content));
    const QList<qint64> progress = fixture.progress().at(upload.record.id);
    QVERIFY(std::is_sorted(progress.begin(), progress.end()));
    QCOMPARE(progress.last(), content.size());
    QVERIFY(fixture.history().constFirst().uploadId.isEmpty());
}

void TestMultipart::manyFilesOfBothKinds()
{
    EngineFixture fixture(inParts());
    QStringList paths;
    for (int i = 0; i < 20; ++i) {
        paths.append(fixture.writeFile(QStringLiteral("%1.bin").arg(i),
                                       bytes(i % 3 == 0 ? threshold * 2 + i : 1000 + i)));
    }
    const QList<UploadId> ids = fixture.upload(paths);
    QVERIFY(fixture.waitEnded(ids));
    for (const UploadId& id : ids)
        QCOMPARE(fixture.snapshot(id).record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().objects().size(), 20);
    QVERIFY(fixture.sandbox().uploads().isEmpty());
    QVERIFY(fixture.sandbox().stats().peakConnections <= 6 + 1);
}

void TestMultipart::pausedAndResumedSendsNothingTwice()
{
    EngineFixture fixture(inParts());
    SandboxFault slow = fault(Type::Slow);
    slow.bytesPerSecond = 1'000'000;
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(Op::UploadPart, slow)}));
    const QByteArray content = bytes(threshold * 4);
    const QList<UploadId> ids =
        fixture.upload({fixture.writeFile(QStringLiteral("film.mp4"), content)});
    QTRY_VERIFY_WITH_TIMEOUT(fixture.knows(ids.constFirst())
                                 && fixture.snapshot(ids.constFirst()).record.bytesConfirmed > 0,
                             10'000);
    fixture.restart();
    QVERIFY(fixture.knows(ids.constFirst())
            || QTest::qWaitFor([&] { return fixture.knows(ids.constFirst()); }));
    const UploadSnapshot paused = fixture.snapshot(ids.constFirst());
    QCOMPARE(paused.record.state, UploadState::Paused);
    QVERIFY(paused.bytesSent > 0);
    QCOMPARE(fixture.sandbox().uploads().size(), 1);
    QSet<int> before;
    const QList<SandboxPart> parts = fixture.sandbox().uploads().constFirst().parts;
    for (const SandboxPart& part : parts)
        before.insert(part.number);
    QVERIFY(!before.isEmpty());
    const qsizetype seen = fixture.sandbox().log().size();
    fixture.sandbox().setFaultPlan({});

    fixture.engine().uploads().start(ids);
    QVERIFY(fixture.waitEnded(ids));
    QCOMPARE(fixture.snapshot(ids.constFirst()).record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().content(fixture.snapshot(ids.constFirst()).record.key), content);
    for (const SandboxLogEntry& entry : fixture.sandbox().log().mid(seen)) {
        if (entry.operation == Op::UploadPart && entry.answered)
            QVERIFY2(!before.contains(entry.parameters.value("partNumber").toInt()),
                     "a part that was there was sent again");
    }
    QVERIFY(fixture.sandbox().uploads().isEmpty());
}

//! As after a kill between a part's answer and its journal entry.
void TestMultipart::killedWithoutAJournalAsksTheServer()
{
    EngineFixture fixture(inParts());
    fixture.sandbox().setFaultPlan(SandboxFaultPlan(
        {SandboxFaultRule::always(Op::CompleteMultipartUpload, fault(Type::Stall))}));
    const QByteArray content = bytes(threshold * 2);
    const QList<UploadId> ids =
        fixture.upload({fixture.writeFile(QStringLiteral("film.mp4"), content)});
    QTRY_COMPARE_WITH_TIMEOUT(fixture.sandbox().requestCount(Op::CompleteMultipartUpload), 1,
                              10'000);
    fixture.restartWithout(QStringLiteral("DELETE FROM parts"));
    fixture.sandbox().setFaultPlan({});
    fixture.engine().uploads().start(ids);
    QVERIFY(fixture.waitEnded(ids));
    QCOMPARE(fixture.snapshot(ids.constFirst()).record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().requestCount(Op::UploadPart), 4);
    QCOMPARE(fixture.sandbox().content(fixture.snapshot(ids.constFirst()).record.key), content);
}

void TestMultipart::listAndHeadAndAbortMayBeDenied()
{
    EngineFixture fixture(inParts());
    const SandboxFault deny = fault(Type::Deny);
    const QList<SandboxFaultRule> denials{SandboxFaultRule::always(Op::ListParts, deny),
                                          SandboxFaultRule::always(Op::HeadObject, deny),
                                          SandboxFaultRule::always(Op::AbortMultipartUpload, deny)};
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan(denials
                         + QList<SandboxFaultRule>{SandboxFaultRule::always(
                             Op::CompleteMultipartUpload, fault(Type::Stall))}));
    const QByteArray content = bytes(threshold * 2);
    const QList<UploadId> ids =
        fixture.upload({fixture.writeFile(QStringLiteral("film.mp4"), content)});
    QTRY_COMPARE_WITH_TIMEOUT(fixture.sandbox().requestCount(Op::CompleteMultipartUpload), 1,
                              10'000);
    // One part is not in the journal: it is sent again, the others are kept on the journal's word.
    fixture.restartWithout(QStringLiteral("DELETE FROM parts WHERE number = 2"));
    fixture.sandbox().setFaultPlan(SandboxFaultPlan(denials));
    fixture.engine().uploads().start(ids);
    QVERIFY(fixture.waitEnded(ids));
    QCOMPARE(fixture.snapshot(ids.constFirst()).record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().faultHits(0), 1);
    QCOMPARE(fixture.sandbox().requestCount(Op::UploadPart), 5);
    QCOMPARE(fixture.sandbox().content(fixture.snapshot(ids.constFirst()).record.key), content);
}

void TestMultipart::initiateDeniedIsRememberedPerSpace()
{
    EngineFixture fixture(inParts());
    fixture.sandbox().setFaultPlan(SandboxFaultPlan(
        {SandboxFaultRule::always(Op::InitiateMultipartUpload, fault(Type::Deny))}));
    const QByteArray content = bytes(threshold * 2);
    for (int i = 0; i < 3; ++i) {
        if (i == 2)
            fixture.restart();
        const UploadSnapshot upload =
            fixture.uploadOne(fixture.writeFile(QStringLiteral("film%1.mp4").arg(i), content));
        QCOMPARE(upload.record.state, UploadState::Done);
        QCOMPARE(fixture.sandbox().content(upload.record.key), content);
    }
    QCOMPARE(fixture.sandbox().requestCount(Op::InitiateMultipartUpload), 1);
    QCOMPARE(fixture.sandbox().requestCount(Op::PutObject), 3);
}

void TestMultipart::changedFileLeavesNothingBehind()
{
    EngineFixture fixture(inParts());
    SandboxFault slow = fault(Type::Slow);
    slow.bytesPerSecond = 500'000;
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(Op::UploadPart, slow)}));
    const QString path = fixture.writeFile(QStringLiteral("film.mp4"), bytes(threshold * 4));
    const QList<UploadId> ids = fixture.upload({path});
    QTRY_VERIFY_WITH_TIMEOUT(fixture.sandbox().requestCount(Op::UploadPart) >= 2, 10'000);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.write("X") == 1);
    file.close();
    QVERIFY(fixture.waitEnded(ids));
    const UploadSnapshot upload = fixture.snapshot(ids.constFirst());
    QCOMPARE(upload.record.state, UploadState::Failed);
    QCOMPARE(upload.record.error->kind, ErrorKind::FileChanged);
    QVERIFY(fixture.sandbox().uploads().isEmpty());
    QVERIFY(fixture.sandbox().objects().isEmpty());
}

void TestMultipart::cancelLeavesNothingBehind()
{
    EngineFixture fixture(inParts());
    SandboxFault slow = fault(Type::Slow);
    slow.bytesPerSecond = 200'000;
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(Op::UploadPart, slow)}));
    const QList<UploadId> ids =
        fixture.upload({fixture.writeFile(QStringLiteral("film.mp4"), bytes(threshold * 4))});
    QTRY_VERIFY_WITH_TIMEOUT(fixture.sandbox().requestCount(Op::UploadPart) >= 2, 10'000);
    fixture.engine().uploads().cancel(ids);
    QVERIFY(fixture.waitEnded(ids));
    QCOMPARE(fixture.snapshot(ids.constFirst()).record.state, UploadState::Cancelled);
    QVERIFY(fixture.sandbox().uploads().isEmpty());
}

void TestMultipart::cancelGoesOnAfterARestart()
{
    EngineFixture fixture(inParts());
    SandboxFault slow = fault(Type::Slow);
    slow.bytesPerSecond = 200'000;
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(Op::UploadPart, slow),
                          SandboxFaultRule::always(Op::AbortMultipartUpload, fault(Type::Stall))}));
    const QList<UploadId> ids =
        fixture.upload({fixture.writeFile(QStringLiteral("film.mp4"), bytes(threshold * 4))});
    QTRY_VERIFY_WITH_TIMEOUT(fixture.sandbox().requestCount(Op::UploadPart) >= 2, 10'000);
    fixture.engine().uploads().cancel(ids);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.sandbox().requestCount(Op::AbortMultipartUpload) == 1, 10'000);
    fixture.stop();
    QCOMPARE(fixture.sandbox().uploads().size(), 1);
    fixture.sandbox().setFaultPlan({});
    fixture.restart();
    QVERIFY(fixture.waitEnded(ids));
    QCOMPARE(fixture.snapshot(ids.constFirst()).record.state, UploadState::Cancelled);
    QVERIFY(fixture.sandbox().uploads().isEmpty());
}

void TestMultipart::uploadGoneFromTheServerStartsAgain()
{
    EngineFixture fixture(inParts());
    SandboxFault gone = fault(Type::Status);
    gone.status = 404;
    gone.code = QStringLiteral("NoSuchUpload");
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::nth(Op::UploadPart, 2, gone)}));
    const QByteArray content = bytes(threshold * 2);
    const UploadSnapshot upload =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("film.mp4"), content));
    QCOMPARE(fixture.sandbox().faultHits(0), 1);
    QCOMPARE(upload.record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().content(upload.record.key), content);
    QCOMPARE(fixture.sandbox().requestCount(Op::InitiateMultipartUpload), 2);
}

void TestMultipart::shortTokensDoNotMatter()
{
    EngineFixture::Options options = inParts();
    options.sandbox.behavior.tokenLifetime = 1s;
    EngineFixture fixture(options);
    SandboxFault slow = fault(Type::Slow);
    slow.bytesPerSecond = 200'000; // each part takes longer than half a token
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(Op::UploadPart, slow)}));
    const QByteArray content = bytes(threshold * 6);
    const UploadSnapshot upload =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("film.mp4"), content));
    QCOMPARE(upload.record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().content(upload.record.key), content);
    QVERIFY(fixture.sandbox().requestCount(Op::GetChatappUploadAuthorization) >= 3);
    QVERIFY2(fixture.sandbox().requestCount(Op::UploadPart) <= 12 + 6,
             "only what was refused is repeated");
}

void TestMultipart::failedUploadIsRetriedWithItsParts()
{
    EngineFixture::Options options = inParts();
    options.maxAttempts = 3;
    EngineFixture fixture(options);
    SandboxFault down = fault(Type::Status);
    down.status = 503;
    SandboxFaultRule fromThird = SandboxFaultRule::nth(Op::UploadPart, 3, down);
    fromThird.count = 1000;
    fixture.sandbox().setFaultPlan(SandboxFaultPlan({fromThird}));
    const QByteArray content = bytes(threshold * 3);
    const UploadSnapshot failed =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("film.mp4"), content));
    QCOMPARE(failed.record.state, UploadState::Failed);
    QCOMPARE(failed.record.error->kind, ErrorKind::ServiceUnavailable);
    fixture.sandbox().setFaultPlan({});
    const int before = fixture.sandbox().requestCount(Op::UploadPart);
    const QList<UploadId> ids{failed.record.id};
    fixture.engine().uploads().retry(ids);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.snapshot(ids.constFirst()).record.state, UploadState::Done,
                              10'000);
    QCOMPARE(fixture.sandbox().content(failed.record.key), content);
    QCOMPARE(fixture.sandbox().requestCount(Op::UploadPart) - before, 4);
    QCOMPARE(fixture.sandbox().requestCount(Op::InitiateMultipartUpload), 1);
    QCOMPARE(fixture.history().size(), 1);
}

//! As long as it is in the list the failed upload could be retried; later nobody needs its parts.
void TestMultipart::whatAnEarlierRunLeftIsSwept()
{
    EngineFixture::Options options = inParts();
    options.maxAttempts = 2;
    EngineFixture fixture(options);
    SandboxFault down = fault(Type::Status);
    down.status = 503;
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(Op::UploadPart, down)}));
    const UploadSnapshot failed =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("film.mp4"), bytes(threshold * 2)));
    QCOMPARE(failed.record.state, UploadState::Failed);
    fixture.sandbox().setFaultPlan({});
    const QString small = fixture.writeFile(QStringLiteral("small.txt"), "abc");
    QCOMPARE(fixture.uploadOne(small).record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().uploads().size(), 1);
    fixture.restart();
    QCOMPARE(fixture.uploadOne(small).record.state, UploadState::Done);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.sandbox().uploads().isEmpty(), 5000);
    const auto forgotten = [&fixture, &failed] {
        for (const UploadRecord& row : fixture.history()) {
            if (row.id == failed.record.id)
                return row.uploadId.isEmpty() && row.state == UploadState::Failed;
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(forgotten(), 5000);
}

QTEST_GUILESS_MAIN(TestMultipart)
#include "tst_multipart.moc"
