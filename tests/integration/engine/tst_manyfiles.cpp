// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "engine/engine.h"
#include "upload/uploadmanager.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QtTest>

#include <fcntl.h>
#include <unistd.h>

using namespace ChatApp;

namespace {

constexpr int folders = 500; // in groups of ten below each other
constexpr int filesPerFolder = 200;
constexpr int files = folders * filesPerFolder;

constexpr qint64 mostMemory = 150'000'000; // bytes, of the whole process
constexpr qint64 longestBlock = 200; // ms, of the main thread

bool makeFiles(const QString& top)
{
    for (int i = 0; i < folders; ++i) {
        QString folder = top;
        for (int level = 0; level <= i % 10; ++level)
            folder += QStringLiteral("/Campaign %1 level %2").arg(i / 10).arg(level);
        if (!QDir().mkpath(folder))
            return false;
        for (int j = 0; j < filesPerFolder; ++j) {
            const QByteArray name =
                QFile::encodeName(folder + QStringLiteral("/Picture %1.jpg").arg(j));
            const int made = ::open(name.constData(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
            if (made < 0 || ::write(made, "x", 1) != 1)
                return false;
            ::close(made);
        }
    }
    return true;
}

//! The most memory that this process ever had, in bytes.
qint64 peakMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.simplified().split(' ').at(1).toLongLong() * 1024;
    }
    return -1;
}

//! The longest that the thread's event loop was away while this lived.
class LoopWatch : public QObject {
public:
    LoopWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(10);
        connect(&m_timer, &QTimer::timeout, this,
                [this] { m_longest = qMax(m_longest, m_since.restart()); });
        m_since.start();
        m_timer.start();
    }
    qint64 longest() const { return m_longest; }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
};

bool isSanitized()
{
#if defined(__SANITIZE_ADDRESS__)
    return true;
#else
    return false;
#endif
}

EngineConfig configFor(const QString& profile)
{
    EngineConfig config;
    config.paths = ProfilePaths::below(profile);
    config.transport.proxyMode = TransportConfig::ProxyMode::None;
    return config;
}

StageRequest requestFor(const QString& folder)
{
    return {.path = folder,
            .target = {.accountId = {QStringLiteral("3f0c5f0e-6a0c-4f0e-9f57-1a7c9e1f7a11")},
                       .accountName = QStringLiteral("Brand CN"),
                       .accessKeyId = QStringLiteral("LTAI5tExampleKeyId"),
                       .endpoint = QStringLiteral("cams.ap-southeast-1.aliyuncs.com"),
                       .region = QStringLiteral("ap-southeast-1"),
                       .spaceId = {QStringLiteral("cams-1example")},
                       .spaceName = QStringLiteral("Mexico")}};
}

qint64 stagedRows(const QString& databaseFile)
{
    qint64 rows = -1;
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("look"));
        database.setDatabaseName(databaseFile);
        QSqlQuery query(database);
        const QString count = QStringLiteral(
            "SELECT count(DISTINCT path) FROM uploads WHERE state = 'staged' AND file_size = 1");
        if (database.open() && query.exec(count) && query.next())
            rows = query.value(0).toLongLong();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("look"));
    return rows;
}

} // namespace

//! A hundred thousand files in a dropped folder. A program of its own, because its memory is
//! measured.
class TestManyFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void stagedWithoutAStall();
    void loadedAgainWithoutAStall();
    void shutdownEndsTheWalk();

private:
    QTemporaryDir m_files;
    QTemporaryDir m_profile;
};

void TestManyFiles::initTestCase()
{
    QVERIFY(m_files.isValid() && m_profile.isValid());
    QVERIFY(makeFiles(m_files.path()));
}

void TestManyFiles::stagedWithoutAStall()
{
    Engine engine(configFor(m_profile.path()));
    auto started = engine.start();
    QTRY_VERIFY_WITH_TIMEOUT(started.isFinished(), 20'000);
    QVERIFY(started.result());
    qsizetype shown = 0;
    connect(&engine.uploads(), &UploadManager::uploadsChanged, this,
            [&shown](const UploadBatch& batch) { shown += batch.changed.size(); });
    qsizetype failures = 0;
    connect(&engine.uploads(), &UploadManager::stageFailed, this,
            [&failures](const QList<StageFailure>& failed) { failures += failed.size(); });

    const LoopWatch watch;
    QElapsedTimer time;
    time.start();
    const auto staged = engine.uploads().stage({requestFor(m_files.path())});
    QTRY_VERIFY_WITH_TIMEOUT(staged.isFinished(), 400'000);
    const qint64 duration = time.elapsed();
    QTRY_COMPARE_WITH_TIMEOUT(shown, files, 20'000);
    QVERIFY(staged.result());
    QCOMPARE(staged.result()->size(), files);
    QCOMPARE(failures, 0);

    qInfo("%d files staged in %lld ms (%.0f a second), peak memory %.1f MB, main thread away for "
          "%lld ms at most",
          files, static_cast<long long>(duration), files * 1000.0 / static_cast<double>(duration),
          static_cast<double>(peakMemory()) / 1e6, static_cast<long long>(watch.longest()));
    if (!isSanitized()) {
        QVERIFY(peakMemory() > 0 && peakMemory() < mostMemory);
        QVERIFY(watch.longest() <= longestBlock);
    }
    auto stopped = engine.shutdown();
    QTRY_VERIFY_WITH_TIMEOUT(stopped.isFinished(), 20'000);
    QCOMPARE(stagedRows(configFor(m_profile.path()).paths.databaseFile()), files);
}

void TestManyFiles::loadedAgainWithoutAStall()
{
    Engine engine(configFor(m_profile.path()));
    qsizetype shown = 0;
    connect(&engine.uploads(), &UploadManager::uploadsChanged, this,
            [&shown](const UploadBatch& batch) { shown += batch.changed.size(); });
    const LoopWatch watch;
    QElapsedTimer time;
    time.start();
    auto started = engine.start();
    QTRY_VERIFY_WITH_TIMEOUT(started.isFinished(), 120'000);
    QVERIFY(started.result());
    QTRY_COMPARE_WITH_TIMEOUT(shown, files, 20'000);
    qInfo("loaded in %lld ms, peak memory %.1f MB, main thread away for %lld ms at most",
          static_cast<long long>(time.elapsed()), static_cast<double>(peakMemory()) / 1e6,
          static_cast<long long>(watch.longest()));
    if (!isSanitized()) {
        QVERIFY(peakMemory() < mostMemory);
        QVERIFY(watch.longest() <= longestBlock);
    }
    auto stopped = engine.shutdown();
    QTRY_VERIFY_WITH_TIMEOUT(stopped.isFinished(), 20'000);
}

void TestManyFiles::shutdownEndsTheWalk()
{
    const QTemporaryDir profile;
    Engine engine(configFor(profile.path()));
    auto started = engine.start();
    QTRY_VERIFY_WITH_TIMEOUT(started.isFinished(), 20'000);
    bool some = false;
    connect(&engine.uploads(), &UploadManager::uploadsChanged, this, [&some] { some = true; });
    const auto staged = engine.uploads().stage({requestFor(m_files.path())});
    const auto second = engine.uploads().stage({requestFor(m_files.path())});
    QTRY_VERIFY_WITH_TIMEOUT(some, 60'000);
    QVERIFY(!staged.isFinished());
    QElapsedTimer time;
    time.start();
    auto stopped = engine.shutdown();
    QTRY_VERIFY_WITH_TIMEOUT(stopped.isFinished() && staged.isFinished() && second.isFinished(),
                             20'000);
    qInfo("stopped in %lld ms", static_cast<long long>(time.elapsed()));
    QVERIFY(isSanitized() || time.elapsed() < 1000);
    QCOMPARE(staged.result().error().kind, ErrorKind::Cancelled);
    QCOMPARE(second.result().error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestManyFiles)
#include "tst_manyfiles.moc"
