// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "storage/database.h"
#include "storage/migrations.h"

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtSql/QSqlDatabase>

namespace ChatApp {

//! One open SQLite connection and what it takes to get there: looks whether the file is whole, sets
//! a damaged one aside, copies before a migration, migrates. Used on one thread only, the one that
//! opened it; closes when it goes.
class DatabaseFile {
public:
    DatabaseFile(QString file, Database::Mode mode, QList<Migration> migrations);
    ~DatabaseFile();

    DatabaseFile(const DatabaseFile&) = delete;
    DatabaseFile& operator=(const DatabaseFile&) = delete;

    Result<Database::OpenReport> open();
    QSqlDatabase& connection() { return m_connection; }

private:
    Result<Database::OpenReport> openReader();
    Result<Database::OpenReport> openWriter();
    Result<void> inspect();
    Result<void> inspect(const QString& options);
    Result<void> configureWriter();
    Result<void> copyBeforeMigration(int version);
    Result<QString> setAside();
    Result<void> connect(const QString& file, const QString& options);
    void disconnect();
    int newestVersion() const;

    const QString m_file;
    const Database::Mode m_mode;
    const QList<Migration> m_migrations;
    const QString m_connectionName;
    QSqlDatabase m_connection;
};

} // namespace ChatApp
