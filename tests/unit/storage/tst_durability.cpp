// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "storage/profilelock.h"
#include "storage/uploadstore.h"
#include "storagefixtures.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cstdio>

using namespace ChatApp;
using namespace ChatApp::Test;

namespace {

//! What the child process does: takes the profile's lock, inserts rows for ever, and says each id
//! once its commit was reported.
int insertUntilKilled(const QString& folder)
{
    ProfileLock lock(folder);
    Database database(folder + QStringLiteral("/uploads.sqlite"), Database::Mode::Writer);
    UploadStore store(database);
    if (!lock.take() || !resultOf(database.open()))
        return 1;
    for (;;) {
        const auto inserted = resultOf(store.insert({stagedUpload(QStringLiteral("x.png"))}));
        if (!inserted)
            return 2;
        std::printf("%lld\n", static_cast<long long>(inserted->first().id.value));
        std::fflush(stdout);
    }
}

//! A file system of its own that is full soon; needs the right to mount.
class SmallDisk {
public:
    explicit SmallDisk(const QString& folder) : m_folder(folder)
    {
        m_mounted = QDir().mkpath(folder)
            && call(QStringLiteral("mount"),
                    {QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("-o"),
                     QStringLiteral("size=2m"), QStringLiteral("tmpfs"), folder});
    }
    ~SmallDisk()
    {
        if (m_mounted)
            call(QStringLiteral("umount"), {QStringLiteral("-l"), m_folder});
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool isMounted() const { return m_mounted; }

private:
    static bool call(const QString& program, const QStringList& arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit
            && process.exitCode() == 0;
    }

    const QString m_folder;
    bool m_mounted = false;
};

QList<UploadRecord> manyRows(int count)
{
    return QList<UploadRecord>(count, stagedUpload(QString(200, QLatin1Char('n'))));
}

} // namespace

class TestDurability : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void killedProcessLosesNoCommittedRow();
    void storeThatCannotGrowSaysDiskFull();
    void fullDiskIsDiskFullAndPasses();
    void secondLockNamesTheHolder();
};

void TestDurability::killedProcessLosesNoCommittedRow()
{
    QTemporaryDir folder;
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--insert-until-killed"), folder.path()});
    QVERIFY(child.waitForStarted());
    QByteArray said;
    while (said.count('\n') < 40) {
        QVERIFY(child.waitForReadyRead());
        said += child.readAllStandardOutput();
    }

    ProfileLock lock(folder.path());
    const Result<void> held = lock.take();
    QVERIFY(!held.ok());
    QCOMPARE(held.error().kind, ErrorKind::ProfileInUse);
    QVERIFY2(held.error().message.contains(QString::number(child.processId())),
             qPrintable(held.error().message));

    child.kill();
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);
    said += child.readAllStandardOutput();

    QVERIFY2(lock.take().ok(), "the lock of a dead process is taken over");
    Database database(folder.filePath(QStringLiteral("uploads.sqlite")), Database::Mode::Writer);
    UploadStore store(database);
    const auto report = resultOf(database.open());
    QVERIFY(report.ok());
    QVERIFY(report->setAsideAs.isEmpty());
    const auto rows = resultOf(store.unfinished());
    QVERIFY(rows.ok());
    QSet<QByteArray> stored;
    for (const UploadRecord& record : *rows)
        stored += QByteArray::number(record.id.value);
    said.truncate(said.lastIndexOf('\n'));
    const QList<QByteArray> reported = said.split('\n');
    QVERIFY(reported.size() >= 40);
    for (const QByteArray& id : reported)
        QVERIFY2(stored.contains(id), id.constData());
}

void TestDurability::storeThatCannotGrowSaysDiskFull()
{
    QTemporaryDir folder;
    Database database(folder.filePath(QStringLiteral("uploads.sqlite")), Database::Mode::Writer);
    UploadStore store(database);
    QVERIFY(resultOf(database.open()).ok());
    QVERIFY(resultOf(store.insert(manyRows(1))).ok());
    QVERIFY(run(database, QStringLiteral("PRAGMA max_page_count = 60")).ok());
    const auto full = resultOf(store.insert(manyRows(1000)));
    QVERIFY(!full.ok());
    QCOMPARE(full.error().kind, ErrorKind::DiskFull);
    QCOMPARE(resultOf(store.unfinished())->size(), 1);
    QVERIFY(run(database, QStringLiteral("PRAGMA max_page_count = 100000")).ok());
    QVERIFY(resultOf(store.insert(manyRows(1000))).ok());
    QCOMPARE(resultOf(store.unfinished())->size(), 1001);
}

void TestDurability::fullDiskIsDiskFullAndPasses()
{
    QTemporaryDir folder;
    const SmallDisk disk(folder.filePath(QStringLiteral("disk")));
    if (!disk.isMounted())
        QSKIP("mounting a small tmpfs needs root");
    const QString database = folder.filePath(QStringLiteral("disk/uploads.sqlite"));
    const QString filler = folder.filePath(QStringLiteral("disk/filler"));
    {
        Database writer(database, Database::Mode::Writer);
        UploadStore store(writer);
        QVERIFY(resultOf(writer.open()).ok());
        QVERIFY(resultOf(store.insert(manyRows(1))).ok());
        const auto full = resultOf(store.insert(manyRows(5000)));
        QVERIFY(!full.ok());
        QCOMPARE(full.error().kind, ErrorKind::DiskFull);
        QCOMPARE(resultOf(store.unfinished())->size(), 1);
    }
    for (const auto* suffix : {"", "-wal", "-shm"})
        QFile::remove(database + QLatin1String(suffix));
    QFile fill(filler);
    QVERIFY(fill.open(QIODevice::WriteOnly | QIODevice::Unbuffered));

    const QByteArray block(4096, 'x');
    while (fill.write(block) == block.size()) { }
    {
        Database writer(database, Database::Mode::Writer);
        const auto report = resultOf(writer.open());
        QVERIFY(!report.ok());
        QCOMPARE(report.error().kind, ErrorKind::DiskFull);
    }
    fill.close();
    QVERIFY(QFile::remove(filler));
    Database writer(database, Database::Mode::Writer);
    UploadStore store(writer);
    QVERIFY(resultOf(writer.open()).ok());
    QVERIFY(resultOf(store.insert(manyRows(1))).ok());
}

void TestDurability::secondLockNamesTheHolder()
{
    QTemporaryDir folder;
    const QString state = folder.filePath(QStringLiteral("new/state"));
    {
        ProfileLock first(state);
        QVERIFY(first.take().ok());
        ProfileLock second(state);
        const Result<void> refused = second.take();
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::ProfileInUse);
        const QString message = refused.error().message;
        QVERIFY(message.contains(QString::number(QCoreApplication::applicationPid())));
        QVERIFY(message.contains(QSysInfo::machineHostName()));
        QVERIFY(message.contains(QCoreApplication::applicationName()));
    }
    ProfileLock third(state);
    QVERIFY(third.take().ok());
    QFile file(folder.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    ProfileLock impossible(file.fileName() + QStringLiteral("/state"));
    QCOMPARE(impossible.take().error().kind, ErrorKind::StoreFailed);
}

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--insert-until-killed"))
        return insertUntilKilled(arguments.value(2));
    TestDurability test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_durability.moc"
