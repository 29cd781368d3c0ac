// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "crashbench.h"

#include "e2e/processes.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFileInfo>
#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace ChatApp;
using namespace ChatApp::Test;

namespace {

using Operation = SandboxOperation;
using Type = SandboxFault::Type;

constexpr int spaceCount = 8;
constexpr int fileCount = 2000;
constexpr int everyLarge = 50; // one file in so many goes in parts
constexpr int killCount = 20;
constexpr int lastRuns = 3; // until all is done
constexpr quint32 usualSeed = 20261125;
constexpr int kibibyte = 1024;
constexpr int mebibyte = 1024 * kibibyte;

quint32 seed()
{
    bool given = false;
    const quint32 value = qEnvironmentVariable("CHATAPP_SEED").toUInt(&given);
    return given ? value : usualSeed;
}

//! Of one operation: how many faults, and among how many requests.
struct FaultShare {
    Operation operation;
    int faults;
    int requests;
    QList<Type> types;
};

QList<FaultShare> faultShares()
{
    const QList<Type> anywhere{Type::Status,   Type::CloseBeforeReply, Type::CommitThenClose,
                               Type::Stall,    Type::ExpiredToken,     Type::Throttle,
                               Type::Garbage,  Type::NotHttp,          Type::Huge,
                               Type::Html,     Type::Redirect,         Type::Slow,
                               Type::ClockSkew};
    const QList<Type> withBody =
        anywhere + QList<Type>{Type::CloseAfterBytes, Type::WrongCrc, Type::MissingCrc};
    // There it is the caller's own token that has expired, which no call renews.
    QList<Type> authorization = anywhere;
    authorization.removeOne(Type::ExpiredToken);
    return {
        {Operation::GetChatappUploadAuthorization, 15, 150, authorization},
        {Operation::PutObject, 120, 2000, withBody},
        {Operation::InitiateMultipartUpload, 8, 40, anywhere},
        {Operation::UploadPart, 30, 150, withBody},
        {Operation::ListParts, 3, 10, anywhere},
        {Operation::CompleteMultipartUpload, 10, 40,
         anywhere + QList<Type>{Type::ErrorIn200, Type::WrongCrc, Type::MissingCrc}},
        {Operation::HeadObject, 5, 40, {Type::Status, Type::CloseBeforeReply, Type::Throttle}},
    };
}

SandboxFault fault(Type type, QRandomGenerator& random)
{
    SandboxFault made;
    made.type = type;
    made.status = type == Type::Status ? (random.bounded(2) == 0 ? 500 : 503) : 0;
    if (type == Type::Stall || type == Type::Slow)
        made.delay = std::chrono::milliseconds(random.bounded(200, 1500));
    if (type == Type::CloseAfterBytes)
        made.bytes = random.bounded(100 * kibibyte);
    if (type == Type::ClockSkew)
        made.skew = std::chrono::minutes(random.bounded(20, 60));
    if (type == Type::Throttle)
        made.retryAfter = std::chrono::milliseconds(random.bounded(100, 1000));
    return made;
}

QList<SandboxFaultRule> randomFaults(QRandomGenerator& random)
{
    QList<SandboxFaultRule> rules;
    for (const FaultShare& share : faultShares()) {
        for (int i = 0; i < share.faults; ++i) {
            const Type type = share.types.at(random.bounded(static_cast<int>(share.types.size())));
            rules.append(SandboxFaultRule::nth(share.operation, random.bounded(share.requests) + 1,
                                               fault(type, random)));
        }
    }
    return rules;
}

bool isOfParts(Operation operation)
{
    return operation == Operation::InitiateMultipartUpload || operation == Operation::UploadPart
        || operation == Operation::ListParts || operation == Operation::CompleteMultipartUpload;
}

SandboxConfig config()
{
    SandboxAccount account;
    account.accessKeyId = QStringLiteral("SoakKey");
    account.accessKeySecret = QStringLiteral("SoakSecret");
    for (int i = 0; i < spaceCount; ++i)
        account.spaces.append(QStringLiteral("cams-soak-%1").arg(i));
    SandboxConfig config;
    config.accounts = {account};
    config.behavior.tokenLifetime = std::chrono::seconds(3);
    // Fewer than the spaces ask for with such tokens, and fewer than the client allows itself.
    config.behavior.authorizationsPerSecond = 2;
    config.behavior.throttleRetryAfter = std::chrono::milliseconds(300);
    return config;
}

} // namespace

//! Many files, a server that misbehaves at random, and a program that is killed again and again.
class TestSoak : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void enqueue();
    void killedAgainAndAgain();
    void everythingIsThere();

private:
    KillPoint randomKill(int number);

    CrashBench m_bench{config()};
    QRandomGenerator m_random{seed()};
    QMap<QString, QByteArray> m_files; //!< path, content
};

void TestSoak::initTestCase()
{
    qInfo("CHATAPP_SEED=%u", seed());
    QVERIFY2(m_bench.problem().isEmpty(), qPrintable(m_bench.problem()));
    for (int i = 0; i < fileCount; ++i) {
        const int size = i % everyLarge == everyLarge / 2
            ? m_random.bounded(8 * mebibyte + 1, 12 * mebibyte)
            : m_random.bounded(kibibyte, 200 * kibibyte);
        QByteArray content(size, Qt::Uninitialized);
        m_random.fillRange(reinterpret_cast<quint32*>(content.data()), size / 4);
        const QString path = m_bench.path(QStringLiteral("file-%1.jpg").arg(i, 4, 10, QChar(u'0')));
        QVERIFY(writeFile(path, content));
        m_files.insert(path, content);
    }
}

void TestSoak::enqueue()
{
    const QStringList paths = m_files.keys();
    const QStringList spaces = m_bench.server().accounts().constFirst().spaces;
    for (int space = 0; space < spaceCount; ++space) {
        QStringList some;
        for (qsizetype i = space; i < paths.size(); i += spaceCount)
            some.append(paths.at(i));
        const CrashRun run = m_bench.run(
            m_bench.put(spaces.at(space), QStringList{QStringLiteral("--enqueue")} + some));
        QVERIFY2(run.exitCode == 0, run.describe().constData());
        QVERIFY(run.moments.isEmpty());
    }
    QCOMPARE(m_bench.rows().size(), fileCount);
    m_bench.server().setFaultPlan(SandboxFaultPlan(randomFaults(m_random)));
}

//! Every other one while a large file is under way.
KillPoint TestSoak::randomKill(int number)
{
    const bool amongParts = number % 2 == 1;
    const int ordinal = amongParts ? m_random.bounded(1, 40) : m_random.bounded(20, 400);
    return {.moment = [=, seen = 0](const SandboxMoment& moment) mutable {
        return (!amongParts || isOfParts(moment.operation)) && ++seen == ordinal;
    }};
}

void TestSoak::killedAgainAndAgain()
{
    const QStringList resume = m_bench.command(QStringLiteral("resume"), {});
    for (int number = 0; number < killCount; ++number) {
        const CrashRun run = m_bench.run(resume, randomKill(number));
        QVERIFY2(run.killed, run.describe().constData());
        QCOMPARE(m_bench.rows().size(), fileCount);
        if (run.count("failed") > 0)
            qInfo("run %d: %lld failed", number, static_cast<long long>(run.count("failed")));
    }
    for (int number = 1; number <= lastRuns; ++number) {
        const CrashRun run = m_bench.run(resume);
        qInfo("last run %d: exit code %d, %lld finished, %lld failed", number, run.exitCode,
              static_cast<long long>(run.count("finished")),
              static_cast<long long>(run.count("failed")));
        if (run.exitCode == 0)
            return;
    }
    QFAIL("not all of them were uploaded");
}

void TestSoak::everythingIsThere()
{
    QMap<QString, SandboxObject> objects;
    const QList<SandboxObject> stored = m_bench.server().objects();
    for (const SandboxObject& object : stored)
        objects.insert(object.key, object);
    const QList<StoredRow> rows = m_bench.rows();
    QMap<QString, QByteArray> missing = m_files;
    for (const StoredRow& row : rows) {
        QVERIFY2(row.state == QLatin1String("done"),
                 qPrintable(row.path + QLatin1Char(' ') + row.state + QLatin1Char(' ')
                            + row.errorKind + QLatin1Char(' ') + row.errorMessage));
        QCOMPARE(row.uploadId, QString());
        QVERIFY(objects.contains(row.key));
        const SandboxObject object = objects.take(row.key);
        QCOMPARE(QString::number(object.crc64), row.crc64);
        QFile content(object.file);
        QVERIFY(content.open(QIODevice::ReadOnly));
        QVERIFY2(missing.contains(row.path) && content.readAll() == missing.take(row.path),
                 qPrintable(row.path));
    }
    QCOMPARE(rows.size(), fileCount);
    QCOMPARE(missing.keys(), QStringList());
    QCOMPARE(objects.keys(), QStringList());
    QCOMPARE(m_bench.forgottenUploads().size(), 0);
    QCOMPARE(m_bench.partsSentAgain(true), QStringList());

    int hits = 0;
    const SandboxFaultPlan plan = m_bench.server().faultPlan();
    for (const SandboxFaultRule& rule : plan.rules())
        hits += rule.hits;
    const SandboxStats stats = m_bench.server().stats();
    int throttled = 0;
    const QList<SandboxLogEntry> log = m_bench.server().log();
    for (const SandboxLogEntry& entry : log)
        throttled += entry.code == QLatin1String("Throttling.User") && entry.fault < 0 ? 1 : 0;
    qInfo("%d of %lld faults hit, %d authorizations of which %d throttled, %d parts, %d objects "
          "put, %lld uploads whose id was lost",
          hits, static_cast<long long>(plan.rules().size()),
          stats.requests.value(Operation::GetChatappUploadAuthorization), throttled,
          stats.requests.value(Operation::UploadPart), stats.requests.value(Operation::PutObject),
          static_cast<long long>(m_bench.server().uploads().size()));
    QVERIFY(hits >= 100);
    QVERIFY(throttled > 0);
}

QTEST_GUILESS_MAIN(TestSoak)
#include "tst_soak.moc"
