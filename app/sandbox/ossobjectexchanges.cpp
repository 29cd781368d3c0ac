// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/ossobjectexchanges.h"

#include <algorithm>

namespace ChatApp::Sandbox {

namespace {

constexpr qint64 largestBody = 5LL * 1024 * 1024 * 1024;
constexpr int largestPartNumber = 10'000;

struct ByteRange {
    qint64 first = 0;
    qint64 last = 0;
};

// "bytes=0-9", "bytes=5-", "bytes=-3"; nothing if it does not lie within the object.
std::optional<ByteRange> parseRange(const QByteArray& header, qint64 size)
{
    if (!header.startsWith("bytes=") || size == 0)
        return std::nullopt;
    const QList<QByteArray> ends = header.mid(6).split('-');
    if (ends.size() != 2)
        return std::nullopt;
    bool firstOk = false;
    bool lastOk = false;
    const qint64 first = ends.at(0).toLongLong(&firstOk);
    const qint64 last = ends.at(1).toLongLong(&lastOk);
    ByteRange range{first, last};
    if (ends.at(0).isEmpty() && lastOk && last > 0)
        range = {std::max<qint64>(0, size - last), size - 1};
    else if (ends.at(1).isEmpty() && firstOk)
        range.last = size - 1;
    else if (!firstOk || !lastOk)
        return std::nullopt;
    const bool within = range.first <= range.last && range.first >= 0 && range.last < size;
    return within ? std::optional(range) : std::nullopt;
}

QByteArray quoted(const QByteArray& etag)
{
    return '"' + etag + '"';
}

} // namespace

std::variant<QByteArray, Refusal> announcedMd5(const HttpRequest& request)
{
    if (!request.hasHeader("content-md5"))
        return QByteArray();
    const auto decoded = QByteArray::fromBase64Encoding(request.header("content-md5"),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() != 16)
        return Refusal{400, "InvalidDigest", "The Content-MD5 you specified is not valid.",
                       "0016-00000601"};
    return decoded.decoded;
}

Refusal digestMismatch(const HttpRequest& request, const QByteArray& actual)
{
    return {400,
            "InvalidDigest",
            "The Content-MD5 you specified was invalid.",
            "0016-00000601",
            {{"ExpectedDigest", request.header("content-md5")},
             {"CalculatedDigest", actual.toBase64()}}};
}

std::optional<Refusal> UploadExchange::prepare()
{
    if (auto refusal = checkLength())
        return refusal;
    auto md5 = announcedMd5(request());
    if (const auto* refusal = std::get_if<Refusal>(&md5))
        return *refusal;
    m_expectedMd5 = std::get<QByteArray>(md5);
    if (auto refusal = checkTrafficLimit())
        return refusal;
    if (auto refusal = prepareTarget())
        return refusal;
    return openSpool();
}

std::optional<Refusal> UploadExchange::checkLength() const
{
    const auto length = request().contentLength();
    if (!length)
        return Refusal{411, "MissingContentLength",
                       "You must provide the Content-Length HTTP header."};
    if (*length > largestBody)
        return Refusal{400, "EntityTooLarge",
                       "Your proposed upload exceeds the maximum allowed object size.",
                       "0017-00000201"};
    return std::nullopt;
}

std::optional<Refusal> UploadExchange::checkTrafficLimit()
{
    if (!request().hasHeader("x-oss-traffic-limit"))
        return std::nullopt;
    constexpr qint64 lowest = 819'200;
    constexpr qint64 highest = 838'860'800;
    const qint64 bitsPerSecond = request().header("x-oss-traffic-limit").toLongLong();
    if (bitsPerSecond < lowest || bitsPerSecond > highest)
        return Refusal{400, "InvalidArgument",
                       "The traffic limit must be from 819200 to 838860800 bit/s."};
    m_bytesPerSecond = bitsPerSecond / 8;
    return std::nullopt;
}

std::optional<Refusal> UploadExchange::openSpool()
{
    const qint64 size = request().contentLength().value_or(0);
    switch (state().area.room(size, behavior().quota)) {
    case SpoolArea::Room::Enough:
        break;
    case SpoolArea::Room::QuotaExceeded:
        return Refusal{507, "QuotaExceeded",
                       "The sandbox keeps at most " + QByteArray::number(behavior().quota)
                           + " bytes; this upload does not fit.",
                       "0099-00000001"};
    case SpoolArea::Room::DiskFull:
        return diskFull();
    }
    m_spool = state().area.newFile(size);
    return m_spool->open() ? std::nullopt : std::optional(diskFull());
}

std::optional<Refusal> UploadExchange::take(const char* data, qint64 size)
{
    return m_spool->write(data, size) ? std::nullopt : std::optional(diskFull());
}

HttpResponse UploadExchange::perform()
{
    const QByteArray md5 = m_spool->md5();
    if (!m_expectedMd5.isEmpty() && m_expectedMd5 != md5)
        return refuse(digestMismatch(request(), md5));
    if (auto refusal = store(*m_spool))
        return refuse(*refusal);
    context().committed();
    HttpResponse response = ossAnswer(context());
    response.setHeader("ETag", quoted(md5.toHex().toUpper()));
    response.setHeader("Content-MD5", md5.toBase64());
    response.setHeader("x-oss-hash-crc64ecma", QByteArray::number(m_spool->crc64()));
    return response;
}

std::optional<Refusal> PutObjectExchange::prepareTarget()
{
    if (auto refusal = checkAcl())
        return refusal;
    return checkOverwrite();
}

std::optional<Refusal> PutObjectExchange::store(SpoolFile& body)
{
    // Once more: another request may have made the object while this body arrived.
    if (auto refusal = checkOverwrite())
        return refusal;
    return state().objects.put(newObject(), body) ? std::nullopt : std::optional(diskFull());
}

std::optional<Refusal> UploadPartExchange::prepareTarget()
{
    bool isNumber = false;
    m_number = target().value("partNumber").toInt(&isNumber);
    if (!isNumber || m_number < 1 || m_number > largestPartNumber)
        return Refusal{
            400,
            "InvalidArgument",
            "Part number must be an integer between 1 and 10000, inclusive.",
            "0042-00000214",
            {{"ArgumentName", "partNumber"}, {"ArgumentValue", target().value("partNumber")}}};
    return checkUploadId();
}

std::optional<Refusal> UploadPartExchange::store(SpoolFile& body)
{
    if (auto refusal = checkUploadId())
        return refusal;
    const QString uploadId = QString::fromUtf8(target().value("uploadId"));
    const bool stored = state().uploads.putPart(uploadId, m_number, body, context().now);
    return stored ? std::nullopt : std::optional(diskFull());
}

HttpResponse ReadObjectExchange::perform()
{
    const SandboxObject* object = state().objects.find(key());
    if (!object)
        return refuse({404,
                       "NoSuchKey",
                       "The specified key does not exist.",
                       "0026-00000001",
                       {{"Key", target().key}}});
    HttpResponse response = describe(*object);
    if (request().method == "HEAD") {
        response.announcedLength = object->size;
        return response;
    }
    response.file = FileSlice{object->file, 0, object->size};
    if (!request().hasHeader("range"))
        return response;
    const auto range = parseRange(request().header("range"), object->size);
    if (range) {
        response.status = 206;
        response.file = FileSlice{object->file, range->first, range->last - range->first + 1};
        response.setHeader("Content-Range",
                           "bytes " + QByteArray::number(range->first) + '-'
                               + QByteArray::number(range->last) + '/'
                               + QByteArray::number(object->size));
    } else if (request().header("x-oss-range-behavior") == "standard") {
        return refuse(
            {416, "InvalidRange", "The requested range cannot be satisfied.", "0016-00000801"});
    }
    // Without that header OSS answers a range it cannot serve with the whole object.
    return response;
}

HttpResponse ReadObjectExchange::describe(const SandboxObject& object)
{
    HttpResponse response = ossAnswer(context());
    for (auto it = object.headers.cbegin(); it != object.headers.cend(); ++it)
        response.setHeader(it.key(), it.value());
    response.setHeader("Content-Type", object.contentType);
    response.setHeader("ETag", quoted(object.etag));
    response.setHeader("Last-Modified", httpDate(object.lastModified));
    response.setHeader("Accept-Ranges", "bytes");
    response.setHeader("x-oss-object-type", object.etag.contains('-') ? "Multipart" : "Normal");
    response.setHeader("x-oss-storage-class", "Standard");
    response.setHeader("x-oss-hash-crc64ecma", QByteArray::number(object.crc64));
    if (!object.etag.contains('-'))
        response.setHeader("Content-MD5", QByteArray::fromHex(object.md5).toBase64());
    return response;
}

} // namespace ChatApp::Sandbox
