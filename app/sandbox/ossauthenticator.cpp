// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/ossauthenticator.h"

#include "core/clock.h"

#include <algorithm>

namespace ChatApp::Sandbox {

namespace {

QDateTime parseV4Date(const QByteArray& text)
{
    QDateTime date =
        QDateTime::fromString(QString::fromLatin1(text), QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    date.setTimeSpec(Qt::UTC);
    return date;
}

Refusal malformedSignature(const QByteArray& message, const QByteArray& ec = {})
{
    return {400, "InvalidArgument", message, ec};
}

Refusal expiredUrl()
{
    return {403, "AccessDenied", "Request has expired."};
}

Refusal invalidDate(OssClaim::Version version)
{
    if (version == OssClaim::Version::V4)
        return malformedSignature("x-oss-date must be given as yyyymmddThhmmssZ.");
    return {403, "AccessDenied", "OSS authentication requires a valid Date."};
}

} // namespace

std::variant<OssAuthenticator::Identity, Refusal>
OssAuthenticator::check(const HttpRequest& request, const OssTarget& target) const
{
    bool malformed = false;
    const auto claim = readOssClaim(request, target, malformed);
    if (malformed)
        return malformedSignature("Authorization header is invalid.", "0002-00000201");
    if (!claim)
        return Identity{};
    if (auto refusal = checkForm(request, *claim))
        return *refusal;
    const auto caller = m_findCaller(claim->accessKeyId);
    if (!caller)
        return Refusal{403,
                       "InvalidAccessKeyId",
                       "The OSS Access Key Id you provided does not exist in our records.",
                       "0002-00000902",
                       {{"OSSAccessKeyId", claim->accessKeyId}}};
    if (auto refusal = checkToken(*claim, *caller))
        return *refusal;
    if (auto refusal = checkDate(*claim, target))
        return *refusal;

    const bool v4 = claim->version == OssClaim::Version::V4;
    const OssExpectation expected = v4 ? expectV4(request, target, *claim, caller->secret)
                                       : expectV1(request, target, *claim, caller->secret);
    if (equalSecrets(claim->signature, expected.signature))
        return Identity{claim->accessKeyId};
    Refusal refusal{403,
                    "SignatureDoesNotMatch",
                    "The request signature we calculated does not match the signature you provided."
                    " Check your key and signing method.",
                    v4 ? "0002-00000227" : "0002-00000040",
                    {{"OSSAccessKeyId", claim->accessKeyId},
                     {"SignatureProvided", claim->signature},
                     {"StringToSign", expected.stringToSign},
                     {"StringToSignBytes", expected.stringToSign.toHex(' ').toUpper()}}};
    if (v4)
        refusal.details.append({"CanonicalRequest", expected.canonicalRequest});
    return refusal;
}

std::optional<Refusal> OssAuthenticator::checkForm(const HttpRequest& request,
                                                   const OssClaim& claim) const
{
    for (const HttpField& field : request.fields) {
        const QByteArray name = field.name.toLower();
        if (name.startsWith("x-oss-") && request.countHeader(name.constData()) > 1)
            return malformedSignature(name + " was sent more than once.");
    }
    if (claim.version == OssClaim::Version::V1) {
        if (!m_policy.acceptV1)
            return Refusal{403, "AccessDenied",
                           "Signature version 1 is not accepted here, use OSS4-HMAC-SHA256."};
        return std::nullopt;
    }
    if (!m_policy.acceptV4)
        return malformedSignature("Authorization header is invalid.", "0002-00000201");
    if (!claim.presigned && request.header("x-oss-content-sha256") != "UNSIGNED-PAYLOAD")
        return malformedSignature("x-oss-content-sha256 must be UNSIGNED-PAYLOAD.");
    if (!std::is_sorted(claim.additionalHeaders.begin(), claim.additionalHeaders.end()))
        return malformedSignature("AdditionalHeaders must be sorted.");
    for (const QByteArray& name : claim.additionalHeaders) {
        if (name.isEmpty() || name != name.toLower() || !request.hasHeader(name.constData()))
            return malformedSignature("AdditionalHeaders names a header that was not sent.");
    }
    return checkScope(claim);
}

std::optional<Refusal> OssAuthenticator::checkScope(const OssClaim& claim) const
{
    if (claim.scopePart(2) != "oss" || claim.scopePart(3) != "aliyun_v4_request")
        return malformedSignature("Invalid product or request type in Authorization header.",
                                  "0002-00000228");
    if (claim.scopePart(0) != claim.date.left(8))
        return malformedSignature("The date of Credential is not that of x-oss-date.",
                                  "0002-00000225");
    if (claim.scopePart(1) == m_policy.region)
        return std::nullopt;
    Refusal refusal =
        malformedSignature("Invalid signing region in Authorization header.", "0002-00000226");
    if (m_policy.nameRegion)
        refusal.details.append({"Region", m_policy.region});
    return refusal;
}

std::optional<Refusal> OssAuthenticator::checkToken(const OssClaim& claim,
                                                    const KnownCaller& caller) const
{
    if (caller.securityToken.isEmpty() && claim.securityToken.isEmpty())
        return std::nullopt;
    if (claim.securityToken.isEmpty())
        return Refusal{403,
                       "InvalidAccessKeyId",
                       "The OSS Access Key Id you provided does not exist in our records. The "
                       "Security Token may be lost.",
                       "0002-00000003",
                       {{"OSSAccessKeyId", claim.accessKeyId}}};
    if (!equalSecrets(claim.securityToken, caller.securityToken))
        return Refusal{403, "InvalidSecurityToken", "The security token you provided is invalid.",
                       "0002-00000008"};
    if (caller.expiry.isValid() && caller.expiry <= m_now)
        return Refusal{403, "SecurityTokenExpired", "The security token you provided has expired.",
                       "0002-00000007"};
    return std::nullopt;
}

std::optional<Refusal> OssAuthenticator::checkDate(const OssClaim& claim,
                                                   const OssTarget& target) const
{
    const bool v4 = claim.version == OssClaim::Version::V4;
    if (claim.presigned && !v4) {
        bool isNumber = false;
        const qint64 expires = claim.date.toLongLong(&isNumber);
        const bool valid = isNumber && QDateTime::fromSecsSinceEpoch(expires, Qt::UTC) > m_now;
        return valid ? std::nullopt : std::optional(expiredUrl());
    }
    const QDateTime sent = v4 ? parseV4Date(claim.date) : parseHttpDate(claim.date);
    if (!sent.isValid())
        return invalidDate(claim.version);
    if (!claim.presigned)
        return checkSkew(sent);
    const qint64 seconds = target.value("x-oss-expires").toLongLong();
    const bool valid = seconds > 0 && seconds <= 604800 && sent.addSecs(seconds) > m_now
        && std::chrono::milliseconds(m_now.msecsTo(sent)) <= allowedSkew;
    return valid ? std::nullopt : std::optional(expiredUrl());
}

std::optional<Refusal> OssAuthenticator::checkSkew(const QDateTime& sent) const
{
    if (std::chrono::milliseconds(std::abs(sent.msecsTo(m_now))) <= allowedSkew)
        return std::nullopt;
    const auto iso = [](const QDateTime& time) {
        return time.toUTC().toString(Qt::ISODateWithMs).toLatin1();
    };
    return Refusal{403,
                   "RequestTimeTooSkewed",
                   "The difference between the request time and the current time is too large.",
                   "0002-00000504",
                   {{"MaxAllowedSkewMilliseconds", "900000"},
                    {"RequestTime", iso(sent)},
                    {"ServerTime", iso(m_now)}}};
}

QByteArray ossSignatureName(const HttpRequest& request, const OssTarget& target)
{
    bool malformed = false;
    const auto claim = readOssClaim(request, target, malformed);
    if (!claim)
        return malformed ? "malformed" : "";
    const QByteArray version = claim->version == OssClaim::Version::V4 ? "V4" : "V1";
    return claim->presigned ? version + " presigned" : version;
}

} // namespace ChatApp::Sandbox
