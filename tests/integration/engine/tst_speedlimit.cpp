// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "receivedrate.h"

#include "settings/settings.h"

using namespace ChatApp;
using namespace std::chrono_literals;

namespace {

constexpr qint64 KiB = 1024;
constexpr qint64 MiB = 1024 * KiB;

} // namespace

//! The speed limit, in short; tst_speedlimitlong holds it to 5 %.
class TestSpeedLimit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void changesCountWithinASecond();
    void slowFilesAreNoTimeouts();
    void theLimitIsThereFromTheStart();
    void whoIsCancelledLeavesHisTurn();
};

void TestSpeedLimit::changesCountWithinASecond()
{
    EngineFixture fixture;
    Settings& settings = fixture.engine().settings();
    QVERIFY(settings.setValue(SettingTable::bytesPerSecond, 1 * MiB));
    QStringList paths;
    for (int i = 0; i < 4; ++i)
        paths.append(writeSparse(fixture, QString::number(i), 8 * MiB));
    const QList<UploadId> ids = fixture.upload(paths);
    ReceivedRate rate(fixture);
    QVERIFY(rate.waitForBytes());

    for (const qint64 limit : {1 * MiB, 4 * MiB, 256 * KiB}) {
        QVERIFY(settings.setValue(SettingTable::bytesPerSecond, limit));
        rate.over(700ms);
        const double seen = rate.over(1200ms);
        QVERIFY2(isWithin(seen, static_cast<double>(limit), 0.2),
                 qPrintable(QStringLiteral("%1 instead of %2").arg(seen).arg(limit)));
    }
    QVERIFY(settings.setValue(SettingTable::bytesPerSecond, 0));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(fixture.waitEnded(ids));
    QVERIFY(timer.elapsed() < 10'000); // at the last limit: more than a minute
    for (const UploadId& id : ids)
        QCOMPARE(fixture.snapshot(id).record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().requestCount(SandboxOperation::PutObject), 4);
}

void TestSpeedLimit::slowFilesAreNoTimeouts()
{
    EngineFixture::Options options;
    options.sendStall = 200ms;
    EngineFixture fixture(options);
    // 512 bytes of six files in turn: each waits three quarters of a second for the next.
    fixture.engine().settings().setValue(SettingTable::bytesPerSecond, 4 * KiB);
    QStringList paths;
    for (int i = 0; i < 6; ++i)
        paths.append(fixture.writeFile(QString::number(i), QByteArray(700, 'x')));
    const QList<UploadId> ids = fixture.upload(paths);
    QVERIFY(fixture.waitEnded(ids));
    for (const UploadId& id : ids)
        QCOMPARE(fixture.snapshot(id).record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().requestCount(SandboxOperation::PutObject), 6);
}

void TestSpeedLimit::theLimitIsThereFromTheStart()
{
    EngineFixture fixture;
    fixture.engine().settings().setValue(SettingTable::bytesPerSecond, 150 * KiB);
    fixture.restart();
    const QString path = writeSparse(fixture, QStringLiteral("a"), 150 * KiB);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(fixture.uploadOne(path).record.state, UploadState::Done);
    QVERIFY(timer.elapsed() >= 850); // the first tenth of a second may go at once
}

void TestSpeedLimit::whoIsCancelledLeavesHisTurn()
{
    EngineFixture fixture;
    fixture.engine().settings().setValue(SettingTable::bytesPerSecond, 100 * KiB);
    const QList<UploadId> ids = fixture.upload({writeSparse(fixture, QStringLiteral("a"), 9 * MiB),
                                                writeSparse(fixture, QStringLiteral("b"), 9 * MiB),
                                                writeSparse(fixture, QStringLiteral("c"), 100)});
    ReceivedRate rate(fixture);
    QVERIFY(rate.waitForBytes());
    fixture.engine().uploads().cancel({ids.at(0), ids.at(1)});
    QVERIFY(fixture.waitEnded(ids));
    QCOMPARE(fixture.snapshot(ids.at(0)).record.state, UploadState::Cancelled);
    QCOMPARE(fixture.snapshot(ids.at(1)).record.state, UploadState::Cancelled);
    QCOMPARE(fixture.snapshot(ids.at(2)).record.state, UploadState::Done);
}

QTEST_GUILESS_MAIN(TestSpeedLimit)
#include "tst_speedlimit.moc"
