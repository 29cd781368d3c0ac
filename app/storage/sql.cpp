// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "storage/sql.h"

#include <QtCore/QTimeZone>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

namespace ChatApp {

namespace {

// https://www.sqlite.org/rescode.html; the low byte of an extended code is the primary one.
constexpr int sqliteCorrupt = 11;
constexpr int sqliteFull = 13;
constexpr int sqliteNotADatabase = 26;
constexpr int sqliteReadonlyRollback = 776;
// The shared-memory file could not be enlarged: the other way in which a full disk shows.
constexpr int sqliteIoErrorShmSize = 4874;

} // namespace

Error sqlError(const QSqlError& error)
{
    const int code = error.nativeErrorCode().toInt();
    const bool full = (code & 0xff) == sqliteFull || code == sqliteIoErrorShmSize;
    return Error{.kind = full ? ErrorKind::DiskFull : ErrorKind::StoreFailed,
                 .code = error.nativeErrorCode(),
                 .message = error.text()};
}

Error sqlError(const QSqlQuery& query)
{
    return sqlError(query.lastError());
}

bool saysDamaged(const Error& error)
{
    const int code = error.code.toInt() & 0xff;
    return code == sqliteCorrupt || code == sqliteNotADatabase;
}

bool needsRollback(const Error& error)
{
    return error.code.toInt() == sqliteReadonlyRollback;
}

Result<void> execute(QSqlDatabase& database, const QString& statement)
{
    QSqlQuery query(database);
    if (!query.exec(statement))
        return sqlError(query);
    return {};
}

Result<void> prepare(QSqlQuery& query, const QString& statement)
{
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        return sqlError(query);
    return {};
}

Result<void> execute(QSqlQuery& query)
{
    if (!query.exec())
        return sqlError(query);
    return {};
}

void rollBack(QSqlDatabase& database)
{
    QSqlQuery(database).exec(QStringLiteral("ROLLBACK"));
}

QVariant sqlText(const QString& text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

QVariant sqlTextOrNull(const QString& text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

QVariant sqlTime(const QDateTime& time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

QDateTime timeFromSql(const QVariant& value)
{
    if (value.isNull())
        return {};
    return QDateTime::fromMSecsSinceEpoch(value.toLongLong(), QTimeZone::utc());
}

} // namespace ChatApp
