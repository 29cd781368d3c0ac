// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cams/uploadauthorization.h"

#include "cams/jsonfields.h"

#include <QtCore/QRegularExpression>

#include <algorithm>
#include <chrono>

namespace ChatApp {

namespace {

using std::chrono::seconds;

constexpr seconds assumedLife{900}; //!< where the answer does not say
constexpr seconds longestLife{24 * 3600}; //!< temporary credentials never live longer

Error missing(const char* field, const char* why)
{
    Error error;
    error.kind = ErrorKind::InvalidAnswer;
    error.message =
        QStringLiteral("upload authorization: %1 %2").arg(QLatin1String(field), QLatin1String(why));
    return error;
}

Result<QString> requiredText(const QJsonObject& data, const char* field)
{
    const QJsonValue value = fieldOf(data, field);
    const QString text = value.toString().trimmed();
    if (!value.isString() || text.isEmpty())
        return missing(field, "is missing");
    // What becomes part of a header must not be able to end it.
    const bool printable =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
    if (!printable)
        return missing(field, "holds characters that it cannot");
    return text;
}

Result<QString> bucketName(const QJsonObject& data)
{
    Result<QString> name = requiredText(data, "BucketName");
    if (!name)
        return name;
    // It becomes part of a host name.
    static const QRegularExpression allowed(
        QStringLiteral("\\A[a-z0-9][a-z0-9-]{0,61}[a-z0-9]\\z"));
    if (!allowed.match(*name).hasMatch())
        return missing("BucketName", "is not the name of a bucket");
    return name;
}

Result<QString> directory(const QJsonObject& data)
{
    const QJsonValue value = fieldOf(data, "Dir");
    if (!value.isString())
        return missing("Dir", "is missing");
    QString dir = value.toString().trimmed();
    while (dir.startsWith(QLatin1Char('/')))
        dir.remove(0, 1);
    while (dir.endsWith(QLatin1Char('/')))
        dir.chop(1);
    for (const QString& segment : dir.split(QLatin1Char('/'))) {
        if (segment == QLatin1String(".") || segment == QLatin1String(".."))
            return missing("Dir", "leads outside of itself");
    }
    if (std::any_of(dir.begin(), dir.end(), [](QChar c) { return c < u' ' || c == u'\x7f'; })
        || dir.startsWith(QLatin1Char('\\')))
        return missing("Dir", "holds characters that it cannot");
    return dir;
}

Result<Endpoint> ossEndpoint(const QJsonObject& data, const QString& bucket)
{
    const Result<QString> text = requiredText(data, "EndPoint");
    if (!text)
        return text.error();
    QString address = *text;
    while (address.endsWith(QLatin1Char('/')))
        address.chop(1);
    const Result<Endpoint> parsed = parseEndpoint(address);
    if (!parsed) {
        if (parsed.error().kind == ErrorKind::PlainHttpRefused)
            return parsed.error();
        return missing("EndPoint", "is not the address of a server");
    }
    Endpoint endpoint = *parsed;
    const QByteArray prefix = bucket.toLatin1() + '.';
    if (endpoint.host.startsWith(prefix))
        endpoint.host.remove(0, prefix.size());
    return endpoint;
}

//! How long the credentials live from now on (protocol notes 1.2).
seconds lifeOf(const QJsonObject& data, const QDateTime& serverTime)
{
    const QJsonValue value = fieldOf(data, "Expire");
    const double told = value.isString() ? value.toString().trimmed().toDouble() : value.toDouble();
    constexpr double firstEpochSecond = 1e9; // smaller values are a duration
    constexpr double firstEpochMillisecond = 1e11;
    double life = told;
    if (told >= firstEpochMillisecond)
        life = told / 1000 - static_cast<double>(serverTime.toSecsSinceEpoch());
    else if (told >= firstEpochSecond)
        life = told - static_cast<double>(serverTime.toSecsSinceEpoch());
    if (!(life > 0))
        return assumedLife;
    return seconds(static_cast<qint64>(std::min(life, static_cast<double>(longestLife.count()))));
}

} // namespace

Result<UploadAuthorization> parseUploadAuthorization(const QJsonObject& answer,
                                                     const AnswerTime& time)
{
    const QJsonValue dataField = fieldOf(answer, "Data");
    if (!dataField.isObject())
        return missing("Data", "is missing");
    const QJsonObject data = dataField.toObject();

    const Result<QString> keyId = requiredText(data, "AccessKeyId");
    if (!keyId)
        return keyId.error();
    const Result<QString> secret = requiredText(data, "AccessKeySecret");
    if (!secret)
        return secret.error();
    const Result<QString> token = requiredText(data, "SecurityToken");
    if (!token)
        return token.error();
    const Result<QString> bucket = bucketName(data);
    if (!bucket)
        return bucket.error();
    const Result<QString> dir = directory(data);
    if (!dir)
        return dir.error();
    const Result<Endpoint> endpoint = ossEndpoint(data, *bucket);
    if (!endpoint)
        return endpoint.error();

    UploadAuthorization authorization;
    authorization.credentials.accessKeyId = *keyId;
    authorization.credentials.accessKeySecret = SecretString(secret->toLatin1());
    authorization.credentials.securityToken = SecretString(token->toLatin1());
    authorization.bucket = *bucket;
    authorization.dir = *dir;
    authorization.endpoint = *endpoint;
    authorization.requestId = fieldOf(answer, "RequestId").toString();
    const seconds life = lifeOf(data, time.server.isValid() ? time.server : time.local);
    constexpr int renewPercent = 80;
    authorization.expiresAt = time.local.addSecs(life.count());
    authorization.renewAt = time.local.addMSecs(life.count() * 1000 * renewPercent / 100);
    return authorization;
}

} // namespace ChatApp
