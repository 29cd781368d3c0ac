// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/ossclient.h"

#include "oss/signedcall.h"

#include <QtCore/QHash>

#include <map>

namespace ChatApp {

namespace {

constexpr auto defaultContentType = "application/octet-stream";

bool readNothingMore(const HttpResponse&, OssAnswer&)
{
    return true;
}

//! HEAD and the probe: what the object is.
bool readObjectFacts(const HttpResponse& response, OssAnswer& answer)
{
    answer.contentType = response.header("Content-Type");
    // "bytes 0-0/1234"
    const QByteArray range = response.header("Content-Range");
    const QByteArray size =
        range.isEmpty() ? response.header("Content-Length") : range.mid(range.lastIndexOf('/') + 1);
    bool ok = false;
    const qint64 value = size.toLongLong(&ok);
    answer.size = ok ? value : -1;
    return true;
}

bool readUploadId(const HttpResponse& response, OssAnswer& answer)
{
    const std::optional<QString> uploadId = parseInitiateResult(response.body);
    answer.uploadId = uploadId.value_or(QString());
    return uploadId.has_value();
}

bool readParts(const HttpResponse& response, OssAnswer& answer)
{
    const std::optional<OssPartsPage> page = parseListPartsResult(response.body);
    if (!page)
        return false;
    answer.parts = page->parts;
    answer.nextPartMarker = page->nextMarker;
    return true;
}

bool readCompleted(const HttpResponse& response, OssAnswer& answer)
{
    const std::optional<QByteArray> etag = parseCompleteResult(response.body);
    if (etag && !etag->isEmpty())
        answer.etag = *etag;
    return etag.has_value();
}

OssOperation operationOn(const OssTarget& target, const QByteArray& method)
{
    OssOperation operation;
    operation.request.method = method;
    operation.request.bucket = target.bucket;
    operation.request.key = target.key;
    operation.url = objectUrl(target.endpoint, target.bucket, target.key);
    operation.credentials = target.credentials;
    operation.signing = {.bucket = target.bucket,
                         .endpoint = target.endpoint,
                         .preferredRegion = target.preferredRegion};
    operation.read = readNothingMore;
    return operation;
}

void setContentType(OssOperation& operation, const QByteArray& contentType)
{
    setHeader(operation.request.headers, "Content-Type",
              contentType.isEmpty() ? QByteArray(defaultContentType) : contentType);
}

void setForbidOverwrite(OssOperation& operation, bool forbid)
{
    if (forbid)
        setHeader(operation.request.headers, "x-oss-forbid-overwrite", "true");
}

void setBody(OssOperation& operation, OssBody body)
{
    setContentType(operation, body.contentType);
    if (!body.contentMd5.isEmpty())
        setHeader(operation.request.headers, "Content-MD5", body.contentMd5);
    operation.bodySource = std::move(body);
}

} // namespace

class OssClient::Private {
public:
    Private(OssClient& owner, HttpTransport& http, const Clock& localClock)
        : q(owner)
        , transport(http)
        , clock(localClock)
    {
    }

    OssCall* begin(OssOperation operation)
    {
        std::unique_ptr<ServerClock>& serverClock = clocks[operation.signing.endpoint.authority()];
        if (!serverClock)
            serverClock = std::make_unique<ServerClock>(clock);
        SigningContext context{
            .transport = transport,
            .book = book,
            .serverClock = *serverClock,
            .learnt = [this](const SigningFacts& facts) { Q_EMIT q.signingLearnt(facts); }};
        auto* call = new SignedCall(std::move(context), std::move(operation), &q);
        call->start();
        return call;
    }

    OssClient& q;
    HttpTransport& transport;
    const Clock& clock;
    SigningBook book;
    std::map<QByteArray, std::unique_ptr<ServerClock>> clocks;
};

OssClient::OssClient(HttpTransport& transport, const Clock& clock, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, transport, clock))
{
}

OssClient::~OssClient()
{
    // Here, while what the calls refer to is still there.
    for (SignedCall* call : findChildren<SignedCall*>(QString(), Qt::FindDirectChildrenOnly)) {
        call->endNow();
        delete call;
    }
}

void OssClient::setKnown(const SigningFacts& facts)
{
    d->book.setKnown(facts);
}

OssCall* OssClient::put(const OssTarget& target, OssBody body, bool forbidOverwrite)
{
    OssOperation operation = operationOn(target, "PUT");
    setBody(operation, std::move(body));
    setForbidOverwrite(operation, forbidOverwrite);
    return d->begin(std::move(operation));
}

OssCall* OssClient::head(const OssTarget& target)
{
    OssOperation operation = operationOn(target, "HEAD");
    operation.read = readObjectFacts;
    return d->begin(std::move(operation));
}

OssCall* OssClient::anonymousProbe(const ObjectUrl& url)
{
    OssOperation operation;
    operation.anonymous = true;
    operation.request.method = "GET";
    setHeader(operation.request.headers, "Range", "bytes=0-0");
    operation.url = url;
    operation.signing.endpoint = url.server;
    operation.read = readObjectFacts;
    return d->begin(std::move(operation));
}

OssCall* OssClient::initiate(const OssTarget& target, const QByteArray& contentType,
                             bool forbidOverwrite)
{
    OssOperation operation = operationOn(target, "POST");
    operation.request.query = {{"uploads", ""}};
    setContentType(operation, contentType);
    setForbidOverwrite(operation, forbidOverwrite);
    operation.read = readUploadId;
    return d->begin(std::move(operation));
}

OssCall* OssClient::uploadPart(const OssTarget& target, const QString& uploadId, int number,
                               OssBody body)
{
    OssOperation operation = operationOn(target, "PUT");
    operation.request.query = {{"partNumber", QByteArray::number(number)},
                               {"uploadId", uploadId.toUtf8()}};
    setBody(operation, std::move(body));
    return d->begin(std::move(operation));
}

OssCall* OssClient::listParts(const OssTarget& target, const QString& uploadId, int marker)
{
    OssOperation operation = operationOn(target, "GET");
    operation.request.query = {{"uploadId", uploadId.toUtf8()}, {"max-parts", "1000"}};
    if (marker > 0)
        operation.request.query.append({"part-number-marker", QByteArray::number(marker)});
    operation.read = readParts;
    return d->begin(std::move(operation));
}

OssCall* OssClient::complete(const OssTarget& target, const QString& uploadId,
                             const QList<OssPart>& parts, bool forbidOverwrite)
{
    OssOperation operation = operationOn(target, "POST");
    operation.request.query = {{"uploadId", uploadId.toUtf8()}};
    operation.body = completeUploadDocument(parts);
    setContentType(operation, "application/xml");
    setForbidOverwrite(operation, forbidOverwrite);
    operation.read = readCompleted;
    return d->begin(std::move(operation));
}

OssCall* OssClient::abortUpload(const OssTarget& target, const QString& uploadId)
{
    OssOperation operation = operationOn(target, "DELETE");
    operation.request.query = {{"uploadId", uploadId.toUtf8()}};
    return d->begin(std::move(operation));
}

} // namespace ChatApp
