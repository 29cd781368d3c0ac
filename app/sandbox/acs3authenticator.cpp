// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/acs3authenticator.h"

#include "sandbox/percentcoding.h"

#include <QtCore/QMap>

#include <algorithm>

namespace ChatApp::Sandbox {

namespace {

const QByteArray algorithm = "ACS3-HMAC-SHA256";

struct Authorization {
    QByteArray accessKeyId;
    QList<QByteArray> signedHeaders;
    QByteArray signature;
};

std::optional<Authorization> parseAuthorization(const QByteArray& header)
{
    if (!header.startsWith(algorithm + ' '))
        return std::nullopt;
    QMap<QByteArray, QByteArray> members;
    for (const QByteArray& member : header.mid(algorithm.size() + 1).split(',')) {
        const qsizetype equals = member.indexOf('=');
        const QByteArray name = partBefore(member, '=');
        if (equals <= 0 || members.contains(name))
            return std::nullopt;
        members.insert(name, member.mid(equals + 1));
    }
    if (members.keys() != QList<QByteArray>{"Credential", "Signature", "SignedHeaders"})
        return std::nullopt;
    return Authorization{members.value("Credential"), members.value("SignedHeaders").split(';'),
                         members.value("Signature")};
}

Refusal missing(const QByteArray& what)
{
    return {400, "Missing" + what, what + " is mandatory for this action."};
}

std::optional<Refusal> checkHeaders(const HttpRequest& request)
{
    static const QList<std::pair<const char*, QByteArray>> required{
        {"authorization", "Authorization"},
        {"x-acs-version", "Version"},
        {"x-acs-action", "Action"},
        {"x-acs-date", "Timestamp"},
        {"x-acs-signature-nonce", "SignatureNonce"},
        {"x-acs-content-sha256", "ContentSha256"},
    };
    for (const auto& [header, name] : required) {
        if (request.header(header).isEmpty())
            return missing(name);
    }
    for (const HttpField& field : request.fields) {
        const QByteArray name = field.name.toLower();
        if (isPadded(field))
            return Refusal{400, "InvalidHeader.Padded", "White space around the value of " + name};
        if (name.startsWith("x-acs-") && request.countHeader(name.constData()) > 1)
            return Refusal{400, "InvalidHeader.Duplicate", name + " was sent more than once."};
    }
    return std::nullopt;
}

// Everything that the signature has to cover, and nothing that was not sent.
std::optional<Refusal> checkSignedHeaders(const HttpRequest& request,
                                          const QList<QByteArray>& signedHeaders)
{
    const auto incomplete = [](const QByteArray& why) {
        return Refusal{400, "IncompleteSignature", why};
    };
    if (!std::is_sorted(signedHeaders.begin(), signedHeaders.end())
        || std::adjacent_find(signedHeaders.begin(), signedHeaders.end()) != signedHeaders.end())
        return incomplete("SignedHeaders must be sorted and without repetition.");
    for (const QByteArray& name : signedHeaders) {
        if (name != name.toLower() || !request.hasHeader(name.constData()))
            return incomplete("SignedHeaders names \"" + name + "\", which was not sent.");
    }
    for (const HttpField& field : request.fields) {
        const QByteArray name = field.name.toLower();
        const bool mustBeSigned =
            name == "host" || name == "content-type" || name.startsWith("x-acs-");
        if (mustBeSigned && !signedHeaders.contains(name))
            return incomplete("The header " + name + " is not signed.");
    }
    return std::nullopt;
}

std::optional<QByteArray> canonicalQuery(const HttpRequest& request)
{
    auto parameters = request.parameters();
    if (!parameters)
        return std::nullopt;
    std::sort(parameters->begin(), parameters->end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    QList<QByteArray> pairs;
    for (const QueryParameter& parameter : std::as_const(*parameters))
        pairs.append(percentEncode(parameter.name) + '=' + percentEncode(parameter.value));
    return pairs.join('&');
}

std::optional<Refusal> checkDate(const QByteArray& date, const QDateTime& now)
{
    QDateTime sent = QDateTime::fromString(QString::fromLatin1(date),
                                           QStringLiteral("yyyy-MM-dd'T'HH:mm:ss'Z'"));
    sent.setTimeSpec(Qt::UTC);
    if (!sent.isValid())
        return Refusal{400, "InvalidTimeStamp.Format",
                       "Specified time stamp or date value is not well formatted."};
    const std::chrono::milliseconds away(std::abs(sent.msecsTo(now)));
    if (away > allowedSkew)
        return Refusal{400, "InvalidTimeStamp.Expired",
                       "Specified time stamp or date value is expired."};
    return std::nullopt;
}

std::optional<Refusal> checkToken(const HttpRequest& request, const KnownCaller& caller,
                                  const QByteArray& accessKeyId, const QDateTime& now)
{
    const QByteArray token = request.header("x-acs-security-token");
    if (caller.securityToken.isEmpty() && token.isEmpty())
        return std::nullopt;
    if (token.isEmpty())
        return missing("SecurityToken");
    if (!equalSecrets(token, caller.securityToken))
        return Refusal{400, "InvalidSecurityToken.MismatchWithAccessKey",
                       "The SecurityToken does not belong to the AccessKey."};
    if (caller.expiry.isValid() && caller.expiry <= now)
        return Refusal{400, "InvalidSecurityToken.Expired", "The SecurityToken has expired."};
    if (request.header("x-acs-accesskey-id") != accessKeyId)
        return missing("AccessKeyId");
    return std::nullopt;
}

QByteArray canonicalRequest(const HttpRequest& request, const Authorization& authorization,
                            const QByteArray& query)
{
    QByteArray headers;
    for (const QByteArray& name : authorization.signedHeaders)
        headers += name + ':' + request.header(name.constData()) + '\n';
    return QList<QByteArray>{request.method,
                             request.path,
                             query,
                             headers,
                             authorization.signedHeaders.join(';'),
                             request.header("x-acs-content-sha256")}
        .join('\n');
}

} // namespace

std::variant<Acs3Authenticator::Identity, Refusal>
Acs3Authenticator::check(const HttpRequest& request, const QByteArray& bodySha256) const
{
    if (auto refusal = checkHeaders(request))
        return *refusal;
    const auto authorization = parseAuthorization(request.header("authorization"));
    if (!authorization)
        return Refusal{400, "IncompleteSignature",
                       "The Authorization header does not conform to ACS3-HMAC-SHA256."};
    const auto caller = m_findCaller(authorization->accessKeyId);
    if (!caller)
        return Refusal{404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."};
    if (auto refusal = checkToken(request, *caller, authorization->accessKeyId, m_now))
        return *refusal;
    if (auto refusal = checkDate(request.header("x-acs-date"), m_now))
        return *refusal;
    if (auto refusal = checkSignedHeaders(request, authorization->signedHeaders))
        return *refusal;
    const auto query = canonicalQuery(request);
    if (!query)
        return Refusal{400, "InvalidParameter", "The query is not properly encoded."};

    const QByteArray canonical = canonicalRequest(request, *authorization, *query);
    const QByteArray stringToSign = algorithm + '\n' + sha256Hex(canonical);
    const QByteArray expected = hmacSha256(caller->secret, stringToSign).toHex();
    const bool bodyMatches = request.header("x-acs-content-sha256") == bodySha256;
    if (!bodyMatches || !equalSecrets(authorization->signature, expected))
        return Refusal{400, "SignatureDoesNotMatch",
                       "Specified signature is not matched with our calculation. server string to "
                       "sign is:"
                           + stringToSign + ", server canonicalString is:" + canonical};
    return Identity{authorization->accessKeyId, request.header("x-acs-signature-nonce"),
                    request.header("x-acs-action")};
}

} // namespace ChatApp::Sandbox
