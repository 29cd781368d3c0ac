// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "crashbench.h"

#include "core/crc64.h"
#include "e2e/processes.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QMap>
#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

#include <csignal>

using namespace ChatApp;
using namespace ChatApp::Test;

namespace {

constexpr qint64 smallSize = 150'000; // one PUT
constexpr qint64 largeSize = 10LL * 1024 * 1024; // three parts
constexpr int leastKillPoints = 100;

//! Something that a program does, and what is to have come of it in the end.
struct Scenario {
    const char* name;
    qint64 size;
    //! An earlier run was killed here; Any: there was none.
    SandboxOperation begunUntil;
    int begunOrdinal;
    SandboxMoment::Stage begunStage;
    const char* command;
    bool changed; //!< the file, since that run
    const char* end; //!< the state of the row
    //! The earlier run had made the object already: nothing changes at the server any more.
    bool objectIsThere;
};

using Stage = SandboxMoment::Stage;
using Operation = SandboxOperation;

const Scenario scenarios[] = {
    {"put", smallSize, Operation::Any, 0, Stage::Sent, "put", false, "done", false},
    {"three parts", largeSize, Operation::Any, 0, Stage::Sent, "put", false, "done", false},
    {"resume", largeSize, Operation::UploadPart, 2, Stage::Received, "resume", false, "done",
     false},
    {"resume completed", largeSize, Operation::CompleteMultipartUpload, 1, Stage::CarriedOut,
     "resume", false, "done", true},
    {"resume put", smallSize, Operation::PutObject, 1, Stage::CarriedOut, "resume", false, "done",
     true},
    {"cancel", largeSize, Operation::UploadPart, 2, Stage::Received, "cancel", false, "cancelled",
     false},
    {"changed file", largeSize, Operation::UploadPart, 2, Stage::Received, "resume", true, "failed",
     false},
};

//! The n-th time that a request of this operation comes so far.
KillPoint atMoment(Operation operation, int ordinal, Stage stage)
{
    return {.moment = [=, seen = 0](const SandboxMoment& moment) mutable {
        return moment.operation == operation && moment.stage == stage && ++seen == ordinal;
    }};
}

KillPoint atCommit(int ordinal, CommitPoint::Stage stage)
{
    return {.commit = CommitPoint{ordinal, stage}};
}

QByteArray randomContent(qint64 size)
{
    QByteArray content(size / 4 * 4, Qt::Uninitialized);
    QRandomGenerator random(4711);
    random.fillRange(reinterpret_cast<quint32*>(content.data()), content.size() / 4);
    return content;
}

//! A profile, a server and a file, as a scenario wants them before its run.
class Setting {
public:
    explicit Setting(const Scenario& scenario)
        : m_scenario(scenario)
        , m_content(randomContent(scenario.size))
    {
    }

    CrashBench& bench() { return m_bench; }
    const QByteArray& content() const { return m_content; }

    //! Empty if it went well.
    QByteArray prepare()
    {
        if (!m_bench.problem().isEmpty())
            return m_bench.problem().toUtf8();
        if (!writeFile(m_bench.path(fileName), m_content))
            return "no file";
        if (m_scenario.begunUntil == Operation::Any)
            return {};
        const CrashRun begun = m_bench.run(
            put({QStringLiteral("--parts"), QStringLiteral("1")}),
            atMoment(m_scenario.begunUntil, m_scenario.begunOrdinal, m_scenario.begunStage));
        if (!begun.killed || m_bench.rows().size() != 1)
            return begun.describe();
        if (m_scenario.changed && !writeFile(m_bench.path(fileName), m_content + "more"))
            return "file not changed";
        return {};
    }

    CrashRun run(const KillPoint& point = {}) { return m_bench.run(arguments(), point); }

    QStringList arguments() const
    {
        const QString command = QString::fromLatin1(m_scenario.command);
        if (command == QLatin1String("put"))
            return put({});
        if (command == QLatin1String("cancel"))
            return m_bench.command(command, {QStringLiteral("1")});
        return resume();
    }

    QStringList resume() const { return m_bench.command(QStringLiteral("resume"), {}); }

private:
    QStringList put(const QStringList& more) const
    {
        return m_bench.put(m_bench.spaceId(), more + QStringList{fileName});
    }

    const QString fileName = QStringLiteral("clip.mp4");
    const Scenario& m_scenario;
    const QByteArray m_content;
    CrashBench m_bench;
};

} // namespace

//! Kills the program at each commit of its store and at each moment of the server, starts it again,
//! and looks at what came of it.
class TestCrashMatrix : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void killed_data();
    void killed();
    void killedOftenEnough();

private:
    void addRows(int scenario);
    void finish(Setting& setting, const Scenario& scenario, bool repeatsCommand);
    void check(Setting& setting, const Scenario& scenario, bool anIdMayBeLost);

    QStringList m_reached;
    QStringList m_unreached;
};

//! A run without a kill tells which points there are.
void TestCrashMatrix::addRows(int index)
{
    const Scenario& scenario = scenarios[index];
    Setting setting(scenario);
    const QByteArray problem = setting.prepare();
    QVERIFY2(problem.isEmpty(), problem.constData());
    const CrashRun whole = setting.run();
    QVERIFY2(whole.exitCode >= 0, whole.describe().constData());
    QVERIFY(!whole.commits.isEmpty());
    const auto add = [&](const QString& name) -> QTestData& {
        const QString tag = QLatin1String(scenario.name) + QLatin1String(": ") + name;
        return QTest::newRow(tag.toUtf8().constData()) << index;
    };
    for (int commit = 1; commit <= whole.commits.size(); ++commit) {
        using At = CommitPoint::Stage;
        for (const auto& [stage, name] :
             {std::pair(At::Before, "before"), {At::Amid, "amid"}, {At::After, "after"}}) {
            if (stage == At::Amid && whole.commits.at(commit - 1) != 'w')
                continue;
            add(QStringLiteral("%1 commit %2").arg(QLatin1String(name)).arg(commit))
                << static_cast<int>(stage) << commit << Operation::Any;
        }
    }
    QMap<std::pair<Operation, Stage>, int> ordinals;
    for (const SandboxMoment& moment : whole.moments) {
        const int ordinal = ++ordinals[{moment.operation, moment.stage}];
        add(momentName(moment.operation, ordinal, moment.stage))
            << static_cast<int>(moment.stage) << ordinal << moment.operation;
    }
}

void TestCrashMatrix::killed_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("stage");
    QTest::addColumn<int>("ordinal");
    QTest::addColumn<SandboxOperation>("operation"); // Any: a commit
    for (int index = 0; index < static_cast<int>(std::size(scenarios)); ++index)
        addRows(index);
}

void TestCrashMatrix::killed()
{
    QFETCH(const int, index);
    QFETCH(const int, stage);
    QFETCH(const int, ordinal);
    QFETCH(const SandboxOperation, operation);
    const Scenario& scenario = scenarios[index];
    Setting setting(scenario);
    const QByteArray problem = setting.prepare();
    QVERIFY2(problem.isEmpty(), problem.constData());

    const CrashRun cut = setting.run(operation == Operation::Any
                                         ? atCommit(ordinal, static_cast<CommitPoint::Stage>(stage))
                                         : atMoment(operation, ordinal, static_cast<Stage>(stage)));
    const QString tag = QString::fromUtf8(QTest::currentDataTag());
    QVERIFY2(cut.killed || cut.exitCode >= 0, cut.describe().constData());
    // Some points depend on which of two parts comes first.
    (cut.killed ? m_reached : m_unreached).append(tag);
    if (cut.count("finished") > 0)
        QCOMPARE(setting.bench().rows().value(0).state, QStringLiteral("done"));

    finish(setting, scenario, ordinal % 2 == 0);
    if (QTest::currentTestFailed())
        return;
    const bool sentParts =
        std::any_of(cut.moments.begin(), cut.moments.end(),
                    [](const auto& moment) { return moment.operation == Operation::UploadPart; });
    check(setting, scenario, !sentParts && scenario.begunUntil == Operation::Any);
}

//! Goes on as somebody would who saw it die.
void TestCrashMatrix::finish(Setting& setting, const Scenario& scenario, bool repeatsCommand)
{
    const QList<StoredRow> rows = setting.bench().rows();
    const bool ended = !rows.isEmpty() && rows.constFirst().state == QLatin1String(scenario.end);
    // Before its row was committed nothing is known of the file. A cancel that is not noted has to
    // be asked for again; one that is, goes on with the next run whatever that is.
    const bool again = rows.isEmpty()
        || (qstrcmp(scenario.command, "cancel") == 0 && !ended
            && (repeatsCommand || rows.constFirst().state != QLatin1String("cancelling")));
    const CrashRun last = setting.bench().run(again ? setting.arguments() : setting.resume());
    QVERIFY2(last.exitCode >= 0, last.describe().constData());
    const bool fails = qstrcmp(scenario.end, "failed") == 0 && !ended;
    QVERIFY2((last.exitCode != 0) == fails, last.describe().constData());
    if (ended)
        QVERIFY2(last.moments.isEmpty(), "what had ended was touched again");
}

void TestCrashMatrix::check(Setting& setting, const Scenario& scenario, bool anIdMayBeLost)
{
    const QList<StoredRow> rows = setting.bench().rows();
    QCOMPARE(rows.size(), 1);
    const StoredRow& row = rows.constFirst();
    QVERIFY2(row.state == QLatin1String(scenario.end),
             qPrintable(row.state + QLatin1Char(' ') + row.errorKind + QLatin1Char(' ')
                        + row.errorMessage));
    QCOMPARE(row.uploadId, QString());
    if (scenario.changed)
        QCOMPARE(row.errorKind, QStringLiteral("fileChanged"));

    const QList<SandboxObject> objects = setting.bench().server().objects();
    if (qstrcmp(scenario.end, "done") == 0) {
        QCOMPARE(objects.size(), 1);
        const SandboxObject& object = objects.constFirst();
        QCOMPARE(object.key, row.key);
        QCOMPARE(QString::number(object.crc64), row.crc64);
        QCOMPARE(object.crc64, Crc64::of(setting.content()));
        QVERIFY(setting.bench().server().content(object.key) == setting.content());
    } else {
        QCOMPARE(objects.size(), 0);
    }
    QCOMPARE(setting.bench().forgottenUploads().size(), 0);
    QVERIFY(setting.bench().server().uploads().size() <= (anIdMayBeLost ? 1 : 0));
    QCOMPARE(setting.bench().partsSentAgain(), QStringList());
    if (scenario.objectIsThere) {
        const auto committed = setting.bench().committed(scenario.begunUntil);
        QCOMPARE(committed, 1);
    }
}

void TestCrashMatrix::killedOftenEnough()
{
    m_reached.removeDuplicates();
    qInfo("%lld distinct kill points, %lld more not reached: %s",
          static_cast<long long>(m_reached.size()), static_cast<long long>(m_unreached.size()),
          qPrintable(m_unreached.join(QLatin1String(", "))));
    QVERIFY(m_reached.size() >= leastKillPoints);
    QVERIFY(m_unreached.size() * 20 <= m_reached.size());
}

QTEST_GUILESS_MAIN(TestCrashMatrix)
#include "tst_crashmatrix.moc"
