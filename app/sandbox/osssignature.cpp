// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/osssignature.h"

#include "sandbox/percentcoding.h"
#include "sandbox/refusal.h"

#include <QtCore/QMap>
#include <QtCore/QSet>

#include <algorithm>

namespace ChatApp::Sandbox {

namespace {

const QByteArray v4Algorithm = "OSS4-HMAC-SHA256";

std::optional<OssClaim> readV4Header(const QByteArray& header)
{
    OssClaim claim;
    for (const QByteArray& member : header.mid(v4Algorithm.size() + 1).split(',')) {
        const qsizetype equals = member.indexOf('=');
        const QByteArray name = partBefore(member, '=');
        const QByteArray value = member.mid(equals + 1);
        if (name == "Credential") {
            claim.accessKeyId = partBefore(value, '/');
            claim.scope = value.mid(claim.accessKeyId.size() + 1);
        } else if (name == "AdditionalHeaders") {
            claim.additionalHeaders = value.split(';');
        } else if (name == "Signature") {
            claim.signature = value;
        } else {
            return std::nullopt;
        }
    }
    return claim;
}

std::optional<OssClaim> readV4Query(const OssTarget& target)
{
    OssClaim claim;
    claim.presigned = true;
    const QByteArray credential = target.value("x-oss-credential");
    claim.accessKeyId = partBefore(credential, '/');
    claim.scope = credential.mid(claim.accessKeyId.size() + 1);
    if (target.has("x-oss-additional-headers"))
        claim.additionalHeaders = target.value("x-oss-additional-headers").split(';');
    claim.signature = target.value("x-oss-signature");
    claim.securityToken = target.value("x-oss-security-token");
    claim.date = target.value("x-oss-date");
    return claim;
}

std::optional<OssClaim> readV1Header(const HttpRequest& request, const QByteArray& header)
{
    OssClaim claim;
    claim.version = OssClaim::Version::V1;
    const QByteArray value = header.mid(4);
    const qsizetype colon = value.indexOf(':');
    claim.accessKeyId = partBefore(value, ':');
    claim.signature = value.mid(colon + 1);
    claim.date =
        request.hasHeader("x-oss-date") ? request.header("x-oss-date") : request.header("date");
    if (colon <= 0)
        return std::nullopt;
    return claim;
}

OssClaim readV1Query(const OssTarget& target)
{
    OssClaim claim;
    claim.version = OssClaim::Version::V1;
    claim.presigned = true;
    claim.accessKeyId = target.value("OSSAccessKeyId");
    claim.signature = target.value("Signature");
    claim.securityToken = target.value("security-token");
    claim.date = target.value("Expires");
    return claim;
}

bool isWholeV4(const OssClaim& claim)
{
    const QList<QByteArray> scope = claim.scope.split('/');
    return !claim.accessKeyId.isEmpty() && !claim.signature.isEmpty() && scope.size() == 4
        && !scope.contains(QByteArray());
}

// Values of a header that is sent more than once would be joined; the checks before this refuse it.
QMap<QByteArray, QByteArray> signedHeadersV4(const HttpRequest& request, const OssClaim& claim)
{
    QMap<QByteArray, QByteArray> headers;
    for (const HttpField& field : request.fields) {
        const QByteArray name = field.name.toLower();
        const bool always =
            name == "content-type" || name == "content-md5" || name.startsWith("x-oss-");
        if (always || claim.additionalHeaders.contains(name))
            headers.insert(name, field.value.trimmed());
    }
    return headers;
}

QByteArray canonicalQueryV4(const OssTarget& target)
{
    QList<std::pair<QByteArray, QByteArray>> pairs;
    for (const QueryParameter& parameter : target.parameters) {
        if (parameter.name != "x-oss-signature")
            pairs.append({percentEncode(parameter.name), percentEncode(parameter.value)});
    }
    std::sort(pairs.begin(), pairs.end());
    QList<QByteArray> words;
    for (const auto& [name, value] : std::as_const(pairs))
        words.append(value.isEmpty() ? name : name + '=' + value);
    return words.join('&');
}

const QSet<QByteArray>& subresourcesV1()
{
    static const QSet<QByteArray> names{
        "acl",
        "uploads",
        "uploadId",
        "partNumber",
        "append",
        "position",
        "objectMeta",
        "security-token",
        "callback",
        "callback-var",
        "tagging",
        "symlink",
        "sequential",
        "delete",
        "restore",
        "x-oss-process",
        "worm",
        "x-oss-traffic-limit",
        "versionId",
        "x-oss-async-process",
        "versions",
        "versioning",
        "img",
        "style",
        "live",
        "status",
        "comp",
        "vod",
        "startTime",
        "endTime",
        "cors",
        "lifecycle",
        "location",
        "logging",
        "website",
        "referer",
        "qos",
        "policy",
        "encryption",
        "stat",
        "bucketInfo",
        "inventory",
        "inventoryId",
        "continuation-token",
        "replication",
        "cname",
        "udf",
        "udfName",
        "qosInfo",
        "x-oss-request-payer",
        "objectInfo",
        "response-content-type",
        "response-expires",
        "response-content-language",
        "response-cache-control",
        "response-content-encoding",
        "response-content-disposition",
    };
    return names;
}

QByteArray canonicalResourceV1(const OssTarget& target)
{
    QMap<QByteArray, QByteArray> subresources;
    for (const QueryParameter& parameter : target.parameters) {
        if (subresourcesV1().contains(parameter.name))
            subresources.insert(parameter.name, parameter.value);
    }
    QList<QByteArray> words;
    for (auto it = subresources.cbegin(); it != subresources.cend(); ++it)
        words.append(it.value().isEmpty() ? it.key() : it.key() + '=' + it.value());
    const QByteArray resource = '/' + target.bucket + '/' + target.key;
    return words.isEmpty() ? resource : resource + '?' + words.join('&');
}

} // namespace

std::optional<OssClaim> readOssClaim(const HttpRequest& request, const OssTarget& target,
                                     bool& malformed)
{
    const QByteArray header = request.header("authorization");
    const bool v4Query = target.has("x-oss-signature");
    const bool v1Query = target.has("Signature");
    malformed = false;
    if (header.isEmpty() && !v4Query && !v1Query)
        return std::nullopt;
    std::optional<OssClaim> claim;
    if (header.startsWith(v4Algorithm + ' '))
        claim = readV4Header(header);
    else if (header.startsWith("OSS "))
        claim = readV1Header(request, header);
    else if (header.isEmpty() && v4Query)
        claim = readV4Query(target);
    else if (header.isEmpty())
        claim = readV1Query(target);
    // Signed in two ways at once is signed in no way that could be told.
    malformed = !claim || (!header.isEmpty() && (v4Query || v1Query)) || (v4Query && v1Query)
        || (claim->version == OssClaim::Version::V4 && !isWholeV4(*claim));
    if (malformed)
        return std::nullopt;
    if (!claim->presigned) {
        claim->securityToken = request.header("x-oss-security-token");
        if (claim->version == OssClaim::Version::V4)
            claim->date = request.header("x-oss-date");
    }
    return claim;
}

OssExpectation expectV4(const HttpRequest& request, const OssTarget& target, const OssClaim& claim,
                        const QByteArray& secret)
{
    const QMap<QByteArray, QByteArray> headers = signedHeadersV4(request, claim);
    QByteArray headerBlock;
    for (auto it = headers.cbegin(); it != headers.cend(); ++it)
        headerBlock += it.key() + ':' + it.value() + '\n';

    OssExpectation expectation;
    expectation.canonicalRequest =
        QList<QByteArray>{
            request.method,
            percentEncode('/' + target.bucket + '/' + target.key, Slash::Keep),
            canonicalQueryV4(target),
            headerBlock,
            claim.additionalHeaders.join(';'),
            "UNSIGNED-PAYLOAD",
        }
            .join('\n');
    expectation.stringToSign = v4Algorithm + '\n' + claim.date + '\n' + claim.scope + '\n'
        + sha256Hex(expectation.canonicalRequest);
    QByteArray key = "aliyun_v4" + secret;
    for (const QByteArray& part : claim.scope.split('/'))
        key = hmacSha256(key, part);
    expectation.signature = hmacSha256(key, expectation.stringToSign).toHex();
    return expectation;
}

OssExpectation expectV1(const HttpRequest& request, const OssTarget& target, const OssClaim& claim,
                        const QByteArray& secret)
{
    QMap<QByteArray, QByteArray> headers;
    for (const HttpField& field : request.fields) {
        const QByteArray name = field.name.toLower();
        if (name.startsWith("x-oss-"))
            headers.insert(name, field.value.trimmed());
    }
    OssExpectation expectation;
    expectation.stringToSign = request.method + '\n' + request.header("content-md5") + '\n'
        + request.header("content-type") + '\n' + claim.date + '\n';
    for (auto it = headers.cbegin(); it != headers.cend(); ++it)
        expectation.stringToSign += it.key() + ':' + it.value() + '\n';
    expectation.stringToSign += canonicalResourceV1(target);
    expectation.signature = hmacSha1(secret, expectation.stringToSign).toBase64();
    return expectation;
}

} // namespace ChatApp::Sandbox
