// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cams/camserrors.h"

#include "cams/jsonfields.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QXmlStreamReader>

#include <array>

namespace ChatApp {

namespace {

struct CodeMeaning {
    const char* code;
    ErrorKind kind;
};

//! The first entry whose code the service's code begins with. Families ("Forbidden.RAM",
//! "InvalidTimeStamp.Expired") are listed by what they have in common.
constexpr std::array meanings{
    CodeMeaning{"Product.Unsubscript", ErrorKind::NotSubscribed},
    CodeMeaning{"Ram.PermissionDeny", ErrorKind::PermissionDenied},
    CodeMeaning{"Forbidden", ErrorKind::PermissionDenied},
    CodeMeaning{"NoPermission", ErrorKind::PermissionDenied},
    CodeMeaning{"Authentication.NoAuth", ErrorKind::PermissionDenied},
    CodeMeaning{"CHAT.APIError", ErrorKind::PermissionDenied},
    CodeMeaning{"System.LimitControl", ErrorKind::Throttled},
    CodeMeaning{"Unknown.ResourceOwnerId", ErrorKind::OwnerUnknown},
    CodeMeaning{"InvalidAccessKeyId", ErrorKind::AccessKeyInvalid},
    CodeMeaning{"SignatureDoesNotMatch", ErrorKind::SignatureRejected},
    CodeMeaning{"IncompleteSignature", ErrorKind::SignatureRejected},
    CodeMeaning{"SignatureNonceUsed", ErrorKind::SignatureRejected},
    CodeMeaning{"InvalidTimeStamp", ErrorKind::ClockSkew},
    CodeMeaning{"InvalidSecurityToken", ErrorKind::TokenRejected},
    CodeMeaning{"MissingSecurityToken", ErrorKind::TokenRejected},
    CodeMeaning{"ERR-OPERATION-MAAP-0060", ErrorKind::SpaceInvalid},
    CodeMeaning{"ServiceUnavailable", ErrorKind::ServiceUnavailable},
    CodeMeaning{"InternalError", ErrorKind::ServiceUnavailable},
    CodeMeaning{"ERR-COMMON-001", ErrorKind::ServiceUnavailable},
    CodeMeaning{"999999", ErrorKind::ServiceUnavailable},
};

ErrorKind kindOfStatus(int httpStatus)
{
    constexpr int unauthorized = 401;
    constexpr int forbidden = 403;
    constexpr int tooManyRequests = 429;
    if (httpStatus >= 500)
        return ErrorKind::ServiceUnavailable;
    if (httpStatus == tooManyRequests)
        return ErrorKind::Throttled;
    if (httpStatus == unauthorized || httpStatus == forbidden)
        return ErrorKind::PermissionDenied;
    return ErrorKind::Rejected;
}

//! Without the "server string to sign", which repeats the request's headers, and at most a line.
QString safeMessage(QString message)
{
    const qsizetype signing =
        message.indexOf(QLatin1String("string to sign"), 0, Qt::CaseInsensitive);
    if (signing >= 0)
        message.truncate(signing);
    constexpr qsizetype longest = 500;
    return message.simplified().left(longest);
}

std::optional<std::chrono::milliseconds> retryAfter(const HttpResponse& response)
{
    bool ok = false;
    const int delay = response.header("x-acs-retry-after").toInt(&ok);
    if (!ok || delay < 0)
        return std::nullopt;
    return std::chrono::milliseconds(delay);
}

//! An <Error> document as the JSON object that it stands for.
QJsonObject objectOfXml(const QByteArray& body)
{
    QXmlStreamReader xml(body);
    QJsonObject object;
    if (!xml.readNextStartElement() || xml.name() != QLatin1String("Error"))
        return {};
    while (xml.readNextStartElement()) {
        const QString name = xml.name().toString();
        object.insert(name, xml.readElementText(QXmlStreamReader::SkipChildElements));
    }
    return object;
}

bool looksLikeHtml(const HttpResponse& response)
{
    const QByteArray start = response.body.left(512).trimmed().toLower();
    return response.header("Content-Type").toLower().startsWith("text/html")
        || start.startsWith("<!doctype html") || start.startsWith("<html");
}

Error foreignAnswer(const HttpResponse& response)
{
    Error error;
    error.httpStatus = response.status;
    error.requestId = QString::fromLatin1(response.header("x-acs-request-id"));
    if (response.status >= 500) {
        error.kind = ErrorKind::ServiceUnavailable;
        error.message = QStringLiteral("a server on the way answered instead of the service");
    } else if (looksLikeHtml(response)) {
        error.kind = ErrorKind::Intercepted;
        error.message = QStringLiteral("a web page came instead of the service's answer");
    } else {
        error.kind = ErrorKind::InvalidAnswer;
        error.message = QStringLiteral("the answer is not JSON");
    }
    return error;
}

} // namespace

ErrorKind camsErrorKind(const QString& code, const QString& message, int httpStatus)
{
    if (code.contains(QLatin1String("Throttling")))
        return ErrorKind::Throttled;
    const bool parameter = code.startsWith(QLatin1String("Missing"))
        || code.startsWith(QLatin1String("Invalid")) || code.startsWith(QLatin1String("Illegal"));
    const QLatin1String spaceParameter("CustSpaceId");
    if (parameter && (code.contains(spaceParameter) || message.contains(spaceParameter)))
        return ErrorKind::SpaceInvalid;
    for (const CodeMeaning& meaning : meanings) {
        if (code.startsWith(QLatin1String(meaning.code)))
            return meaning.kind;
    }
    return kindOfStatus(httpStatus);
}

Result<QJsonObject> readCamsAnswer(const HttpResponse& response)
{
    QJsonObject object = QJsonDocument::fromJson(response.body).object();
    if (object.isEmpty() && response.header("Content-Type").toLower().startsWith("text/xml"))
        object = objectOfXml(response.body);
    if (object.isEmpty())
        return foreignAnswer(response);

    const QString code = fieldOf(object, "Code").toVariant().toString();
    const bool success = code == QLatin1String("OK") || code == QLatin1String("0000");
    if (response.status < 300 && success)
        return object;

    Error error;
    error.code = code;
    error.message = safeMessage(fieldOf(object, "Message").toString());
    error.httpStatus = response.status;
    error.requestId = fieldOf(object, "RequestId").toString();
    if (error.requestId.isEmpty())
        error.requestId = QString::fromLatin1(response.header("x-acs-request-id"));
    if (response.status < 300 && code.isEmpty()) {
        error.kind = ErrorKind::InvalidAnswer;
        error.message = QStringLiteral("the answer has no Code");
        return error;
    }
    error.kind = camsErrorKind(code, error.message, response.status);
    if (error.kind == ErrorKind::Throttled)
        error.retryAfter = retryAfter(response);
    return error;
}

} // namespace ChatApp
