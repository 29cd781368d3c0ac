// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "storagefixtures.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <utility>

using namespace ChatApp;
using namespace ChatApp::Test;

namespace {

const Migration firstVersion{1,
                             QStringLiteral("CREATE TABLE pets (name TEXT);\n\n"
                                            "INSERT INTO pets VALUES ('cat');\n")};
const Migration secondVersion{2, QStringLiteral("ALTER TABLE pets ADD COLUMN legs INTEGER;\n")};
const Migration brokenVersion{2,
                              QStringLiteral("ALTER TABLE pets ADD COLUMN legs INTEGER;\n\n"
                                             "ALTER TABLE nothing ADD COLUMN x INTEGER;\n")};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

class TestDatabase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void newDatabaseHasTheHouseSettings();
    void newDatabaseIsPrivate();
    void creationThatWasCutOffIsRolledBack();
    void builtInMigrationsAreNumbered();
    void migratesAndKeepsACopy();
    void failedMigrationChangesNothing();
    void newerVersionIsRefusedUntouched();
    void damagedFileIsSetAside_data();
    void damagedFileIsSetAside();
    void rowThatBreaksARuleIsNotDamage();
    void errorRollsBack();
    void commitErrorSurfaces();
    void workBeforeOpenWaits();
    void workAfterFailedOpenEndsWithItsError();
    void destructorFinishesWork();
    void readerOfAbsentFileSeesAnEmptyOne();
    void readerSeesCommittedRowsAndCannotWrite();
    void readerReportsOtherVersionsAndDamage();

private:
    QString file() const { return m_folder->filePath(QStringLiteral("uploads.sqlite")); }
    QStringList filesLike(const QString& pattern) const
    {
        return QDir(m_folder->path()).entryList({pattern}, QDir::Files, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDatabase::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestDatabase::newDatabaseHasTheHouseSettings()
{
    Database database(file(), Database::Mode::Writer);
    const auto report = resultOf(database.open());
    QVERIFY(report.ok());
    QCOMPARE(report->migratedFrom, 0);
    QCOMPARE(report->migratedTo, builtInMigrations().last().version);
    QVERIFY(report->setAsideAs.isEmpty());
    QCOMPARE(valueOf(database, QStringLiteral("PRAGMA journal_mode")).toString(),
             QStringLiteral("wal"));
    QCOMPARE(valueOf(database, QStringLiteral("PRAGMA synchronous")).toInt(), 2);
    QCOMPARE(valueOf(database, QStringLiteral("PRAGMA foreign_keys")).toInt(), 1);
    QCOMPARE(valueOf(database, QStringLiteral("PRAGMA busy_timeout")).toInt(), 5000);
    QCOMPARE(valueOf(database, QStringLiteral("PRAGMA user_version")).toInt(), report->migratedTo);
}

void TestDatabase::creationThatWasCutOffIsRolledBack()
{
    // What a kill leaves behind before there is a write-ahead log: a journal that is to be rolled
    // back, and half a transaction in the file.
    const QString other = m_folder->filePath(QStringLiteral("other.sqlite"));
    {
        QSqlDatabase cut = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), other);
        cut.setDatabaseName(other);
        QVERIFY(cut.open());
        const char* const fill = "WITH RECURSIVE n (i) AS "
                                 "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) "
                                 "INSERT INTO half SELECT zeroblob(1000) FROM n";
        for (const char* statement :
             {"PRAGMA synchronous = OFF", "PRAGMA cache_size = 1", "CREATE TABLE old (x)", "BEGIN",
              "CREATE TABLE half (x)", fill})
            QVERIFY2(execute(cut, QString::fromLatin1(statement)).ok(), statement);
        QVERIFY(QFile::copy(other, file()));
        QVERIFY(
            QFile::copy(other + QStringLiteral("-journal"), file() + QStringLiteral("-journal")));
    }
    QSqlDatabase::removeDatabase(other);
    {
        Database reader(file(), Database::Mode::Reader);
        QVERIFY(resultOf(reader.open()).ok());
        QCOMPARE(valueOf(reader, QStringLiteral("SELECT count(*) FROM uploads")).toInt(), 0);
    }
    Database database(file(), Database::Mode::Writer);
    const auto report = resultOf(database.open());
    QVERIFY2(report.ok(), report ? "" : qPrintable(report.error().message));
    QVERIFY(report->setAsideAs.isEmpty());
    QCOMPARE(report->migratedFrom, 0);
    const QString tables =
        QStringLiteral("SELECT group_concat(name) FROM sqlite_schema WHERE name IN %1");
    QCOMPARE(valueOf(database, tables.arg(QStringLiteral("('old', 'half')"))).toString(),
             QStringLiteral("old"));
    QCOMPARE(valueOf(database, QStringLiteral("SELECT count(*) FROM uploads")).toInt(), 0);
}

void TestDatabase::newDatabaseIsPrivate()
{
    Database database(m_folder->filePath(QStringLiteral("a/b/uploads.sqlite")),
                      Database::Mode::Writer);
    QVERIFY(resultOf(database.open()).ok());
    const QDir folder(m_folder->filePath(QStringLiteral("a/b")));
    const QFileInfoList files = folder.entryInfoList(QDir::Files);
    QCOMPARE(files.size(), 3); // with -wal and -shm
    for (const QFileInfo& info : files) {
        const QFile::Permissions others =
            QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY2(!(info.permissions() & others), qPrintable(info.fileName()));
    }
}

void TestDatabase::builtInMigrationsAreNumbered()
{
    const QList<Migration> migrations = builtInMigrations();
    QVERIFY(!migrations.isEmpty());
    for (qsizetype i = 0; i < migrations.size(); ++i)
        QCOMPARE(migrations[i].version, static_cast<int>(i) + 1);
}

void TestDatabase::migratesAndKeepsACopy()
{
    {
        Database old(file(), Database::Mode::Writer, {firstVersion});
        QVERIFY(resultOf(old.open()).ok());
        QVERIFY(run(old, QStringLiteral("INSERT INTO pets VALUES ('dog')")).ok());
    }
    QVERIFY(filesLike(QStringLiteral("*version*")).isEmpty());
    {
        Database database(file(), Database::Mode::Writer, {firstVersion, secondVersion});
        const auto report = resultOf(database.open());
        QVERIFY(report.ok());
        QCOMPARE(report->migratedFrom, 1);
        QCOMPARE(report->migratedTo, 2);
        QCOMPARE(valueOf(database, QStringLiteral("SELECT count(legs IS NULL) FROM pets")).toInt(),
                 2);
    }
    const QStringList copies = filesLike(QStringLiteral("uploads.sqlite.version1-*"));
    QCOMPARE(copies.size(), 1);
    Database copy(m_folder->filePath(copies.first()), Database::Mode::Reader, {firstVersion});
    QVERIFY(resultOf(copy.open()).ok());
    QCOMPARE(valueOf(copy, QStringLiteral("SELECT group_concat(name) FROM pets")).toString(),
             QStringLiteral("cat,dog"));
}

void TestDatabase::failedMigrationChangesNothing()
{
    {
        Database old(file(), Database::Mode::Writer, {firstVersion});
        QVERIFY(resultOf(old.open()).ok());
    }
    {
        Database database(file(), Database::Mode::Writer, {firstVersion, brokenVersion});
        const auto report = resultOf(database.open());
        QVERIFY(!report.ok());
        QCOMPARE(report.error().kind, ErrorKind::StoreFailed);
    }
    Database again(file(), Database::Mode::Writer, {firstVersion, secondVersion});
    const auto report = resultOf(again.open());
    QVERIFY2(report.ok(), "the column of the failed migration is still there");
    QCOMPARE(report->migratedFrom, 1);
}

void TestDatabase::newerVersionIsRefusedUntouched()
{
    {
        Database newer(file(), Database::Mode::Writer, {firstVersion, secondVersion});
        QVERIFY(resultOf(newer.open()).ok());
    }
    const QByteArray before = contentOf(file());
    for (const Database::Mode mode : {Database::Mode::Writer, Database::Mode::Reader}) {
        Database database(file(), mode, {firstVersion});
        const auto report = resultOf(database.open());
        QVERIFY(!report.ok());
        QCOMPARE(report.error().kind, ErrorKind::StoreNewer);
    }
    QCOMPARE(contentOf(file()), before);
    QVERIFY(filesLike(QStringLiteral("*damaged*")).isEmpty());
}

void TestDatabase::damagedFileIsSetAside_data()
{
    QTest::addColumn<bool>("garbage");
    QTest::newRow("not a database") << true;
    QTest::newRow("broken pages") << false;
}

void TestDatabase::damagedFileIsSetAside()
{
    QFETCH(bool, garbage);
    QByteArray content(20'000, 'x');
    if (!garbage) {
        {
            Database database(file(), Database::Mode::Writer);
            QVERIFY(resultOf(database.open()).ok());
        }
        content = contentOf(file());
        QVERIFY(content.size() > 12'288);
        content.replace(8192, 4096, QByteArray(4096, '\x07'));
    }
    QVERIFY(writeFile(file(), content));
    QVERIFY(writeFile(file() + QStringLiteral("-wal"), "left over log"));
    QVERIFY(writeFile(file() + QStringLiteral("-shm"), "left over index"));

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("database is damaged")));
    Database database(file(), Database::Mode::Writer);
    const auto report = resultOf(database.open());
    QVERIFY2(report.ok(), report.ok() ? "" : qPrintable(report.error().message));
    const QString aside = report->setAsideAs;
    QVERIFY(QFileInfo(aside).fileName().startsWith(QStringLiteral("uploads.sqlite.damaged-20")));
    QCOMPARE(contentOf(aside), content);
    QCOMPARE(contentOf(aside + QStringLiteral("-wal")), QByteArray("left over log"));
    QVERIFY(QFileInfo::exists(aside + QStringLiteral("-shm")));
    QCOMPARE(report->migratedFrom, 0);
    QCOMPARE(valueOf(database, QStringLiteral("SELECT count(*) FROM uploads")).toInt(), 0);
    QVERIFY(run(database, QStringLiteral("DELETE FROM uploads")).ok());
}

void TestDatabase::rowThatBreaksARuleIsNotDamage()
{
    {
        Database database(file(), Database::Mode::Writer, {firstVersion});
        QVERIFY(resultOf(database.open()).ok());
        QVERIFY(run(database, QStringLiteral("INSERT INTO pets VALUES (NULL)")).ok());
        QVERIFY(run(database, QStringLiteral("PRAGMA writable_schema = ON")).ok());
        QVERIFY(run(database,
                    QStringLiteral("UPDATE sqlite_schema SET "
                                   "sql = 'CREATE TABLE pets (name TEXT NOT NULL)'"))
                    .ok());
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("has a bad row")));
    Database database(file(), Database::Mode::Writer, {firstVersion});
    const auto report = resultOf(database.open());
    QVERIFY(report.ok());
    QVERIFY(report->setAsideAs.isEmpty());
    QCOMPARE(valueOf(database, QStringLiteral("SELECT count(*) FROM pets")).toInt(), 2);
}

void TestDatabase::errorRollsBack()
{
    Database database(file(), Database::Mode::Writer, {firstVersion});
    QVERIFY(resultOf(database.open()).ok());
    const auto failed =
        resultOf(database.transact<void>([](QSqlDatabase& connection) -> Result<void> {
            if (auto done = execute(connection, QStringLiteral("DELETE FROM pets")); !done)
                return done;
            return Error{.kind = ErrorKind::Usage, .message = QStringLiteral("on purpose")};
        }));
    QVERIFY(!failed.ok());
    QCOMPARE(failed.error().kind, ErrorKind::Usage);
    QCOMPARE(valueOf(database, QStringLiteral("SELECT count(*) FROM pets")).toInt(), 1);
}

void TestDatabase::commitErrorSurfaces()
{
    Database database(file(), Database::Mode::Writer, {firstVersion});
    QVERIFY(resultOf(database.open()).ok());
    QVERIFY(run(database, QStringLiteral("CREATE TABLE owners (id INTEGER PRIMARY KEY)")).ok());
    QVERIFY(run(database,
                QStringLiteral("CREATE TABLE owned (id INTEGER REFERENCES owners (id) "
                               "DEFERRABLE INITIALLY DEFERRED)"))
                .ok());
    const Result<void> failed = run(database, QStringLiteral("INSERT INTO owned VALUES (7)"));
    QVERIFY(!failed.ok());
    QCOMPARE(failed.error().kind, ErrorKind::StoreFailed);
    QCOMPARE(valueOf(database, QStringLiteral("SELECT count(*) FROM owned")).toInt(), 0);
    QVERIFY(run(database, QStringLiteral("INSERT INTO owners VALUES (7)")).ok());
}

void TestDatabase::workBeforeOpenWaits()
{
    Database database(file(), Database::Mode::Writer, {firstVersion});
    auto early = database.transact<int>([](QSqlDatabase& connection) -> Result<int> {
        QSqlQuery query(QStringLiteral("SELECT count(*) FROM pets"), connection);
        return query.next() ? query.value(0).toInt() : -1;
    });
    QVERIFY(resultOf(database.open()).ok());
    const auto count = resultOf(early);
    QVERIFY(count.ok());
    QCOMPARE(*count, 1);
}

void TestDatabase::workAfterFailedOpenEndsWithItsError()
{
    const QString folder = m_folder->filePath(QStringLiteral("folder.sqlite"));
    QVERIFY(QDir().mkpath(folder + QStringLiteral("/not empty")));
    Database database(folder, Database::Mode::Writer);
    auto early = database.transact<void>([](QSqlDatabase&) { return Result<void>(); });
    const auto report = resultOf(database.open());
    QVERIFY(!report.ok());
    QCOMPARE(report.error().kind, ErrorKind::StoreFailed);
    QCOMPARE(resultOf(early).error(), report.error());
    QCOMPARE(run(database, QStringLiteral("SELECT 1")).error(), report.error());
}

void TestDatabase::destructorFinishesWork()
{
    QList<QFuture<Result<void>>> inserts;
    {
        Database database(file(), Database::Mode::Writer, {firstVersion});
        database.open();
        for (int i = 0; i < 50; ++i) {
            inserts += database.transact<void>([](QSqlDatabase& connection) {
                return execute(connection, QStringLiteral("INSERT INTO pets VALUES ('fish')"));
            });
        }
    }
    for (const auto& insert : std::as_const(inserts)) {
        QVERIFY(insert.isFinished());
        QVERIFY(insert.result().ok());
    }
    Database database(file(), Database::Mode::Reader, {firstVersion});
    QVERIFY(resultOf(database.open()).ok());
    QCOMPARE(valueOf(database, QStringLiteral("SELECT count(*) FROM pets")).toInt(), 51);
}

void TestDatabase::readerOfAbsentFileSeesAnEmptyOne()
{
    Database database(file(), Database::Mode::Reader);
    QVERIFY(resultOf(database.open()).ok());
    QCOMPARE(valueOf(database, QStringLiteral("SELECT count(*) FROM uploads")).toInt(), 0);
    QVERIFY(!run(database, QStringLiteral("DELETE FROM uploads")).ok());
    QVERIFY(!QFileInfo::exists(file()));
}

void TestDatabase::readerSeesCommittedRowsAndCannotWrite()
{
    Database writer(file(), Database::Mode::Writer, {firstVersion});
    QVERIFY(resultOf(writer.open()).ok());
    Database reader(file(), Database::Mode::Reader, {firstVersion});
    QVERIFY(resultOf(reader.open()).ok());
    QVERIFY(run(writer, QStringLiteral("INSERT INTO pets VALUES ('dog')")).ok());
    QCOMPARE(valueOf(reader, QStringLiteral("SELECT count(*) FROM pets")).toInt(), 2);
    QVERIFY(!run(reader, QStringLiteral("DELETE FROM pets")).ok());
    QCOMPARE(valueOf(writer, QStringLiteral("SELECT count(*) FROM pets")).toInt(), 2);
}

void TestDatabase::readerReportsOtherVersionsAndDamage()
{
    {
        Database old(file(), Database::Mode::Writer, {firstVersion});
        QVERIFY(resultOf(old.open()).ok());
    }
    {
        Database reader(file(), Database::Mode::Reader, {firstVersion, secondVersion});
        QCOMPARE(resultOf(reader.open()).error().kind, ErrorKind::StoreFailed);
    }
    const QByteArray garbage(20'000, 'x');
    QVERIFY(writeFile(file(), garbage));
    Database reader(file(), Database::Mode::Reader);
    QCOMPARE(resultOf(reader.open()).error().kind, ErrorKind::StoreFailed);
    QCOMPARE(contentOf(file()), garbage);
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
