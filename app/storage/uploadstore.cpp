// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "storage/uploadstore.h"

#include "core/logging.h"
#include "storage/database.h"
#include "storage/historysearch.h"
#include "storage/sql.h"
#include "storage/uploadrow.h"

#include <QtCore/QHash>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <algorithm>

namespace ChatApp {

namespace {

void bindFrom(QSqlQuery& query, int position, const QVariantList& values)
{
    for (const QVariant& value : values)
        query.bindValue(position++, value);
}

QString selectUploads()
{
    return QStringLiteral("SELECT id, %1, queue_position FROM uploads ")
        .arg(uploadColumns().join(QLatin1String(", ")));
}

QString insertStatement()
{
    const QStringList placeholders(uploadColumns().size() + 1, QStringLiteral("?"));
    return QStringLiteral("INSERT INTO uploads (%1, queue_position) VALUES (%2)")
        .arg(uploadColumns().join(QLatin1String(", ")), placeholders.join(QLatin1String(", ")));
}

QString updateStatement()
{
    return QStringLiteral("UPDATE uploads SET %1 = ? WHERE id = ?")
        .arg(uploadColumns().join(QLatin1String(" = ?, ")));
}

Error missingRow(UploadId id)
{
    return Error{.kind = ErrorKind::StoreFailed,
                 .message = QStringLiteral("upload %1 is not in the store").arg(id.value)};
}

//! Adds what can be read to `records`; gives the number of rows there were, good or bad, and the
//! place of the last one for the next page.
struct RowsRead {
    int rows = 0;
    qint64 lastEndedAtMs = 0;
    UploadId lastId;
};

RowsRead readRows(QSqlQuery& query, QList<UploadRecord>& records)
{
    const int endedAtColumn = static_cast<int>(uploadColumns().size());
    RowsRead read;
    while (query.next()) {
        ++read.rows;
        read.lastId = {query.value(0).toLongLong()};
        read.lastEndedAtMs = query.value(endedAtColumn).toLongLong();
        Result<UploadRecord> record = readUpload(query);
        if (record)
            records.append(std::move(record).value());
        else
            qCWarning(lcStore) << "row left out:" << record.error().message;
    }
    return read;
}

Result<void> addConfirmedBytes(QSqlDatabase& database, QList<UploadRecord>& records)
{
    const auto hasParts = [](const UploadRecord& record) { return !record.uploadId.isEmpty(); };
    if (std::none_of(records.cbegin(), records.cend(), hasParts))
        return {};
    QSqlQuery query(database);
    const QString statement = QStringLiteral("SELECT upload, sum(size) FROM parts GROUP BY upload");
    if (Result<void> prepared = prepare(query, statement); !prepared)
        return prepared;
    if (Result<void> done = execute(query); !done)
        return done;
    QHash<UploadId, qint64> bytes;
    while (query.next())
        bytes.insert({query.value(0).toLongLong()}, query.value(1).toLongLong());
    for (UploadRecord& record : records)
        record.bytesConfirmed = bytes.value(record.id);
    return {};
}

Result<QList<UploadRecord>> selectHistory(QSqlDatabase& database, const HistoryQuery& query)
{
    const SqlFilter filter = historyFilter(query);
    QList<UploadRecord> records;
    std::optional<RowsRead> last;
    if (query.afterEndedAtMs != 0)
        last = RowsRead{.lastEndedAtMs = query.afterEndedAtMs, .lastId = query.afterId};
    // More than once only if there were rows that cannot be read: a page that is not full would be
    // taken for the last one.
    while (query.limit < 0 || records.size() < query.limit) {
        const int wanted = query.limit < 0 ? -1 : query.limit - static_cast<int>(records.size());
        SqlFilter page = filter;
        if (last) {
            page.add(QStringLiteral("(ended_at_ms, id) < (?, ?)"),
                     {last->lastEndedAtMs, last->lastId.value});
        }
        page.values += wanted;
        QSqlQuery select(database);
        const QString statement = selectUploads() + QLatin1String("WHERE ")
            + page.conditions.join(QLatin1String(" AND "))
            + QLatin1String(" ORDER BY ended_at_ms DESC, id DESC LIMIT ?");
        if (Result<void> prepared = prepare(select, statement); !prepared)
            return prepared.error();
        bindFrom(select, 0, page.values);
        if (Result<void> done = execute(select); !done)
            return done.error();
        last = readRows(select, records);
        if (wanted < 0 || last->rows < wanted)
            break;
    }
    return records;
}

//! `most` below 0: all.
Result<UnfinishedPage> selectUnfinished(QSqlDatabase& database, int most, int skipped)
{
    QSqlQuery query(database);
    const QString statement = selectUploads()
        + QLatin1String("WHERE ended_at_ms IS NULL ORDER BY queue_position, id LIMIT ? OFFSET ?");
    if (Result<void> prepared = prepare(query, statement); !prepared)
        return prepared.error();
    bindFrom(query, 0, {most, skipped});
    if (Result<void> done = execute(query); !done)
        return done.error();
    UnfinishedPage page;
    page.rows = readRows(query, page.records).rows;
    if (Result<void> added = addConfirmedBytes(database, page.records); !added)
        return added.error();
    return page;
}

} // namespace

UploadStore::UploadStore(Database& database) : m_database(database) { }

QFuture<Result<QList<UploadRecord>>> UploadStore::insert(QList<UploadRecord> records)
{
    return m_database.transact<QList<UploadRecord>>(
        [records =
             std::move(records)](QSqlDatabase& database) mutable -> Result<QList<UploadRecord>> {
            QSqlQuery query(database);
            if (Result<void> prepared = prepare(query, insertStatement()); !prepared)
                return prepared.error();
            for (UploadRecord& record : records) {
                bindFrom(query, 0, uploadValues(record) + QVariantList{record.queuePosition});
                if (Result<void> done = execute(query); !done)
                    return done.error();
                record.id = {query.lastInsertId().toLongLong()};
            }
            return std::move(records);
        });
}

QFuture<Result<void>> UploadStore::update(QList<UploadRecord> records)
{
    return m_database.transact<void>(
        [records = std::move(records)](QSqlDatabase& database) -> Result<void> {
            QSqlQuery query(database);
            if (Result<void> prepared = prepare(query, updateStatement()); !prepared)
                return prepared;
            for (const UploadRecord& record : records) {
                QVariantList values = uploadValues(record);
                values += record.id.value;
                bindFrom(query, 0, values);
                if (Result<void> done = execute(query); !done)
                    return done;
                if (query.numRowsAffected() == 0)
                    return missingRow(record.id);
            }
            return {};
        });
}

QFuture<Result<void>> UploadStore::setPositions(QList<QueuePlace> places)
{
    return m_database.transact<void>(
        [places = std::move(places)](QSqlDatabase& database) -> Result<void> {
            QSqlQuery query(database);
            const QString statement =
                QStringLiteral("UPDATE uploads SET queue_position = ? WHERE id = ?");
            if (Result<void> prepared = prepare(query, statement); !prepared)
                return prepared;
            for (const QueuePlace& place : places) {
                bindFrom(query, 0, {place.position, place.id.value});
                if (Result<void> done = execute(query); !done)
                    return done;
            }
            return {};
        });
}

QFuture<Result<void>> UploadStore::remove(QList<UploadId> ids)
{
    return m_database.transact<void>(
        [ids = std::move(ids)](QSqlDatabase& database) -> Result<void> {
            QSqlQuery query(database);
            const QString statement = QStringLiteral("DELETE FROM uploads WHERE id = ?");
            if (Result<void> prepared = prepare(query, statement); !prepared)
                return prepared;
            for (const UploadId& id : ids) {
                query.bindValue(0, id.value);
                if (Result<void> done = execute(query); !done)
                    return done;
            }
            return {};
        });
}

QFuture<Result<QList<UploadRecord>>> UploadStore::unfinished()
{
    return m_database.transact<QList<UploadRecord>>(
        [](QSqlDatabase& database) -> Result<QList<UploadRecord>> {
            const Result<UnfinishedPage> all = selectUnfinished(database, -1, 0);
            return all ? Result<QList<UploadRecord>>(all->records) : all.error();
        });
}

QFuture<Result<UnfinishedPage>> UploadStore::unfinishedPage(int most, int skipped)
{
    return m_database.transact<UnfinishedPage>([most, skipped](QSqlDatabase& database) {
        return selectUnfinished(database, most, skipped);
    });
}

QFuture<Result<QList<UploadRecord>>> UploadStore::history(HistoryQuery query)
{
    return m_database.transact<QList<UploadRecord>>(
        [query = std::move(query)](QSqlDatabase& database) {
            return selectHistory(database, query);
        });
}

QFuture<Result<void>> UploadStore::updateLink(UploadId id, LinkState link)
{
    return m_database.transact<void>([id, link](QSqlDatabase& database) -> Result<void> {
        QSqlQuery query(database);
        const QString statement = QStringLiteral("UPDATE uploads SET link = ? WHERE id = ?");
        if (Result<void> prepared = prepare(query, statement); !prepared)
            return prepared;
        query.bindValue(0, linkStateName(link));
        query.bindValue(1, id.value);
        if (Result<void> done = execute(query); !done)
            return done;
        if (query.numRowsAffected() == 0)
            return missingRow(id);
        return {};
    });
}

QFuture<Result<void>> UploadStore::addPart(UploadId id, QString multipartId, UploadPart part)
{
    return m_database.transact<void>(
        [id, multipartId = std::move(multipartId),
         part = std::move(part)](QSqlDatabase& database) -> Result<void> {
            QSqlQuery query(database);
            const QString statement =
                QStringLiteral("INSERT OR REPLACE INTO parts (upload, number, size, etag, crc64) "
                               "SELECT id, ?, ?, ?, ? FROM uploads WHERE id = ? AND upload_id = ?");
            if (Result<void> prepared = prepare(query, statement); !prepared)
                return prepared;
            bindFrom(query, 0,
                     {part.number, part.size, sqlText(QString::fromLatin1(part.etag)),
                      QString::number(part.crc64), id.value, sqlText(multipartId)});
            return execute(query);
        });
}

QFuture<Result<QList<UploadPart>>> UploadStore::parts(UploadId id)
{
    return m_database.transact<QList<UploadPart>>(
        [id](QSqlDatabase& database) -> Result<QList<UploadPart>> {
            QSqlQuery query(database);
            const QString statement = QStringLiteral(
                "SELECT number, size, etag, crc64 FROM parts WHERE upload = ? ORDER BY number");
            if (Result<void> prepared = prepare(query, statement); !prepared)
                return prepared.error();
            query.bindValue(0, id.value);
            if (Result<void> done = execute(query); !done)
                return done.error();
            QList<UploadPart> parts;
            while (query.next()) {
                parts.append({.number = query.value(0).toInt(),
                              .size = query.value(1).toLongLong(),
                              .etag = query.value(2).toString().toLatin1(),
                              .crc64 = query.value(3).toString().toULongLong()});
            }
            return parts;
        });
}

QFuture<Result<QList<UploadRecord>>> UploadStore::abandoned(UploadTarget target)
{
    return m_database.transact<QList<UploadRecord>>(
        [target = std::move(target)](QSqlDatabase& database) -> Result<QList<UploadRecord>> {
            QSqlQuery query(database);
            const QString statement = selectUploads()
                + QLatin1String("WHERE upload_id <> '' AND ended_at_ms IS NOT NULL "
                                "AND account_id = ? AND access_key_id = ? AND endpoint = ? "
                                "AND space_id = ? ORDER BY id");
            if (Result<void> prepared = prepare(query, statement); !prepared)
                return prepared.error();
            bindFrom(query, 0,
                     {sqlText(target.accountId.value), sqlText(target.accessKeyId),
                      sqlText(target.endpoint), sqlText(target.spaceId.value)});
            if (Result<void> done = execute(query); !done)
                return done.error();
            QList<UploadRecord> records;
            readRows(query, records);
            return records;
        });
}

QFuture<Result<void>> UploadStore::forgetMultipart(UploadId id, QString multipartId)
{
    return m_database.transact<void>([id, multipartId = std::move(multipartId)](
                                         QSqlDatabase& database) -> Result<void> {
        QSqlQuery query(database);
        const QString statement = QStringLiteral("UPDATE uploads SET upload_id = '', part_size = 0 "
                                                 "WHERE id = ? AND upload_id = ?");
        if (Result<void> prepared = prepare(query, statement); !prepared)
            return prepared;
        bindFrom(query, 0, {id.value, sqlText(multipartId)});
        return execute(query);
    });
}

QFuture<Result<QList<SpaceFacts>>> UploadStore::spacesWithoutMultipart()
{
    return m_database.transact<QList<SpaceFacts>>(
        [](QSqlDatabase& database) -> Result<QList<SpaceFacts>> {
            QSqlQuery query(database);
            const QString statement = QStringLiteral(
                "SELECT endpoint, access_key_id, space_id FROM spaces_without_multipart");
            if (Result<void> prepared = prepare(query, statement); !prepared)
                return prepared.error();
            if (Result<void> done = execute(query); !done)
                return done.error();
            QList<SpaceFacts> facts;
            while (query.next()) {
                facts.append({.endpoint = query.value(0).toString(),
                              .accessKeyId = query.value(1).toString(),
                              .space = {query.value(2).toString()}});
            }
            return facts;
        });
}

QFuture<Result<void>> UploadStore::rememberWithoutMultipart(SpaceFacts facts)
{
    return m_database.transact<void>([facts = std::move(facts)](
                                         QSqlDatabase& database) -> Result<void> {
        QSqlQuery query(database);
        const QString statement =
            QStringLiteral("INSERT OR IGNORE INTO spaces_without_multipart "
                           "(endpoint, access_key_id, space_id) VALUES (?, ?, ?)");
        if (Result<void> prepared = prepare(query, statement); !prepared)
            return prepared;
        bindFrom(query, 0,
                 {sqlText(facts.endpoint), sqlText(facts.accessKeyId), sqlText(facts.space.value)});
        return execute(query);
    });
}

QFuture<Result<QList<BucketFacts>>> UploadStore::bucketFacts()
{
    return m_database.transact<QList<BucketFacts>>(
        [](QSqlDatabase& database) -> Result<QList<BucketFacts>> {
            QSqlQuery query(database);
            const QString statement =
                QStringLiteral("SELECT bucket, endpoint, region, v1_only FROM buckets");
            if (Result<void> prepared = prepare(query, statement); !prepared)
                return prepared.error();
            if (Result<void> done = execute(query); !done)
                return done.error();
            QList<BucketFacts> facts;
            while (query.next()) {
                facts.append({query.value(0).toString(), query.value(1).toString(),
                              query.value(2).toString(), query.value(3).toBool()});
            }
            return facts;
        });
}

QFuture<Result<void>> UploadStore::rememberBucket(BucketFacts facts)
{
    return m_database.transact<void>(
        [facts = std::move(facts)](QSqlDatabase& database) -> Result<void> {
            QSqlQuery query(database);
            const QString statement =
                QStringLiteral("INSERT INTO buckets (bucket, endpoint, region, v1_only) "
                               "VALUES (?, ?, ?, ?) "
                               "ON CONFLICT (bucket) DO UPDATE SET endpoint = excluded.endpoint, "
                               "region = excluded.region, v1_only = excluded.v1_only");
            if (Result<void> prepared = prepare(query, statement); !prepared)
                return prepared;
            bindFrom(query, 0,
                     {sqlText(facts.bucket), sqlText(facts.endpoint), sqlText(facts.region),
                      facts.v1Only ? 1 : 0});
            return execute(query);
        });
}

} // namespace ChatApp
