// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "receivedrate.h"

#include "settings/settings.h"

using namespace ChatApp;
using namespace std::chrono_literals;
using Transport = Test::SandboxFixture::Transport;

//! The byte rate that the server measures is the limit, to 5 % over 10 s.
class TestSpeedLimitLong : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tenSeconds_data();
    void tenSeconds();
};

void TestSpeedLimitLong::tenSeconds_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<int>("files");
    QTest::addColumn<qint64>("size");
    constexpr qint64 KiB = 1024;
    constexpr qint64 MiB = 1024 * KiB;
    QTest::newRow("one file") << Transport::Http << 2 * MiB << 1 << 40 * MiB;
    QTest::newRow("six at once") << Transport::Http << 2 * MiB << 6 << 7 * MiB;
    QTest::newRow("six at once, TLS") << Transport::Tls << 2 * MiB << 6 << 7 * MiB;
    QTest::newRow("slow") << Transport::Http << 50 * KiB << 6 << MiB;
    QTest::newRow("fast") << Transport::Http << 8 * MiB << 6 << 25 * MiB;
    QTest::newRow("many small files") << Transport::Http << MiB << 400 << 40 * KiB;
}

void TestSpeedLimitLong::tenSeconds()
{
    QFETCH(Transport, transport);
    QFETCH(qint64, limit);
    QFETCH(int, files);
    QFETCH(qint64, size);
    EngineFixture::Options options;
    options.transport = transport;
    EngineFixture fixture(options);
    QVERIFY(fixture.engine().settings().setValue(SettingTable::bytesPerSecond, limit));
    QStringList paths;
    for (int i = 0; i < files; ++i)
        paths.append(writeSparse(fixture, QString::number(i), size));
    const QList<UploadId> ids = fixture.upload(paths);
    ReceivedRate rate(fixture);
    QVERIFY(rate.waitForBytes());
    const double seen = rate.over(10s);
    qInfo("%.0f of %lld bytes per second, %+.2f %%", seen, limit,
          (seen / static_cast<double>(limit) - 1) * 100);
    QVERIFY2(isWithin(seen, static_cast<double>(limit), 0.05), qPrintable(QString::number(seen)));
    // The server's seconds are cut where a burst may stand on either side.
    QVERIFY(fixture.sandbox().stats().peakBytesPerSecond <= limit + limit / 5);
    fixture.engine().settings().setValue(SettingTable::bytesPerSecond, 0);
    QVERIFY(fixture.waitEnded(ids, 60'000));
    for (const UploadId& id : ids)
        QCOMPARE(fixture.snapshot(id).record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().objects().size(), files);
    // Nothing was sent twice, neither whole nor in parts; beside the files there is the list of its
    // parts that completes each.
    constexpr qint64 lists = 16LL * 1024;
    const qint64 received = fixture.sandbox().stats().bodyBytes;
    QVERIFY(received >= files * size && received < files * size + lists);
}

QTEST_GUILESS_MAIN(TestSpeedLimitLong)
#include "tst_speedlimitlong.moc"
