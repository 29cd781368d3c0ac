// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/reportjson.h"

#include <QtCore/QJsonArray>

namespace ChatApp::Sandbox {

namespace {

const QMap<QString, SandboxEvent::Kind>& eventKinds()
{
    static const QMap<QString, SandboxEvent::Kind> kinds{
        {QStringLiteral("received"), SandboxEvent::Kind::Received},
        {QStringLiteral("committed"), SandboxEvent::Kind::Committed},
        {QStringLiteral("answered"), SandboxEvent::Kind::Answered},
        {QStringLiteral("aborted"), SandboxEvent::Kind::Aborted},
    };
    return kinds;
}

QString latin(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes);
}

QString time(const QDateTime& time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QJsonObject mapToJson(const QMap<QByteArray, QByteArray>& map)
{
    QJsonObject object;
    for (auto it = map.cbegin(); it != map.cend(); ++it)
        object.insert(latin(it.key()), QString::fromUtf8(it.value()));
    return object;
}

QJsonObject countsToJson(const QMap<SandboxOperation, int>& counts)
{
    QJsonObject object;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        object.insert(sandboxOperationName(it.key()), it.value());
    return object;
}

} // namespace

std::optional<SandboxEvent::Kind> eventKindFromName(const QString& name)
{
    const auto found = eventKinds().constFind(name);
    return found == eventKinds().constEnd() ? std::nullopt : std::optional(*found);
}

QJsonObject objectToJson(const SandboxObject& object)
{
    return {
        {QStringLiteral("bucket"), object.bucket},
        {QStringLiteral("key"), object.key},
        {QStringLiteral("size"), object.size},
        // 64 bits do not fit into a number of JSON.
        {QStringLiteral("crc64"), QString::number(object.crc64)},
        {QStringLiteral("md5"), latin(object.md5)},
        {QStringLiteral("etag"), latin(object.etag)},
        {QStringLiteral("contentType"), latin(object.contentType)},
        {QStringLiteral("acl"), latin(object.acl)},
        {QStringLiteral("headers"), mapToJson(object.headers)},
        {QStringLiteral("lastModified"), time(object.lastModified)},
        {QStringLiteral("file"), object.file},
    };
}

QJsonObject uploadToJson(const SandboxUpload& upload)
{
    QJsonArray parts;
    for (const SandboxPart& part : upload.parts) {
        parts.append(QJsonObject{
            {QStringLiteral("number"), part.number},
            {QStringLiteral("size"), part.size},
            {QStringLiteral("crc64"), QString::number(part.crc64)},
            {QStringLiteral("etag"), latin(part.etag)},
        });
    }
    return {
        {QStringLiteral("bucket"), upload.bucket},
        {QStringLiteral("key"), upload.key},
        {QStringLiteral("uploadId"), upload.uploadId},
        {QStringLiteral("parts"), parts},
    };
}

QJsonObject logEntryToJson(const SandboxLogEntry& entry)
{
    return {
        {QStringLiteral("sequence"), entry.sequence},
        {QStringLiteral("time"), time(entry.time)},
        {QStringLiteral("connection"), entry.connection},
        {QStringLiteral("operation"), sandboxOperationName(entry.operation)},
        {QStringLiteral("method"), latin(entry.method)},
        {QStringLiteral("path"), latin(entry.path)},
        {QStringLiteral("parameters"), mapToJson(entry.parameters)},
        {QStringLiteral("headers"), mapToJson(entry.headers)},
        {QStringLiteral("bucket"), entry.bucket},
        {QStringLiteral("key"), entry.key},
        {QStringLiteral("accessKeyId"), entry.accessKeyId},
        {QStringLiteral("signature"), entry.signature},
        {QStringLiteral("bodyBytes"), entry.bodyBytes},
        {QStringLiteral("committed"), entry.committed},
        {QStringLiteral("answered"), entry.answered},
        {QStringLiteral("status"), entry.status},
        {QStringLiteral("code"), entry.code},
        {QStringLiteral("ec"), entry.ec},
        {QStringLiteral("requestId"), entry.requestId},
        {QStringLiteral("fault"), entry.fault},
    };
}

QJsonObject statsToJson(const SandboxStats& stats)
{
    QJsonObject peaks;
    for (auto it = stats.peakAuthorizations.cbegin(); it != stats.peakAuthorizations.cend(); ++it)
        peaks.insert(it.key(), it.value());
    return {
        {QStringLiteral("requests"), countsToJson(stats.requests)},
        {QStringLiteral("refused"), countsToJson(stats.refused)},
        {QStringLiteral("peakAuthorizationsPerSecond"), peaks},
        {QStringLiteral("openConnections"), stats.openConnections},
        {QStringLiteral("peakConnections"), stats.peakConnections},
        {QStringLiteral("connections"), stats.connections},
        {QStringLiteral("peakConcurrentRequests"), stats.peakConcurrentRequests},
        {QStringLiteral("bodyBytes"), stats.bodyBytes},
        {QStringLiteral("peakBytesPerSecond"), stats.peakBytesPerSecond},
        {QStringLiteral("storedBytes"), stats.storedBytes},
    };
}

QJsonObject eventToJson(const SandboxEvent& event)
{
    return {
        {QStringLiteral("number"), event.number},
        {QStringLiteral("kind"), eventKinds().key(event.kind)},
        {QStringLiteral("request"), event.request},
        {QStringLiteral("operation"), sandboxOperationName(event.operation)},
        {QStringLiteral("key"), event.key},
        {QStringLiteral("status"), event.status},
    };
}

} // namespace ChatApp::Sandbox
