// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"

#include <QtCore/QList>
#include <QtCore/QString>

QT_BEGIN_NAMESPACE
class QSqlDatabase;
QT_END_NAMESPACE

namespace ChatApp {

//! One numbered SQL file: takes a database from version - 1 to `version`. Statements are separated
//! by blank lines.
struct Migration {
    int version = 0;
    QString sql;
};

//! The files of resources/sql, in order.
QList<Migration> builtInMigrations();

//! The version in the database (`user_version`); 0: empty.
Result<int> databaseVersion(QSqlDatabase& database);

//! Runs the migrations that are newer than the database, each in a transaction of its own: after an
//! error the database has the version before. StoreNewer if the database is ahead of them all.
Result<void> migrate(QSqlDatabase& database, const QList<Migration>& migrations);

} // namespace ChatApp
