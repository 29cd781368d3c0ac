// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "storage/uploadrow.h"

#include "storage/sql.h"

#include <QtSql/QSqlQuery>

namespace ChatApp {

namespace {

//! Takes the columns of a row one after the other.
class RowReader {
public:
    explicit RowReader(const QSqlQuery& row) : m_row(row) { }

    QVariant value() { return m_row.value(m_next++); }
    QString text() { return value().toString(); }
    qint64 integer() { return value().toLongLong(); }
    QDateTime time() { return timeFromSql(value()); }

private:
    const QSqlQuery& m_row;
    int m_next = 0;
};

//! SQLite's integers are signed: the same 64 bits.
QVariant twosComplement(quint64 value)
{
    return static_cast<qint64>(value);
}

QVariant crcText(const std::optional<quint64>& crc)
{
    return crc ? QVariant(QString::number(*crc)) : QVariant();
}

QVariantList errorValues(const std::optional<Error>& error)
{
    const Error shown = error.value_or(Error{});
    const QVariant kind = error ? QVariant(errorKindName(error->kind)) : QVariant();
    const QVariant retryAfter =
        shown.retryAfter ? QVariant(qint64{shown.retryAfter->count()}) : QVariant();
    return {kind,
            sqlText(shown.code),
            sqlText(shown.message),
            shown.httpStatus,
            sqlText(shown.requestId),
            sqlText(shown.ec),
            retryAfter};
}

std::optional<Error> readError(RowReader& row)
{
    const QVariant kind = row.value();
    Error error;
    error.kind = errorKindFromName(kind.toString());
    error.code = row.text();
    error.message = row.text();
    error.httpStatus = row.value().toInt();
    error.requestId = row.text();
    error.ec = row.text();
    if (const QVariant retryAfter = row.value(); !retryAfter.isNull())
        error.retryAfter = std::chrono::milliseconds(retryAfter.toLongLong());
    if (kind.isNull())
        return std::nullopt;
    return error;
}

Error badRow(UploadId id, const QString& why)
{
    return Error{.kind = ErrorKind::StoreFailed,
                 .message = QStringLiteral("upload %1: %2").arg(id.value).arg(why)};
}

void readFile(RowReader& row, UploadRecord& record)
{
    record.path = row.text();
    record.name = row.text();
    record.identity.device = static_cast<quint64>(row.integer());
    record.identity.inode = static_cast<quint64>(row.integer());
    record.identity.size = row.integer();
    record.identity.mtimeNs = row.integer();
}

void readTarget(RowReader& row, UploadTarget& target)
{
    target.accountId = {row.text()};
    target.accountName = row.text();
    target.accessKeyId = row.text();
    target.endpoint = row.text();
    target.region = row.text();
    target.spaceId = {row.text()};
    target.spaceName = row.text();
}

} // namespace

const QStringList& uploadColumns()
{
    static const QStringList columns =
        QStringLiteral("state path name file_device file_inode file_size file_mtime_ns "
                       "account_id account_name access_key_id endpoint region space_id space_name "
                       "object_name content_type replace_existing "
                       "bucket object_key url crc64 request_id "
                       "error_kind error_code error_message error_http_status error_request_id "
                       "error_ec error_retry_after_ms "
                       "upload_id part_size link created_at_ms started_at_ms ended_at_ms")
            .split(QLatin1Char(' '));
    return columns;
}

QVariantList uploadValues(const UploadRecord& record)
{
    const UploadTarget& target = record.target;
    QVariantList values{uploadStateName(record.state),
                        sqlText(record.path),
                        sqlText(record.name),
                        twosComplement(record.identity.device),
                        twosComplement(record.identity.inode),
                        record.identity.size,
                        record.identity.mtimeNs,
                        sqlText(target.accountId.value),
                        sqlText(target.accountName),
                        sqlText(target.accessKeyId),
                        sqlText(target.endpoint),
                        sqlText(target.region),
                        sqlText(target.spaceId.value),
                        sqlText(target.spaceName),
                        sqlText(record.objectName),
                        sqlText(record.contentType),
                        record.replace ? 1 : 0,
                        sqlText(record.bucket),
                        sqlTextOrNull(record.key),
                        sqlTextOrNull(record.url),
                        crcText(record.crc64),
                        sqlText(record.requestId)};
    values += errorValues(record.error);
    values += QVariantList{sqlText(record.uploadId),   record.partSize,
                           linkStateName(record.link), sqlTime(record.createdAt),
                           sqlTime(record.startedAt),  sqlTime(record.endedAt)};
    return values;
}

Result<UploadRecord> readUpload(const QSqlQuery& query)
{
    RowReader row(query);
    UploadRecord record;
    record.id = {row.integer()};
    const QString stateName = row.text();
    const std::optional<UploadState> state = uploadStateFromName(stateName);
    if (!state)
        return badRow(record.id, QStringLiteral("unknown state \"%1\"").arg(stateName));
    record.state = *state;
    readFile(row, record);
    readTarget(row, record.target);
    record.objectName = row.text();
    record.contentType = row.text();
    record.replace = row.integer() != 0;
    record.bucket = row.text();
    record.key = row.text();
    record.url = row.text();
    if (const QVariant crc = row.value(); !crc.isNull()) {
        bool isNumber = false;
        record.crc64 = crc.toString().toULongLong(&isNumber);
        if (!isNumber)
            return badRow(record.id, QStringLiteral("crc64 is not a number"));
    }
    record.requestId = row.text();
    record.error = readError(row);
    record.uploadId = row.text();
    record.partSize = row.integer();
    record.link = linkStateFromName(row.text());
    record.createdAt = row.time();
    record.startedAt = row.time();
    record.endedAt = row.time();
    record.queuePosition = row.integer();
    if (record.path.isEmpty())
        return badRow(record.id, QStringLiteral("no path"));
    return record;
}

} // namespace ChatApp
