// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "storage/database.h"
#include "storage/sql.h"
#include "storage/uploadrecord.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

namespace ChatApp::Test {

//! Waits for a future that another thread ends.
template <typename T>
T resultOf(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

//! Runs one statement in a transaction of its own.
inline Result<void> run(Database& database, const QString& statement)
{
    return resultOf(database.transact<void>(
        [statement](QSqlDatabase& connection) { return execute(connection, statement); }));
}

//! The first value of the first row; invalid if there is none.
inline QVariant valueOf(Database& database, const QString& statement)
{
    const auto result = resultOf(
        database.transact<QVariant>([statement](QSqlDatabase& connection) -> Result<QVariant> {
            QSqlQuery query(connection);
            if (!query.exec(statement))
                return sqlError(query);
            return query.next() ? query.value(0) : QVariant();
        }));
    return result ? *result : QVariant(result.error().message);
}

inline QDateTime atMs(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
}

inline UploadRecord stagedUpload(const QString& name)
{
    UploadRecord record;
    record.path = QStringLiteral("/home/someone/") + name;
    record.name = name;
    record.createdAt = atMs(1'700'000'000'000);
    record.target.accountId = {QStringLiteral("account-1")};
    record.target.spaceId = {QStringLiteral("space-1")};
    return record;
}

inline UploadRecord endedUpload(const QString& name, UploadState state, qint64 endedAtMs)
{
    UploadRecord record = stagedUpload(name);
    record.state = state;
    record.startedAt = record.createdAt;
    record.endedAt = atMs(endedAtMs);
    return record;
}

} // namespace ChatApp::Test
