// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/ossxml.h"

#include "oss/ossregion.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QXmlStreamReader>
#include <QtCore/QXmlStreamWriter>

#include <algorithm>

namespace ChatApp {

namespace {

QString elementText(QXmlStreamReader& xml)
{
    return xml.readElementText(QXmlStreamReader::SkipChildElements).trimmed();
}

bool opens(QXmlStreamReader& xml, QLatin1String root)
{
    return xml.readNextStartElement() && xml.name() == root;
}

//! "oss-cn-beijing" and "cn-beijing" are both written; anything else is no region.
QString regionNamed(QString text)
{
    if (text.startsWith(QLatin1String("oss-")))
        text.remove(0, 4);
    static const QRegularExpression form(QStringLiteral("\\A[a-z]+(?:-[a-z0-9]+)+\\z"));
    return form.match(text).hasMatch() ? text : QString();
}

QString regionInMessage(const QString& message)
{
    static const QRegularExpression expected(
        QStringLiteral("expect(?:s|ed|ing)?\\b[^a-z]*([a-z]+(?:-[a-z0-9]+)+)"));
    return regionNamed(expected.match(message).captured(1));
}

void readErrorElement(QXmlStreamReader& xml, OssErrorDocument& error)
{
    const QString name = xml.name().toString();
    const QString text = elementText(xml);
    if (name == QLatin1String("Code"))
        error.code = text;
    else if (name == QLatin1String("Message"))
        error.message = text;
    else if (name == QLatin1String("RequestId"))
        error.requestId = text;
    else if (name == QLatin1String("EC"))
        error.ec = text;
    else if (name == QLatin1String("ServerTime"))
        error.serverTime = QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
    else if (name.endsWith(QLatin1String("Region")))
        error.region = regionNamed(text);
    else if (name == QLatin1String("Endpoint") && error.region.isEmpty())
        error.region = regionOfHost(text.toLatin1());
}

std::optional<OssPart> readPart(QXmlStreamReader& xml)
{
    OssPart part;
    while (xml.readNextStartElement()) {
        const QString name = xml.name().toString();
        const QString text = elementText(xml);
        bool ok = false;
        if (name == QLatin1String("PartNumber")) {
            part.number = text.toInt();
        } else if (name == QLatin1String("ETag")) {
            part.etag = unquoted(text.toLatin1());
        } else if (name == QLatin1String("Size")) {
            const qint64 size = text.toLongLong(&ok);
            part.size = ok ? size : -1;
        } else if (name == QLatin1String("HashCrc64ecma")) {
            const quint64 crc = text.toULongLong(&ok);
            if (ok)
                part.crc64 = crc;
        }
    }
    if (part.number < 1)
        return std::nullopt;
    return part;
}

} // namespace

std::optional<OssErrorDocument> parseOssError(const QByteArray& xml)
{
    QXmlStreamReader reader(xml);
    if (!opens(reader, QLatin1String("Error")))
        return std::nullopt;
    OssErrorDocument error;
    while (reader.readNextStartElement())
        readErrorElement(reader, error);
    if (error.region.isEmpty())
        error.region = regionInMessage(error.message);
    if (error.code.isEmpty())
        return std::nullopt;
    return error;
}

std::optional<QString> parseInitiateResult(const QByteArray& xml)
{
    QXmlStreamReader reader(xml);
    if (!opens(reader, QLatin1String("InitiateMultipartUploadResult")))
        return std::nullopt;
    QString uploadId;
    while (reader.readNextStartElement()) {
        if (reader.name() == QLatin1String("UploadId"))
            uploadId = elementText(reader);
        else
            reader.skipCurrentElement();
    }
    if (reader.hasError() || uploadId.isEmpty())
        return std::nullopt;
    return uploadId;
}

std::optional<OssPartsPage> parseListPartsResult(const QByteArray& xml)
{
    QXmlStreamReader reader(xml);
    if (!opens(reader, QLatin1String("ListPartsResult")))
        return std::nullopt;
    OssPartsPage page;
    bool truncated = false;
    int nextMarker = 0;
    while (reader.readNextStartElement()) {
        if (reader.name() == QLatin1String("Part")) {
            const std::optional<OssPart> part = readPart(reader);
            if (!part)
                return std::nullopt;
            page.parts.append(*part);
        } else if (reader.name() == QLatin1String("IsTruncated")) {
            truncated = elementText(reader) == QLatin1String("true");
        } else if (reader.name() == QLatin1String("NextPartNumberMarker")) {
            nextMarker = elementText(reader).toInt();
        } else {
            reader.skipCurrentElement();
        }
    }
    if (reader.hasError())
        return std::nullopt;
    std::sort(page.parts.begin(), page.parts.end(),
              [](const OssPart& a, const OssPart& b) { return a.number < b.number; });
    if (truncated && nextMarker > 0)
        page.nextMarker = nextMarker;
    return page;
}

std::optional<QByteArray> parseCompleteResult(const QByteArray& xml)
{
    QXmlStreamReader reader(xml);
    if (!opens(reader, QLatin1String("CompleteMultipartUploadResult")))
        return std::nullopt;
    QByteArray etag;
    while (reader.readNextStartElement()) {
        if (reader.name() == QLatin1String("ETag"))
            etag = unquoted(elementText(reader).toLatin1());
        else
            reader.skipCurrentElement();
    }
    if (reader.hasError())
        return std::nullopt;
    return etag;
}

QByteArray completeUploadDocument(QList<OssPart> parts)
{
    std::sort(parts.begin(), parts.end(),
              [](const OssPart& a, const OssPart& b) { return a.number < b.number; });
    QByteArray document;
    QXmlStreamWriter writer(&document);
    writer.writeStartElement(QStringLiteral("CompleteMultipartUpload"));
    for (const OssPart& part : parts) {
        writer.writeStartElement(QStringLiteral("Part"));
        writer.writeTextElement(QStringLiteral("PartNumber"), QString::number(part.number));
        writer.writeTextElement(QStringLiteral("ETag"),
                                QLatin1Char('"') + QString::fromLatin1(part.etag)
                                    + QLatin1Char('"'));
        writer.writeEndElement();
    }
    writer.writeEndElement();
    return document;
}

QByteArray unquoted(const QByteArray& etag)
{
    QByteArray text = etag.trimmed();
    if (text.size() >= 2 && text.startsWith('"') && text.endsWith('"'))
        return text.mid(1, text.size() - 2);
    return text;
}

} // namespace ChatApp
