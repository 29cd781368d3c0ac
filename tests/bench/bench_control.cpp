// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "enginefixture.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

#include <algorithm>

using namespace ChatApp;
using Op = SandboxOperation;

namespace {

constexpr int manyRows = 100'000;
constexpr qint64 callBudgetMs = 5; // of the caller's thread, whatever the number of rows
constexpr qint64 effectBudgetMs = 200; // until the server sees nothing new
constexpr qint64 shutdownBudgetMs = 3000;

SandboxFaultPlan slowBodies()
{
    SandboxFault slow{.type = SandboxFault::Type::Slow};
    slow.bytesPerSecond = 200'000;
    return SandboxFaultPlan({SandboxFaultRule::always(Op::UploadPart, slow),
                             SandboxFaultRule::always(Op::PutObject, slow)});
}

//! When the latest request came that sends a file.
QDateTime latestBody(const SandboxServer& sandbox)
{
    QDateTime latest;
    for (const SandboxLogEntry& entry : sandbox.log()) {
        if (entry.operation == Op::PutObject || entry.operation == Op::UploadPart)
            latest = latest.isValid() ? std::max(latest, entry.time) : entry.time;
    }
    return latest;
}

} // namespace

//! How long control takes, for the caller and until it shows at the server.
class BenchControl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pauseOfVeryMany()
    {
        EngineFixture fixture;
        const QString path = fixture.writeFile(QStringLiteral("a.txt"), QByteArray(2000, 'a'));
        QList<StageRequest> requests(manyRows, {.path = path, .target = fixture.target()});
        const auto staged = fixture.engine().uploads().stage(requests);
        QTRY_VERIFY_WITH_TIMEOUT(staged.isFinished(), 300'000);

        QElapsedTimer timer;
        timer.start();
        fixture.engine().uploads().startAll();
        const qint64 startCall = timer.elapsed();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.sandbox().requestCount(Op::PutObject) > 50, 120'000);

        const QDateTime asked = QDateTime::currentDateTimeUtc();
        timer.start();
        fixture.engine().uploads().pauseAll();
        const qint64 pauseCall = timer.elapsed();
        QTest::qWait(1500); // what comes in this time is what is measured
        const qint64 effect = std::max<qint64>(0, asked.msecsTo(latestBody(fixture.sandbox())));
        qInfo("%d rows: startAll() %lld ms, pauseAll() %lld ms, effective after %lld ms", manyRows,
              startCall, pauseCall, effect);
        QVERIFY(startCall <= callBudgetMs);
        QVERIFY(pauseCall <= callBudgetMs);
        QVERIFY(effect <= effectBudgetMs);
    }

    void pauseAndCancelOfWhatRuns_data()
    {
        QTest::addColumn<bool>("cancels");
        QTest::newRow("pause") << false;
        QTest::newRow("cancel") << true;
    }

    void pauseAndCancelOfWhatRuns()
    {
        QFETCH(bool, cancels);
        EngineFixture fixture;
        fixture.sandbox().setFaultPlan(slowBodies());
        QStringList paths;
        for (int i = 0; i < 6; ++i) {
            paths.append(
                fixture.writeFile(QStringLiteral("%1.bin").arg(i), QByteArray(20'000'000, 'b')));
        }
        const QList<UploadId> ids = fixture.upload(paths);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.sandbox().requestCount(Op::UploadPart) >= 6, 20'000);
        const UploadState wanted = cancels ? UploadState::Cancelled : UploadState::Paused;
        QElapsedTimer timer;
        timer.start();
        if (cancels)
            fixture.engine().uploads().cancelAll();
        else
            fixture.engine().uploads().pauseAll();
        const auto allThere = [&] {
            return std::all_of(ids.begin(), ids.end(), [&](const UploadId& id) {
                if (!fixture.knows(id))
                    return false;
                const UploadState state = fixture.snapshot(id).record.state;
                return state == wanted || (cancels && state == UploadState::Cancelling);
            });
        };
        QVERIFY(QTest::qWaitFor(allThere, 5000));
        const qint64 shown = timer.elapsed();
        qInfo("6 uploads in parts: %s shown after %lld ms", cancels ? "cancel" : "pause", shown);
        QVERIFY(shown <= effectBudgetMs);
    }

    void shutdownUnderLoad()
    {
        EngineFixture fixture;
        fixture.sandbox().setFaultPlan(slowBodies());
        QStringList paths;
        for (int i = 0; i < 8; ++i) {
            paths.append(
                fixture.writeFile(QStringLiteral("%1.bin").arg(i), QByteArray(20'000'000, 'b')));
        }
        fixture.upload(paths);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.sandbox().requestCount(Op::UploadPart) >= 6, 20'000);
        QElapsedTimer timer;
        timer.start();
        fixture.stop();
        qInfo("shutdown with 8 uploads in parts: %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() <= shutdownBudgetMs);
    }
};

QTEST_GUILESS_MAIN(BenchControl)
#include "bench_control.moc"
