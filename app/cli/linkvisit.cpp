// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/linkvisit.h"

#include <QtCore/QFile>
#include <QtCore/QPromise>
#include <QtCore/QUrl>

#include <memory>

namespace ChatApp {

namespace {

constexpr qint64 mostBytes = 1024 * 1024;

HttpRequest requestFor(const UploadRecord& record)
{
    const QUrl url(record.url, QUrl::StrictMode);
    HttpRequest request;
    request.method = "GET";
    request.scheme = url.scheme().toLatin1();
    request.host = url.host(QUrl::FullyEncoded).toLatin1();
    request.port = url.port();
    request.target = url.path(QUrl::FullyEncoded).toLatin1();
    request.maxAnswerSize = mostBytes;
    if (record.identity.size > 0) {
        const qint64 last = qMin(record.identity.size, mostBytes) - 1;
        request.headers.append({"Range", "bytes=0-" + QByteArray::number(last)});
    }
    return request;
}

Result<qint64> compare(const HttpOutcome& outcome, const UploadRecord& record)
{
    if (!outcome.response)
        return outcome.response.error();
    const HttpResponse& response = outcome.response.value();
    if (response.status != 200 && response.status != 206)
        return Error{.kind = ErrorKind::Rejected, .httpStatus = response.status};
    QFile file(record.path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{.kind = ErrorKind::FileUnreadable, .message = file.errorString()};
    if (file.read(mostBytes) != response.body)
        return Error{.kind = ErrorKind::ChecksumMismatch};
    return response.body.size();
}

} // namespace

QFuture<Result<qint64>> visitLink(HttpTransport& transport, const UploadRecord& record)
{
    auto promise = std::make_shared<QPromise<Result<qint64>>>();
    promise->start();
    HttpCall* call = transport.send(requestFor(record));
    QObject::connect(call, &HttpCall::finished, call,
                     [promise, record](const HttpOutcome& outcome) {
                         promise->addResult(compare(outcome, record));
                         promise->finish();
                     });
    return promise->future();
}

} // namespace ChatApp
