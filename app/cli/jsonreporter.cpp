// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/jsonreporter.h"

#include "cli/errortexts.h"
#include "cli/textreport.h"

#include <QtCore/QJsonDocument>

namespace ChatApp {

namespace {

double inSeconds(std::chrono::milliseconds duration)
{
    return static_cast<double>(duration.count()) / 1000.0;
}

double secondsBetween(const QDateTime& from, const QDateTime& to)
{
    if (!from.isValid() || !to.isValid())
        return 0;
    return inSeconds(std::chrono::milliseconds(qMax<qint64>(0, from.msecsTo(to))));
}

//! A string: numbers of JSON lose the last digits of 64 bits in many readers.
QJsonValue crcValue(const std::optional<quint64>& crc64)
{
    return crc64 ? QJsonValue(QString::number(*crc64)) : QJsonValue();
}

QJsonValue timeValue(const QDateTime& time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

} // namespace

QByteArray jsonLine(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QJsonObject errorObject(const Error& error)
{
    return {{QStringLiteral("kind"), errorKindName(error.kind)},
            {QStringLiteral("code"), error.code},
            {QStringLiteral("message"), error.message},
            {QStringLiteral("httpStatus"), error.httpStatus},
            {QStringLiteral("requestId"), error.requestId}};
}

QJsonObject listObject(const UploadRecord& record)
{
    QJsonObject object = historyObject(record);
    // Known at the end only.
    for (const char* name : {"url", "link", "crc64", "requestId", "endedAt", "seconds"})
        object.remove(QLatin1String(name));
    return object;
}

QJsonObject historyObject(const UploadRecord& record)
{
    return {{QStringLiteral("id"), record.id.value},
            {QStringLiteral("state"), uploadStateName(record.state)},
            {QStringLiteral("file"), record.path},
            {QStringLiteral("size"), record.identity.size},
            {QStringLiteral("account"), record.target.accountName},
            {QStringLiteral("accessKeyId"), record.target.accessKeyId},
            {QStringLiteral("endpoint"), record.target.endpoint},
            {QStringLiteral("space"), record.target.spaceId.value},
            {QStringLiteral("spaceName"), record.target.spaceName},
            {QStringLiteral("contentType"), record.contentType},
            {QStringLiteral("bucket"), record.bucket},
            {QStringLiteral("key"), record.key},
            {QStringLiteral("url"), record.url},
            {QStringLiteral("link"), linkStateName(record.link)},
            {QStringLiteral("crc64"), crcValue(record.crc64)},
            {QStringLiteral("requestId"), record.requestId},
            {QStringLiteral("error"),
             record.error ? QJsonValue(errorObject(*record.error)) : QJsonValue()},
            {QStringLiteral("createdAt"), timeValue(record.createdAt)},
            {QStringLiteral("startedAt"), timeValue(record.startedAt)},
            {QStringLiteral("endedAt"), timeValue(record.endedAt)},
            {QStringLiteral("seconds"), secondsBetween(record.startedAt, record.endedAt)}};
}

JsonReporter::JsonReporter(Console& console) : m_console(console) { }

void JsonReporter::write(const char* event, QJsonObject fields)
{
    fields.insert(QStringLiteral("event"), QString::fromLatin1(event));
    m_console.out(jsonLine(fields));
}

void JsonReporter::queued(const QString& file, const UploadRecord& record)
{
    write("queued",
          {{QStringLiteral("file"), file},
           {QStringLiteral("id"), record.id.value},
           {QStringLiteral("size"), record.identity.size}});
}

void JsonReporter::started(const QString& file)
{
    write("started", {{QStringLiteral("file"), file}});
}

void JsonReporter::progress(const QString& file, const UploadSnapshot& upload)
{
    QJsonObject fields{{QStringLiteral("file"), file},
                       {QStringLiteral("state"), uploadStateName(upload.record.state)},
                       {QStringLiteral("bytes"), upload.bytesSent},
                       {QStringLiteral("size"), upload.record.identity.size},
                       {QStringLiteral("bytesPerSecond"), upload.bytesPerSecond}};
    if (upload.waitingFor)
        fields.insert(QStringLiteral("waitingFor"), errorObject(*upload.waitingFor));
    write("progress", fields);
}

void JsonReporter::finished(const QString& file, const UploadRecord& record)
{
    write("finished",
          {{QStringLiteral("file"), file},
           {QStringLiteral("size"), record.identity.size},
           {QStringLiteral("key"), record.key},
           {QStringLiteral("url"), record.url},
           {QStringLiteral("crc64"), crcValue(record.crc64)},
           {QStringLiteral("requestId"), record.requestId},
           {QStringLiteral("seconds"), secondsBetween(record.startedAt, record.endedAt)},
           {QStringLiteral("link"), linkStateName(record.link)}});
}

void JsonReporter::failed(const QString& file, const Error& error)
{
    writeFailed(file, error);
    m_console.error(errorBlock(file, error));
}

void JsonReporter::skipped(const QString& file, const Error& error)
{
    write("skipped",
          {{QStringLiteral("file"), file},
           {QStringLiteral("kind"), errorKindName(error.kind)},
           {QStringLiteral("message"), error.message}});
}

void JsonReporter::failedTogether(const QStringList& files, const Error& error)
{
    for (const QString& file : files)
        writeFailed(file, error);
    m_console.error(errorBlock({}, error));
}

void JsonReporter::writeFailed(const QString& file, const Error& error)
{
    QJsonObject fields = errorObject(error);
    fields.insert(QStringLiteral("file"), file);
    write("failed", fields);
}

void JsonReporter::overall(const OverallProgress& /*progress*/)
{
    // The sum over the files' own events.
}

void JsonReporter::note(const QString& /*sentence*/)
{
    // For people.
}

void JsonReporter::summary(const PutSummary& summary)
{
    write("summary",
          {{QStringLiteral("files"), summary.files},
           {QStringLiteral("done"), summary.done},
           {QStringLiteral("failed"), summary.failed},
           {QStringLiteral("bytes"), summary.bytes},
           {QStringLiteral("seconds"), inSeconds(summary.duration)}});
}

} // namespace ChatApp
