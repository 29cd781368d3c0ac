// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/accountstore.h"

#include "storage/database.h"
#include "storage/sql.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

namespace ChatApp {

namespace {

Result<void> run(QSqlDatabase& database, const QString& statement, const QVariantList& values)
{
    QSqlQuery query(database);
    if (Result<void> prepared = prepare(query, statement); !prepared)
        return prepared;
    for (const QVariant& value : values)
        query.addBindValue(value);
    return execute(query);
}

Result<void> writeAccount(QSqlDatabase& database, const Account& account)
{
    return run(
        database,
        QStringLiteral("INSERT INTO accounts "
                       "(id, name, access_key_id, endpoint, region, secret_backend, created_at_ms) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?) "
                       "ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
                       "access_key_id = excluded.access_key_id, endpoint = excluded.endpoint, "
                       "region = excluded.region, secret_backend = excluded.secret_backend"),
        {account.id.value, sqlText(account.name), sqlText(account.accessKeyId),
         sqlText(account.endpoint), sqlText(account.region), sqlText(account.secretBackend),
         sqlTime(account.createdAt)});
}

Result<void> writeSpace(QSqlDatabase& database, const Space& space)
{
    return run(
        database,
        QStringLiteral("INSERT INTO spaces (account_id, id, name, last_used_at_ms) "
                       "VALUES (?, ?, ?, ?) "
                       "ON CONFLICT (account_id, id) DO UPDATE SET name = excluded.name, "
                       "last_used_at_ms = excluded.last_used_at_ms"),
        {space.account.value, space.id.value, sqlText(space.name), sqlTime(space.lastUsedAt)});
}

Result<QList<Space>> readSpaces(QSqlDatabase& database, const AccountId& account)
{
    QSqlQuery query(database);
    const QString statement =
        QStringLiteral("SELECT id, name, last_used_at_ms FROM spaces WHERE account_id = ?");
    if (Result<void> prepared = prepare(query, statement); !prepared)
        return prepared.error();
    query.addBindValue(account.value);
    if (Result<void> done = execute(query); !done)
        return done.error();
    QList<Space> spaces;
    while (query.next()) {
        spaces.append({account,
                       {query.value(0).toString()},
                       query.value(1).toString(),
                       timeFromSql(query.value(2))});
    }
    return spaces;
}

Result<QList<AccountWithSpaces>> readAccounts(QSqlDatabase& database)
{
    QSqlQuery query(database);
    const QString statement =
        QStringLiteral("SELECT id, name, access_key_id, endpoint, region, secret_backend, "
                       "created_at_ms FROM accounts ORDER BY created_at_ms, id");
    if (Result<void> prepared = prepare(query, statement); !prepared)
        return prepared.error();
    if (Result<void> done = execute(query); !done)
        return done.error();
    QList<AccountWithSpaces> accounts;
    while (query.next()) {
        Account account;
        account.id = {query.value(0).toString()};
        account.name = query.value(1).toString();
        account.accessKeyId = query.value(2).toString();
        account.endpoint = query.value(3).toString();
        account.region = query.value(4).toString();
        account.secretBackend = query.value(5).toString();
        account.createdAt = timeFromSql(query.value(6));
        const Result<QList<Space>> spaces = readSpaces(database, account.id);
        if (!spaces)
            return spaces.error();
        accounts.append({account, *spaces});
    }
    return accounts;
}

} // namespace

AccountStore::AccountStore(Database& database) : m_database(database) { }

QFuture<Result<QList<AccountWithSpaces>>> AccountStore::load()
{
    return m_database.transact<QList<AccountWithSpaces>>(readAccounts);
}

QFuture<Result<void>> AccountStore::save(AccountWithSpaces account)
{
    return m_database.transact<void>(
        [account = std::move(account)](QSqlDatabase& database) -> Result<void> {
            if (Result<void> written = writeAccount(database, account.account); !written)
                return written;
            for (const Space& space : account.spaces) {
                if (Result<void> written = writeSpace(database, space); !written)
                    return written;
            }
            return {};
        });
}

QFuture<Result<void>> AccountStore::saveBackend(AccountId account, QString backend)
{
    return m_database.transact<void>([account = std::move(account),
                                      backend = std::move(backend)](QSqlDatabase& database) {
        return run(database, QStringLiteral("UPDATE accounts SET secret_backend = ? WHERE id = ?"),
                   {sqlText(backend), account.value});
    });
}

QFuture<Result<void>> AccountStore::remove(AccountId account)
{
    return m_database.transact<void>([account = std::move(account)](QSqlDatabase& database) {
        return run(database, QStringLiteral("DELETE FROM accounts WHERE id = ?"), {account.value});
    });
}

QFuture<Result<void>> AccountStore::saveSpace(Space space)
{
    return m_database.transact<void>(
        [space = std::move(space)](QSqlDatabase& database) { return writeSpace(database, space); });
}

QFuture<Result<void>> AccountStore::removeSpace(AccountId account, SpaceId space)
{
    return m_database.transact<void>([account = std::move(account),
                                      space = std::move(space)](QSqlDatabase& database) {
        return run(database, QStringLiteral("DELETE FROM spaces WHERE account_id = ? AND id = ?"),
                   {account.value, space.value});
    });
}

} // namespace ChatApp
