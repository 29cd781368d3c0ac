// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"

#include <QtCore/QDateTime>
#include <QtCore/QString>
#include <QtCore/QVariant>

QT_BEGIN_NAMESPACE
class QSqlDatabase;
class QSqlError;
class QSqlQuery;
QT_END_NAMESPACE

namespace ChatApp {

//! DiskFull for a full disk, else StoreFailed; `code` is SQLite's (extended) result code.
Error sqlError(const QSqlError& error);
Error sqlError(const QSqlQuery& query);
//! SQLite said that the file is not a database, or that its structure is broken.
bool saysDamaged(const Error& error);
//! A transaction was cut off before the file had its write-ahead log, and only a connection that
//! may write can roll it back.
bool needsRollback(const Error& error);

//! Runs one statement that gives no rows.
Result<void> execute(QSqlDatabase& database, const QString& statement);
//! Prepares one statement for execution.
Result<void> prepare(QSqlQuery& query, const QString& statement);
//! Executes what was prepared and bound.
Result<void> execute(QSqlQuery& query);
//! Ends a transaction that failed. SQLite may have rolled back by itself, so errors mean nothing.
void rollBack(QSqlDatabase& database);

//! Text for a NOT NULL column: Qt would bind a null QString as NULL.
QVariant sqlText(const QString& text);
//! Text for a column where NULL stands for "none".
QVariant sqlTextOrNull(const QString& text);
//! Milliseconds since the epoch; NULL for an invalid time.
QVariant sqlTime(const QDateTime& time);
//! The inverse, in UTC.
QDateTime timeFromSql(const QVariant& value);

} // namespace ChatApp
