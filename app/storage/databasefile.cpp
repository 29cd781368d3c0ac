// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "storage/databasefile.h"

#include "core/logging.h"
#include "storage/sql.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QUuid>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

namespace ChatApp {

namespace {

const QString readOnlyOptions = QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000");
const QString writerOptions = QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000");
constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

Error storeFailed(const QString& message)
{
    return Error{.kind = ErrorKind::StoreFailed, .message = message};
}

//! `file` with a suffix that has the present time in it and makes a name that is free.
QString datedName(const QString& file, const QString& what)
{
    const QString now =
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    const QString base = QStringLiteral("%1.%2-%3").arg(file, what, now);
    QString name = base;
    for (int n = 2; QFileInfo::exists(name); ++n)
        name = QStringLiteral("%1-%2").arg(base).arg(n);
    return name;
}

bool isAbsentOrEmpty(const QString& file)
{
    return QFileInfo(file).size() == 0;
}

//! SQLite gives its companion files the permissions of the database: names of files that somebody
//! sent are nobody else's business.
Result<void> createPrivately(const QString& file)
{
    const QFileInfo info(file);
    if (info.exists())
        return {};
    if (!QDir().mkpath(info.absolutePath()))
        return storeFailed(QStringLiteral("cannot create the folder %1").arg(info.absolutePath()));
    QFile created(file);
    if (!created.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly))
        return storeFailed(QStringLiteral("cannot create %1: %2").arg(file, created.errorString()));
    return {};
}

} // namespace

DatabaseFile::DatabaseFile(QString file, Database::Mode mode, QList<Migration> migrations)
    : m_file(std::move(file))
    , m_mode(mode)
    , m_migrations(std::move(migrations))
    , m_connectionName(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

DatabaseFile::~DatabaseFile()
{
    disconnect();
}

Result<Database::OpenReport> DatabaseFile::open()
{
    Result<Database::OpenReport> report =
        m_mode == Database::Mode::Reader ? openReader() : openWriter();
    if (!report)
        disconnect();
    return report;
}

Result<Database::OpenReport> DatabaseFile::openReader()
{
    const int newest = newestVersion();
    const Database::OpenReport report{.migratedFrom = newest, .migratedTo = newest};
    int version = 0;
    if (!isAbsentOrEmpty(m_file)) {
        if (Result<void> opened = connect(m_file, readOnlyOptions); !opened)
            return opened.error();
        const Result<int> read = databaseVersion(m_connection);
        if (!read && !needsRollback(read.error()))
            return read.error();
        // Cut off while it was being filled is the same as not yet filled.
        version = read ? *read : 0;
    }
    if (version == 0) {
        // Nothing there, or not yet filled by the one who writes: an empty one in its place.
        disconnect();
        if (Result<void> opened = connect(QStringLiteral(":memory:"), writerOptions); !opened)
            return opened.error();
        if (Result<void> migrated = migrate(m_connection, m_migrations); !migrated)
            return migrated.error();
    } else if (version > newest) {
        return migrate(m_connection, m_migrations).error();
    } else if (version < newest) {
        return storeFailed(QStringLiteral("the database has the older version %1; it is brought up "
                                          "to date by the next program that writes to it")
                               .arg(version));
    }
    if (Result<void> set = execute(m_connection, QStringLiteral("PRAGMA query_only = ON")); !set)
        return set.error();
    return report;
}

Result<Database::OpenReport> DatabaseFile::openWriter()
{
    Database::OpenReport report;
    Result<void> whole = inspect();
    disconnect();
    if (!whole && saysDamaged(whole.error())) {
        qCWarning(lcStore) << "database is damaged:" << describeError(whole.error());
        const Result<QString> moved = setAside();
        if (!moved)
            return moved.error();
        report.setAsideAs = *moved;
        whole = {};
    }
    if (!whole)
        return whole.error();

    if (Result<void> created = createPrivately(m_file); !created)
        return created.error();
    if (Result<void> opened = connect(m_file, writerOptions); !opened)
        return opened.error();
    const Result<int> version = databaseVersion(m_connection);
    if (!version)
        return version.error();
    report.migratedFrom = *version;
    report.migratedTo = newestVersion();
    if (Result<void> configured = configureWriter(); !configured)
        return configured.error();
    if (*version != 0 && *version < report.migratedTo) {
        if (Result<void> copied = copyBeforeMigration(*version); !copied)
            return copied.error();
    }
    if (Result<void> migrated = migrate(m_connection, m_migrations); !migrated)
        return migrated.error();
    return report;
}

//! Looks at the file before anything is written to it, on a read-only connection: closing a writer
//! would fold the -wal into a file that is about to be kept as evidence.
Result<void> DatabaseFile::inspect()
{
    if (isAbsentOrEmpty(m_file))
        return {};
    Result<void> whole = inspect(readOnlyOptions);
    if (whole || !needsRollback(whole.error()))
        return whole;
    // The program ended while it made the file. There is no log yet that could be folded.
    disconnect();
    return inspect(writerOptions);
}

Result<void> DatabaseFile::inspect(const QString& options)
{
    if (Result<void> opened = connect(m_file, options); !opened)
        return opened;
    const Result<int> version = databaseVersion(m_connection);
    if (!version)
        return version.error();
    if (*version > newestVersion())
        return migrate(m_connection, m_migrations);

    QSqlQuery query(m_connection);
    if (!query.exec(QStringLiteral("PRAGMA quick_check(1)")) || !query.next())
        return sqlError(query);
    const QString finding = query.value(0).toString();
    if (finding == QLatin1String("ok"))
        return {};
    // Damage to the structure is reported under this headline, and before all else. The rest is
    // about single rows that break a rule of their table; these are left out when they are read.
    if (finding.startsWith(QLatin1String("*** in database"))) {
        return Error{.kind = ErrorKind::StoreFailed,
                     .code = QStringLiteral("11"), // SQLITE_CORRUPT
                     .message = finding};
    }
    qCWarning(lcStore) << "database has a bad row:" << finding;
    return {};
}

Result<void> DatabaseFile::configureWriter()
{
    QSqlQuery query(m_connection);
    if (!query.exec(QStringLiteral("PRAGMA journal_mode = WAL")) || !query.next())
        return sqlError(query);
    if (query.value(0).toString() != QLatin1String("wal"))
        return storeFailed(QStringLiteral("this file system does not allow a write-ahead log"));
    query.finish();
    for (const auto* pragma : {"PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON",
                               // A huge transaction must not leave a huge log behind for good.
                               "PRAGMA journal_size_limit = 67108864"}) {
        if (Result<void> set = execute(m_connection, QString::fromLatin1(pragma)); !set)
            return set;
    }
    return {};
}

Result<void> DatabaseFile::copyBeforeMigration(int version)
{
    const QString copy = datedName(m_file, QStringLiteral("version%1").arg(version));
    if (Result<void> created = createPrivately(copy); !created)
        return created;
    QSqlQuery query(m_connection);
    if (Result<void> prepared = prepare(query, QStringLiteral("VACUUM INTO ?")); !prepared)
        return prepared;
    query.addBindValue(copy);
    Result<void> copied = execute(query);
    if (!copied)
        QFile::remove(copy);
    return copied;
}

//! Renames the database and its companions; gives the database's new name.
Result<QString> DatabaseFile::setAside()
{
    const QString name = datedName(m_file, QStringLiteral("damaged"));
    for (const auto* suffix : {"-wal", "-shm", ""}) {
        const QString from = m_file + QLatin1String(suffix);
        if (QFileInfo::exists(from) && !QFile::rename(from, name + QLatin1String(suffix)))
            return storeFailed(QStringLiteral("cannot rename %1").arg(from));
    }
    return name;
}

Result<void> DatabaseFile::connect(const QString& file, const QString& options)
{
    m_connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connectionName);
    m_connection.setDatabaseName(file);
    m_connection.setConnectOptions(options);
    if (!m_connection.open())
        return sqlError(m_connection.lastError());
    return {};
}

void DatabaseFile::disconnect()
{
    m_connection.close();
    m_connection = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connectionName);
}

int DatabaseFile::newestVersion() const
{
    return m_migrations.isEmpty() ? 0 : m_migrations.last().version;
}

} // namespace ChatApp
