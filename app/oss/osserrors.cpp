// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/osserrors.h"

#include "oss/ossregion.h"

#include <array>

namespace ChatApp {

namespace {

struct CodeMeaning {
    const char* code;
    ErrorKind kind;
};

constexpr std::array meanings{
    CodeMeaning{"InvalidAccessKeyId", ErrorKind::TokenRejected},
    CodeMeaning{"SecurityTokenExpired", ErrorKind::TokenRejected},
    CodeMeaning{"InvalidSecurityToken", ErrorKind::TokenRejected},
    CodeMeaning{"SecurityTokenNotSupported", ErrorKind::TokenRejected},
    CodeMeaning{"RequestTimeTooSkewed", ErrorKind::ClockSkew},
    CodeMeaning{"SignatureDoesNotMatch", ErrorKind::SignatureRejected},
    CodeMeaning{"AuthorizationHeaderMalformed", ErrorKind::SignatureRejected},
    CodeMeaning{"AccessDenied", ErrorKind::PermissionDenied},
    CodeMeaning{"UserDisable", ErrorKind::PermissionDenied},
    CodeMeaning{"FileAlreadyExists", ErrorKind::ObjectExists},
    CodeMeaning{"NoSuchUpload", ErrorKind::UploadMissing},
    CodeMeaning{"NoSuchBucket", ErrorKind::BucketMissing},
    CodeMeaning{"InvalidBucketName", ErrorKind::BucketMissing},
    CodeMeaning{"InvalidDigest", ErrorKind::ChecksumMismatch},
    CodeMeaning{"RequestTimeout", ErrorKind::Timeout},
    CodeMeaning{"QpsLimitExceeded", ErrorKind::Throttled},
    CodeMeaning{"UploadTrafficRateLimitExceeded", ErrorKind::Throttled},
    CodeMeaning{"TotalQpsLimitExceeded", ErrorKind::Throttled},
    CodeMeaning{"InternalError", ErrorKind::ServiceUnavailable},
    CodeMeaning{"ServiceUnavailable", ErrorKind::ServiceUnavailable},
    CodeMeaning{"EntityTooLarge", ErrorKind::FileTooLarge},
};

ErrorKind kindOfStatus(int httpStatus)
{
    constexpr int unauthorized = 401;
    constexpr int forbidden = 403;
    constexpr int requestTimeout = 408;
    constexpr int tooManyRequests = 429;
    if (httpStatus >= 500)
        return ErrorKind::ServiceUnavailable;
    switch (httpStatus) {
    case unauthorized:
    case forbidden:
        return ErrorKind::PermissionDenied;
    case requestTimeout:
        return ErrorKind::Timeout;
    case tooManyRequests:
        return ErrorKind::Throttled;
    default:
        return ErrorKind::Rejected;
    }
}

std::optional<std::chrono::milliseconds> retryAfter(const HttpResponse& response)
{
    bool ok = false;
    const int delay = response.header("Retry-After").toInt(&ok);
    if (!ok || delay < 0)
        return std::nullopt;
    return std::chrono::seconds(delay);
}

std::optional<OssErrorDocument> errorDocument(const HttpResponse& response)
{
    if (!response.body.isEmpty())
        return parseOssError(response.body);
    return parseOssError(QByteArray::fromBase64(response.header("x-oss-err")));
}

Error errorWithoutDocument(const HttpResponse& response)
{
    Error error;
    if (response.status >= 300 && !isForeignAnswer(response)) {
        error.kind = kindOfStatus(response.status);
        error.message = QStringLiteral("refused with no reason given");
    } else if (response.status >= 500) {
        error.kind = ErrorKind::ServiceUnavailable;
        error.message = QStringLiteral("a server on the way answered instead of the service");
    } else if (response.body.isEmpty()) {
        error.kind =
            response.status >= 300 ? kindOfStatus(response.status) : ErrorKind::InvalidAnswer;
        error.message = QStringLiteral("an answer without a request id");
    } else {
        error.kind = ErrorKind::Intercepted;
        error.message = QStringLiteral("something on the way answered instead of the service");
    }
    return error;
}

} // namespace

ErrorKind ossErrorKind(const QString& code, const QString& ec, int httpStatus)
{
    // The V4 signature's form or region, however it is called.
    if (code == QLatin1String("InvalidArgument") && ec.startsWith(QLatin1String("0002-000002")))
        return ErrorKind::SignatureRejected;
    for (const CodeMeaning& meaning : meanings) {
        if (code == QLatin1String(meaning.code))
            return meaning.kind;
    }
    if (code.contains(QLatin1String("Throttling")))
        return ErrorKind::Throttled;
    return kindOfStatus(httpStatus);
}

bool isForeignAnswer(const HttpResponse& response)
{
    return response.header("x-oss-request-id").isEmpty();
}

OssRefusal readOssRefusal(const HttpResponse& response)
{
    constexpr qsizetype longestMessage = 500;
    constexpr int notFound = 404;
    OssRefusal refusal;
    const std::optional<OssErrorDocument> document = errorDocument(response);
    if (document) {
        refusal.error.kind = ossErrorKind(document->code, document->ec, response.status);
        refusal.error.code = document->code;
        refusal.error.message = document->message.simplified().left(longestMessage);
        refusal.error.requestId = document->requestId;
        refusal.error.ec = document->ec;
        refusal.serverTime = document->serverTime;
        refusal.region = document->region;
    } else {
        refusal.error = errorWithoutDocument(response);
        if (response.status == notFound && response.body.isEmpty())
            refusal.error.code = QStringLiteral("NoSuchKey");
    }
    refusal.error.httpStatus = response.status;
    if (refusal.error.requestId.isEmpty())
        refusal.error.requestId = QString::fromLatin1(response.header("x-oss-request-id"));
    if (refusal.error.ec.isEmpty())
        refusal.error.ec = QString::fromLatin1(response.header("x-oss-ec"));
    if (refusal.error.kind == ErrorKind::Throttled
        || refusal.error.kind == ErrorKind::ServiceUnavailable)
        refusal.error.retryAfter = retryAfter(response);
    if (refusal.region.isEmpty())
        refusal.region = QString::fromLatin1(response.header("x-oss-bucket-region"))
                             .remove(QStringLiteral("oss-"));
    return refusal;
}

} // namespace ChatApp
