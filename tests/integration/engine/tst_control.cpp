// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "enginefixture.h"

#include <QtCore/QTimer>
#include <QtTest/QtTest>

using namespace ChatApp;

namespace {

using Op = SandboxOperation;

//! Every PUT is answered late: there is time for a word while it is under way.
void answerLate(EngineFixture& fixture, int ms)
{
    SandboxFault late{.type = SandboxFault::Type::Slow};
    late.delay = std::chrono::milliseconds{ms};
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(Op::PutObject, late)}));
}

QStringList writeFiles(EngineFixture& fixture, int count)
{
    QStringList paths;
    for (int i = 0; i < count; ++i)
        paths.append(fixture.writeFile(QString::number(i), "content"));
    return paths;
}

bool waitPut(EngineFixture& fixture, int count)
{
    return QTest::qWaitFor([&] { return fixture.sandbox().requestCount(Op::PutObject) >= count; },
                           20'000);
}

bool waitState(const EngineFixture& fixture, const QList<UploadId>& ids, UploadState state)
{
    return QTest::qWaitFor(
        [&] {
            return std::all_of(ids.begin(), ids.end(), [&](const UploadId& id) {
                return fixture.knows(id) && fixture.snapshot(id).record.state == state;
            });
        },
        20'000);
}

//! Names of the files in the order in which the server met their PUTs.
QStringList namesPut(EngineFixture& fixture)
{
    QStringList names;
    for (const SandboxEvent& event : fixture.sandbox().events()) {
        if (event.kind == SandboxEvent::Kind::Received && event.operation == Op::PutObject)
            names.append(event.key.section(QLatin1Char('/'), -1).section(QLatin1Char('-'), 0, 0));
    }
    return names;
}

} // namespace

//! Commands on the queue, seen at the server and in the store.
class TestControl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pausedOnesRestAndGoOn();
    void aStartRightAfterAPauseIsNotLost();
    void aPauseRightAfterAStartIsNotLost();
    void aCancelRightAfterAPauseIsNotLost();
    void commandsAtTheVeryEndAreNotLost();
    void allOfThem();
    void requestsThatStartAtOnce();
    void movedOnesGoFirst();
    void movesOutliveTheProcess();
    void aMoveBeforeWhatIsGoneChangesNothing();
};

void TestControl::pausedOnesRestAndGoOn()
{
    EngineFixture fixture(EngineFixture::Options{.uploadsAtOnce = 1});
    answerLate(fixture, 300);
    const QList<UploadId> ids = fixture.upload(writeFiles(fixture, 3));
    QVERIFY(waitPut(fixture, 1));
    fixture.engine().uploads().pause({ids.at(0), ids.at(2)});
    QVERIFY(fixture.waitEnded({ids.at(1)}));
    QVERIFY(waitState(fixture, {ids.at(0), ids.at(2)}, UploadState::Paused));
    const QList<UploadRecord> rows = fixture.unfinished();
    QCOMPARE(rows.size(), 2);
    for (const UploadRecord& row : rows)
        QCOMPARE(row.state, UploadState::Paused);

    fixture.engine().uploads().start({ids.at(0), ids.at(2)});
    QVERIFY(fixture.waitEnded(ids));
    QCOMPARE(fixture.sandbox().objects().size(), 3);
    QVERIFY(fixture.unfinished().isEmpty());
}

void TestControl::aStartRightAfterAPauseIsNotLost()
{
    EngineFixture fixture;
    answerLate(fixture, 300);
    const QList<UploadId> ids = fixture.upload(writeFiles(fixture, 2));
    QVERIFY(waitPut(fixture, 2));
    fixture.engine().uploads().pause(ids);
    fixture.engine().uploads().start(ids);
    QVERIFY(fixture.waitEnded(ids));
    for (const UploadId& id : ids)
        QCOMPARE(fixture.snapshot(id).record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().objects().size(), 2);
}

void TestControl::aPauseRightAfterAStartIsNotLost()
{
    EngineFixture fixture;
    const QList<UploadId> ids = fixture.stage(writeFiles(fixture, 3));
    fixture.engine().uploads().start(ids);
    fixture.engine().uploads().pause(ids);
    QVERIFY(waitState(fixture, ids, UploadState::Paused));
    QCOMPARE(fixture.sandbox().requestCount(Op::PutObject), 0);
    QCOMPARE(fixture.unfinished().size(), 3);
}

void TestControl::aCancelRightAfterAPauseIsNotLost()
{
    EngineFixture fixture;
    answerLate(fixture, 300);
    const QList<UploadId> ids = fixture.upload(writeFiles(fixture, 2));
    QVERIFY(waitPut(fixture, 2));
    fixture.engine().uploads().pause(ids);
    fixture.engine().uploads().cancel(ids);
    QVERIFY(waitState(fixture, ids, UploadState::Cancelled));
    QVERIFY(fixture.unfinished().isEmpty());
    QCOMPARE(fixture.history().size(), 2);
}

//! Hundreds of commands that hit uploads in every phase, their last moments included.
void TestControl::commandsAtTheVeryEndAreNotLost()
{
    EngineFixture fixture;
    const QList<UploadId> ids = fixture.upload(writeFiles(fixture, 40));
    int turn = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        QList<UploadId> some;
        for (qsizetype i = turn % 3; i < ids.size(); i += 3)
            some.append(ids.at(i));
        if (++turn % 2 == 0)
            fixture.engine().uploads().start(some);
        else
            fixture.engine().uploads().pause(some);
    });
    timer.start(1);
    QVERIFY(QTest::qWaitFor([&] { return turn >= 300; }, 20'000));
    timer.stop();
    fixture.engine().uploads().startAll();
    QVERIFY(fixture.waitEnded(ids));
    for (const UploadId& id : ids)
        QCOMPARE(fixture.snapshot(id).record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().objects().size(), 40);
    QCOMPARE(fixture.history().size(), 40);
    QVERIFY(fixture.unfinished().isEmpty());
}

void TestControl::allOfThem()
{
    EngineFixture fixture(EngineFixture::Options{.uploadsAtOnce = 2});
    answerLate(fixture, 300);
    const QList<UploadId> ids = fixture.stage(writeFiles(fixture, 6));
    fixture.engine().uploads().startAll();
    QVERIFY(waitPut(fixture, 2));
    fixture.engine().uploads().pauseAll();
    QVERIFY(waitState(fixture, ids, UploadState::Paused));
    QCOMPARE(fixture.sandbox().requestCount(Op::PutObject), 2);

    const QList<UploadId> staged = fixture.stage({fixture.writeFile(QStringLiteral("s"), "s")});
    fixture.engine().uploads().cancelAll();
    QVERIFY(waitState(fixture, ids, UploadState::Cancelled));
    QVERIFY(QTest::qWaitFor([&] { return !fixture.knows(staged.constFirst()); }, 20'000));
    QVERIFY(fixture.unfinished().isEmpty());
    QCOMPARE(fixture.sandbox().requestCount(Op::PutObject), 2);
    QCOMPARE(fixture.history().size(), 6);
}

void TestControl::requestsThatStartAtOnce()
{
    EngineFixture fixture;
    QList<StageRequest> requests;
    for (const QString& path : writeFiles(fixture, 3))
        requests.append({.path = path, .target = fixture.target(), .start = true});
    requests.append({.path = QStringLiteral("/nowhere"), .target = fixture.target()});
    const QList<UploadId> ids = fixture.stage(requests);
    QCOMPARE(ids.size(), 3);
    QVERIFY(fixture.waitEnded(ids));
    QCOMPARE(fixture.sandbox().objects().size(), 3);
    QCOMPARE(fixture.totals().files, 3);
    QCOMPARE(fixture.totals().filesStaged, 0);
    QCOMPARE(fixture.stageFailures().size(), 1);
}

void TestControl::movedOnesGoFirst()
{
    EngineFixture fixture(EngineFixture::Options{.uploadsAtOnce = 1});
    answerLate(fixture, 200);
    const QList<UploadId> ids = fixture.upload(writeFiles(fixture, 5));
    QVERIFY(waitPut(fixture, 1));
    fixture.engine().uploads().move({ids.at(4), ids.at(3)}, ids.at(1));
    fixture.engine().uploads().move({ids.at(1)}, {});
    QVERIFY(fixture.waitEnded(ids));
    QCOMPARE(namesPut(fixture).join(QLatin1Char(' ')), QStringLiteral("0 4 3 2 1"));
}

void TestControl::movesOutliveTheProcess()
{
    EngineFixture fixture(EngineFixture::Options{.uploadsAtOnce = 1});
    const QList<UploadId> ids = fixture.stage(writeFiles(fixture, 4));
    fixture.engine().uploads().move({ids.at(3)}, ids.at(0));
    fixture.engine().uploads().move({ids.at(1)}, {});
    QVERIFY(
        QTest::qWaitFor([&] { return fixture.unfinished().constLast().id == ids.at(1); }, 20'000));
    fixture.restart();
    const QList<UploadId> later = fixture.stage({fixture.writeFile(QStringLiteral("9"), "9")});
    fixture.engine().uploads().startAll();
    QVERIFY(fixture.waitEnded(ids + later));
    QCOMPARE(namesPut(fixture).join(QLatin1Char(' ')), QStringLiteral("3 0 2 1 9"));
}

void TestControl::aMoveBeforeWhatIsGoneChangesNothing()
{
    EngineFixture fixture(EngineFixture::Options{.uploadsAtOnce = 1});
    const QList<UploadId> ids = fixture.stage(writeFiles(fixture, 3));
    fixture.engine().uploads().cancel({ids.at(0)});
    fixture.engine().uploads().move({ids.at(2)}, ids.at(0));
    fixture.engine().uploads().startAll();
    QVERIFY(fixture.waitEnded({ids.at(1), ids.at(2)}));
    QCOMPARE(namesPut(fixture).join(QLatin1Char(' ')), QStringLiteral("1 2"));
}

QTEST_GUILESS_MAIN(TestControl)
#include "tst_control.moc"
