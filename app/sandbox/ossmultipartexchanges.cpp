// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/ossmultipartexchanges.h"

#include "sandbox/ossobjectexchanges.h"
#include "sandbox/percentcoding.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QXmlStreamReader>

namespace ChatApp::Sandbox {

namespace {

constexpr qint64 largestDocument = 4LL * 1024 * 1024;
constexpr qsizetype largestPartCount = 10'000;

QByteArray element(const QByteArray& name, const QByteArray& text)
{
    return '<' + name + '>' + xmlEscape(text) + "</" + name + '>';
}

HttpResponse xmlAnswer(RequestContext& context, const QByteArray& root, const QByteArray& inside)
{
    HttpResponse response = ossAnswer(context);
    response.setHeader("Content-Type", "application/xml");
    response.body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root + '>' + inside + "</" + root + ">\n";
    return response;
}

// The key, encoded if the request asked for it.
QByteArray keyElement(const OssTarget& target)
{
    if (target.value("encoding-type") != "url")
        return element("Key", target.key);
    return element("EncodingType", "url") + element("Key", percentEncode(target.key));
}

Refusal malformedXml()
{
    return {400, "MalformedXML", "The XML you provided was not well-formed.", "0042-00000204"};
}

QByteArray withoutQuotes(QByteArray etag)
{
    if (etag.size() >= 2 && etag.startsWith('"') && etag.endsWith('"'))
        etag = etag.mid(1, etag.size() - 2);
    return etag;
}

std::optional<NamedPart> readPart(QXmlStreamReader& xml)
{
    NamedPart part;
    bool hasNumber = false;
    while (xml.readNextStartElement()) {
        const QString name = xml.name().toString();
        const QString text = xml.readElementText();
        if (name == QLatin1String("PartNumber"))
            part.number = text.toInt(&hasNumber);
        else if (name == QLatin1String("ETag"))
            part.etag = withoutQuotes(text.toLatin1());
        else
            return std::nullopt;
    }
    return hasNumber && !part.etag.isEmpty() ? std::optional(part) : std::nullopt;
}

std::optional<QList<NamedPart>> readParts(const QByteArray& document)
{
    QXmlStreamReader xml(document);
    QList<NamedPart> parts;
    if (!xml.readNextStartElement() || xml.name() != QLatin1String("CompleteMultipartUpload"))
        return std::nullopt;
    while (xml.readNextStartElement()) {
        const auto part = xml.name() == QLatin1String("Part") ? readPart(xml) : std::nullopt;
        if (!part || parts.size() == largestPartCount)
            return std::nullopt;
        parts.append(*part);
    }
    while (!xml.atEnd())
        xml.readNext();
    return xml.hasError() || parts.isEmpty() ? std::nullopt : std::optional(parts);
}

// A number within bounds; `fallback` if the parameter is absent, nothing if it is wrong.
std::optional<int> numberParameter(const OssTarget& target, const char* name, int lowest,
                                   int highest, int fallback)
{
    if (!target.has(name))
        return fallback;
    bool ok = false;
    const int value = target.value(name).toInt(&ok);
    return ok && value >= lowest && value <= highest ? std::optional(value) : std::nullopt;
}

} // namespace

std::optional<Refusal> InitiateExchange::prepare()
{
    if (auto refusal = checkAcl())
        return refusal;
    return checkOverwrite();
}

HttpResponse InitiateExchange::perform()
{
    const QString uploadId = state().uploads.begin(newObject());
    context().committed();
    return xmlAnswer(context(), "InitiateMultipartUploadResult",
                     element("Bucket", target().bucket) + keyElement(target())
                         + element("UploadId", uploadId.toLatin1()));
}

std::optional<Refusal> ListPartsExchange::prepare()
{
    const auto maxParts = numberParameter(target(), "max-parts", 1, 1000, 1000);
    const auto marker = numberParameter(target(), "part-number-marker", 0, 10'000, 0);
    if (!maxParts || !marker)
        return Refusal{400, "InvalidArgument", "max-parts or part-number-marker is not valid."};
    m_maxParts = *maxParts;
    m_marker = *marker;
    return checkUploadId();
}

HttpResponse ListPartsExchange::perform()
{
    const QByteArray uploadId = target().value("uploadId");
    QByteArray listed;
    int count = 0;
    int last = 0;
    bool truncated = false;
    for (const SandboxPart& part : state().uploads.parts(QString::fromUtf8(uploadId))) {
        if (part.number <= m_marker)
            continue;
        truncated = count == m_maxParts;
        if (truncated)
            break;
        ++count;
        last = part.number;
        listed += "<Part>" + element("PartNumber", QByteArray::number(part.number))
            + element("LastModified", part.lastModified.toString(Qt::ISODateWithMs).toLatin1())
            + element("ETag", '"' + part.etag + '"')
            + element("Size", QByteArray::number(part.size))
            + element("HashCrc64ecma", QByteArray::number(part.crc64)) + "</Part>";
    }
    return xmlAnswer(context(), "ListPartsResult",
                     element("Bucket", target().bucket) + keyElement(target())
                         + element("UploadId", uploadId) + element("StorageClass", "Standard")
                         + element("PartNumberMarker", QByteArray::number(m_marker))
                         + element("NextPartNumberMarker", QByteArray::number(last))
                         + element("MaxParts", QByteArray::number(m_maxParts))
                         + element("IsTruncated", truncated ? "true" : "false") + listed);
}

std::optional<Refusal> CompleteExchange::prepare()
{
    const auto length = request().contentLength();
    if (!length)
        return Refusal{411, "MissingContentLength",
                       "You must provide the Content-Length HTTP header."};
    if (*length > largestDocument)
        return malformedXml();
    if (auto refusal = checkUploadId())
        return refusal;
    return checkOverwrite();
}

std::optional<Refusal> CompleteExchange::take(const char* data, qint64 size)
{
    m_document.append(data, size);
    return std::nullopt;
}

std::optional<Refusal> CompleteExchange::checkDigest() const
{
    const auto announced = announcedMd5(request());
    if (const auto* refusal = std::get_if<Refusal>(&announced))
        return *refusal;
    const QByteArray expected = std::get<QByteArray>(announced);
    const QByteArray actual = QCryptographicHash::hash(m_document, QCryptographicHash::Md5);
    if (!expected.isEmpty() && expected != actual)
        return digestMismatch(request(), actual);
    return std::nullopt;
}

HttpResponse CompleteExchange::perform()
{
    using Verdict = MultipartStore::Verdict;
    if (auto refusal = checkDigest())
        return refuse(*refusal);
    const auto parts = readParts(m_document);
    if (!parts)
        return refuse(malformedXml());
    if (auto refusal = checkUploadId())
        return refuse(*refusal);
    if (auto refusal = checkOverwrite())
        return refuse(*refusal);
    const QString uploadId = QString::fromUtf8(target().value("uploadId"));
    switch (state().uploads.complete(uploadId, *parts, state().objects, context().now)) {
    case Verdict::Done:
        break;
    case Verdict::InvalidPart:
        return refuse({400, "InvalidPart",
                       "One or more of the specified parts could not be found or the specified "
                       "entity tag might not have matched the part's entity tag.",
                       "0042-00000205"});
    case Verdict::InvalidPartOrder:
        return refuse({400, "InvalidPartOrder", "The list of parts was not in ascending order.",
                       "0042-00000206"});
    case Verdict::TooSmall:
        return refuse({400, "EntityTooSmall",
                       "Your proposed upload smaller than the minimum allowed size.",
                       "0042-00000213"});
    case Verdict::DiskFull:
        return refuse(diskFull());
    }
    context().committed();
    const SandboxObject* object = state().objects.find(key());
    HttpResponse response =
        xmlAnswer(context(), "CompleteMultipartUploadResult",
                  element("Location", request().hostName() + '/' + percentEncode(target().key))
                      + element("Bucket", target().bucket) + keyElement(target())
                      + element("ETag", '"' + object->etag + '"'));
    response.setHeader("ETag", '"' + object->etag + '"');
    response.setHeader("x-oss-hash-crc64ecma", QByteArray::number(object->crc64));
    return response;
}

HttpResponse AbortExchange::perform()
{
    state().uploads.abort(QString::fromUtf8(target().value("uploadId")));
    context().committed();
    return ossAnswer(context(), 204);
}

} // namespace ChatApp::Sandbox
