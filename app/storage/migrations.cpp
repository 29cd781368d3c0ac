// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "storage/migrations.h"

#include "storage/sql.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

// Resources of a static library are linked in only if somebody asks for them, and the macro works
// only outside of a namespace.
static void initSqlResources()
{
    Q_INIT_RESOURCE(storagesql);
}

namespace ChatApp {

namespace {

Result<void> runStatements(QSqlDatabase& database, const Migration& migration)
{
    const QStringList statements = migration.sql.split(QStringLiteral(";\n\n"), Qt::SkipEmptyParts);
    for (const QString& statement : statements) {
        QString text = statement.trimmed();
        if (text.endsWith(QLatin1Char(';')))
            text.chop(1);
        if (text.isEmpty())
            continue;
        if (Result<void> done = execute(database, text); !done)
            return done;
    }
    return execute(database, QStringLiteral("PRAGMA user_version = %1").arg(migration.version));
}

} // namespace

QList<Migration> builtInMigrations()
{
    initSqlResources();
    QList<Migration> migrations;
    const QDir folder(QStringLiteral(":/sql"));
    const QStringList names = folder.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    for (const QString& name : names) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("compiled-in file cannot be read: %s", qPrintable(name));
        const int version = name.section(QLatin1Char('_'), 0, 0).toInt();
        migrations.append({version, QString::fromUtf8(file.readAll())});
    }
    return migrations;
}

Result<int> databaseVersion(QSqlDatabase& database)
{
    QSqlQuery query(database);
    if (!query.exec(QStringLiteral("PRAGMA user_version")) || !query.next())
        return sqlError(query);
    return query.value(0).toInt();
}

Result<void> migrate(QSqlDatabase& database, const QList<Migration>& migrations)
{
    const Result<int> version = databaseVersion(database);
    if (!version)
        return version.error();
    const int known = migrations.isEmpty() ? 0 : migrations.last().version;
    if (*version > known) {
        return Error{.kind = ErrorKind::StoreNewer,
                     .message = QStringLiteral("the database has version %1, this program knows "
                                               "versions up to %2")
                                    .arg(*version)
                                    .arg(known)};
    }
    for (const Migration& migration : migrations) {
        if (migration.version <= *version)
            continue;
        if (Result<void> begun = execute(database, QStringLiteral("BEGIN IMMEDIATE")); !begun)
            return begun;
        Result<void> done = runStatements(database, migration);
        if (done)
            done = execute(database, QStringLiteral("COMMIT"));
        if (!done) {
            rollBack(database);
            return done;
        }
    }
    return {};
}

} // namespace ChatApp
