// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "enginefixture.h"

#include <QtTest/QtTest>

using namespace ChatApp;

namespace {

using Op = SandboxOperation;
using std::chrono::milliseconds;

constexpr int many = 10'000;
constexpr int atOnce = 3;
// A call hands over a list that nobody copies. The rest is for a busy machine.
constexpr qint64 callMs = 100;
// Effective within 200 ms on a quiet machine: the bench measures that.
constexpr qint64 effectMs = 1000;

QStringList keysPutSince(EngineFixture& fixture, qint64 event)
{
    QStringList keys;
    for (const SandboxEvent& seen : fixture.sandbox().events()) {
        if (seen.number > event && seen.kind == SandboxEvent::Kind::Received
            && seen.operation == Op::PutObject) {
            keys.append(seen.key);
        }
    }
    return keys;
}

} // namespace

class TestControlMany : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tenThousandRows();

private:
    void callQuickly(const std::function<void(UploadManager&)>& call);
    //! No PUT arrives after `called`, but for those that were on their way.
    void nothingBegins(const QDateTime& called);
    bool waitAll(const QList<UploadId>& ids, const std::function<bool(UploadState)>& wanted);

    std::unique_ptr<EngineFixture> m_fixture;
};

void TestControlMany::callQuickly(const std::function<void(UploadManager&)>& call)
{
    QElapsedTimer timer;
    timer.start();
    call(m_fixture->engine().uploads());
    QVERIFY2(timer.elapsed() < callMs, qPrintable(QString::number(timer.elapsed())));
}

void TestControlMany::nothingBegins(const QDateTime& called)
{
    int late = 0;
    for (const SandboxLogEntry& entry : m_fixture->sandbox().log()) {
        if (entry.operation != Op::PutObject)
            continue;
        QVERIFY(called.msecsTo(entry.time) < effectMs);
        late += entry.time > called ? 1 : 0;
    }
    QVERIFY2(late <= atOnce, qPrintable(QString::number(late)));
}

bool TestControlMany::waitAll(const QList<UploadId>& ids,
                              const std::function<bool(UploadState)>& wanted)
{
    return QTest::qWaitFor(
        [&] {
            return std::all_of(ids.begin(), ids.end(), [&](const UploadId& id) {
                return wanted(m_fixture->snapshot(id).record.state);
            });
        },
        60'000);
}

void TestControlMany::tenThousandRows()
{
    m_fixture = std::make_unique<EngineFixture>(EngineFixture::Options{.uploadsAtOnce = atOnce});
    SandboxFault late{.type = SandboxFault::Type::Slow};
    late.delay = milliseconds{20};
    m_fixture->sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(Op::PutObject, late)}));
    const QString path = m_fixture->writeFile(QStringLiteral("a"), "content");
    const QList<UploadId> ids =
        m_fixture->stage(QList<StageRequest>(many, {.path = path, .target = m_fixture->target()}));
    QCOMPARE(ids.size(), many);
    QVERIFY(QTest::qWaitFor([&] { return m_fixture->knows(ids.constLast()); }, 20'000));

    // All begin, and are paused while most rows still wait for their commit.
    callQuickly([](UploadManager& uploads) { uploads.startAll(); });
    QVERIFY(QTest::qWaitFor([&] { return m_fixture->sandbox().requestCount(Op::PutObject) >= 3; },
                            20'000));
    QDateTime called = QDateTime::currentDateTimeUtc();
    callQuickly([](UploadManager& uploads) { uploads.pauseAll(); });
    QVERIFY(waitAll(ids, [](UploadState state) {
        return state == UploadState::Paused || state == UploadState::Done;
    }));
    nothingBegins(called);
    const QList<UploadRecord> paused = m_fixture->unfinished();
    QVERIFY(paused.size() > many - 1000);
    QVERIFY(std::all_of(paused.begin(), paused.end(),
                        [](const UploadRecord& row) { return row.state == UploadState::Paused; }));

    // The second half goes to the front, its last ones first.
    QList<UploadId> half = ids.mid(many / 2);
    std::reverse(half.begin(), half.end());
    const UploadId first = paused.constFirst().id;
    callQuickly([&](UploadManager& uploads) { uploads.move(half, first); });
    QVERIFY(QTest::qWaitFor(
        [&] { return m_fixture->unfinished().at(many / 2 - 1).id == half.constLast(); }, 60'000));
    const QList<UploadRecord> moved = m_fixture->unfinished();
    QCOMPARE(moved.constFirst().id, ids.constLast());
    QCOMPARE(moved.at(many / 2).id, first);

    const qint64 before = m_fixture->sandbox().events().constLast().number;
    callQuickly([](UploadManager& uploads) { uploads.startAll(); });
    QVERIFY(QTest::qWaitFor([&] { return keysPutSince(*m_fixture, before).size() >= 3; }, 20'000));
    QStringList expected;
    QStringList put;
    for (int i = 0; i < 3; ++i) {
        expected.append(moved.at(i).objectName);
        put.append(keysPutSince(*m_fixture, before).at(i).section(QLatin1Char('/'), -1));
    }
    expected.sort();
    put.sort(); // three go at once
    QCOMPARE(put, expected);

    called = QDateTime::currentDateTimeUtc();
    callQuickly([](UploadManager& uploads) { uploads.cancelAll(); });
    QVERIFY(waitAll(ids, isEnded));
    nothingBegins(called);
    QVERIFY(m_fixture->unfinished().isEmpty());
    const QList<UploadRecord> history = m_fixture->history({.limit = -1});
    QCOMPARE(history.size(), many);
    const auto done = std::count_if(history.begin(), history.end(), [](const UploadRecord& row) {
        return row.state == UploadState::Done;
    });
    QVERIFY(done < 1000);
    QVERIFY(m_fixture->sandbox().objects().size() >= done);
}

QTEST_GUILESS_MAIN(TestControlMany)
#include "tst_controlmany.moc"
