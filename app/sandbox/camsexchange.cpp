// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/camsexchange.h"

#include "sandbox/acs3authenticator.h"

#include <QtCore/QSet>

namespace ChatApp::Sandbox {

namespace {

constexpr qint64 camsBodyLimit = 1024 * 1024;
const QByteArray supportedVersion = "2020-06-06";

std::optional<Refusal> refusalOfState(SandboxAccount::State state)
{
    switch (state) {
    case SandboxAccount::State::Active:
        break;
    case SandboxAccount::State::NotSubscribed:
        return Refusal{400, "Product.Unsubscript", "The product has not been subscribed to."};
    case SandboxAccount::State::PermissionDenied:
        return Refusal{400, "Ram.PermissionDeny", "The RAM user has no permission."};
    case SandboxAccount::State::FlowControlled:
        return Refusal{400, "System.LimitControl", "The system is under flow control."};
    case SandboxAccount::State::Inactive:
        return Refusal{400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled."};
    }
    return std::nullopt;
}

QByteArray withSlashes(const QByteArray& directory, SandboxBehavior::DirFormat format)
{
    using Format = SandboxBehavior::DirFormat;
    const bool leading = format == Format::LeadingSlash || format == Format::BothSlashes;
    const bool trailing = format == Format::TrailingSlash || format == Format::BothSlashes;
    return (leading ? "/" : "") + directory + (trailing ? "/" : "");
}

qint64 expireValue(const SandboxBehavior& behavior, const QDateTime& expiry)
{
    switch (behavior.expireFormat) {
    case SandboxBehavior::ExpireFormat::Seconds:
        break;
    case SandboxBehavior::ExpireFormat::EpochSeconds:
        return expiry.toSecsSinceEpoch();
    case SandboxBehavior::ExpireFormat::EpochMilliseconds:
        return expiry.toMSecsSinceEpoch();
    }
    return behavior.tokenLifetime.count();
}

QString endpoint(const SandboxState& state)
{
    const SandboxBehavior& behavior = state.config.behavior;
    if (!behavior.endpointOverride.isEmpty())
        return behavior.endpointOverride;
    QString host = QString::fromLatin1(state.hostAndPort);
    QString url = QLatin1String(state.config.tls ? "https://" : "http://") + host;
    switch (behavior.endpointFormat) {
    case SandboxBehavior::EndpointFormat::Url:
        break;
    case SandboxBehavior::EndpointFormat::UrlWithSlash:
        return url + QLatin1Char('/');
    case SandboxBehavior::EndpointFormat::Host:
        return host;
    }
    return url;
}

} // namespace

bool isCamsRequest(const HttpRequest& request, const QByteArray& bucket)
{
    return request.path == "/" && !request.hostName().startsWith(bucket + '.');
}

SandboxOperation camsOperation(const HttpRequest& request)
{
    const QByteArray action = request.header("x-acs-action");
    if (action == "GetChatappUploadAuthorization")
        return SandboxOperation::GetChatappUploadAuthorization;
    if (action == "GetChatappOpenStatus")
        return SandboxOperation::GetChatappOpenStatus;
    return SandboxOperation::OtherCamsAction;
}

std::optional<HttpResponse> CamsExchange::head()
{
    const HttpRequest& request = m_context.request;
    if (request.method != "POST")
        return camsRefusal(
            m_context,
            {405, "UnsupportedHTTPMethod", "This http method is not supported for this action."});
    if (request.hasHeader("transfer-encoding"))
        return camsRefusal(m_context,
                           {411, "MissingContentLength", "Content-Length is mandatory."});
    if (request.contentLength().value_or(0) > camsBodyLimit)
        return camsRefusal(m_context,
                           {413, "RequestBodyTooLarge", "The body is larger than 1 MiB."});
    return std::nullopt;
}

std::optional<HttpResponse> CamsExchange::body(const char* data, qint64 size)
{
    m_hash.addData(QByteArrayView(data, size));
    m_bodySize += size;
    return std::nullopt;
}

void CamsExchange::end(const Reply& reply)
{
    if (auto refusal = authenticate()) {
        reply(camsRefusal(m_context, *refusal));
        return;
    }
    if (auto refusal = checkCall()) {
        reply(camsRefusal(m_context, *refusal));
        return;
    }
    reply(m_context.entry.operation == SandboxOperation::GetChatappOpenStatus ? openStatus()
                                                                              : authorizeUpload());
}

std::optional<Refusal> CamsExchange::authenticate()
{
    SandboxState& state = m_context.state;
    const auto findCaller = [&state](const QByteArray& accessKeyId) -> std::optional<KnownCaller> {
        const SandboxAccount* account = state.findAccount(accessKeyId);
        if (!account)
            return std::nullopt;
        return KnownCaller{account->accessKeySecret.toUtf8(), account->securityToken.toUtf8(), {}};
    };
    const Acs3Authenticator authenticator(findCaller, m_context.now);
    const auto verdict = authenticator.check(m_context.request, m_hash.result().toHex());
    if (const auto* refusal = std::get_if<Refusal>(&verdict))
        return *refusal;
    const auto& identity = std::get<Acs3Authenticator::Identity>(verdict);
    m_account = state.findAccount(identity.accessKeyId);
    m_context.entry.accessKeyId = m_account->accessKeyId;
    if (!state.useNonce(identity.accessKeyId, identity.nonce))
        return Refusal{400, "SignatureNonceUsed", "Specified signature nonce was used already."};
    return std::nullopt;
}

std::optional<Refusal> CamsExchange::checkCall()
{
    SandboxState& state = m_context.state;
    const SandboxOperation operation = m_context.entry.operation;
    const bool isAuthorization = operation == SandboxOperation::GetChatappUploadAuthorization;
    if (m_context.request.header("x-acs-version") != supportedVersion)
        return Refusal{404, "InvalidVersion", "Specified parameter Version is not valid."};
    if (!isAuthorization && operation != SandboxOperation::GetChatappOpenStatus)
        return Refusal{404, "InvalidAction.NotFound",
                       "Specified api is not found, please check your url and method."};
    if (isAuthorization && !state.allowAuthorization(m_account->accessKeyId.toUtf8()))
        return Refusal{state.config.behavior.throttleStatus,
                       "Throttling.User",
                       "Request was denied due to user flow control.",
                       {},
                       {},
                       state.config.behavior.throttleRetryAfter};
    if (auto refusal = refusalOfState(m_account->state))
        return refusal;
    if (m_bodySize > 0)
        return Refusal{400, "UnexpectedBody", "The parameters of this action go into the query."};
    if (!isAuthorization)
        return checkParameters({});
    if (auto refusal =
            checkParameters({"CustSpaceId", "OwnerId", "ResourceOwnerAccount", "ResourceOwnerId"}))
        return refusal;
    const QByteArray space = parameter("CustSpaceId");
    if (space.isEmpty())
        return Refusal{400, "MissingCustSpaceId", "CustSpaceId is mandatory for this action."};
    if (!m_account->spaces.contains(QString::fromUtf8(space)))
        return Refusal{400, "Unknown.ResourceOwnerId", "The owner of the resource is unknown."};
    return std::nullopt;
}

std::optional<Refusal> CamsExchange::checkParameters(const QList<QByteArray>& allowed) const
{
    QSet<QByteArray> seen;
    for (const QueryParameter& parameter :
         m_context.request.parameters().value_or(QList<QueryParameter>())) {
        if (!allowed.contains(parameter.name))
            return Refusal{400, "UnsupportedParameter",
                           "The parameter " + parameter.name + " is not known to this action."};
        if (seen.contains(parameter.name))
            return Refusal{400, "InvalidParameter.Duplicate",
                           "The parameter " + parameter.name + " was given more than once."};
        seen.insert(parameter.name);
    }
    return std::nullopt;
}

QByteArray CamsExchange::parameter(const QByteArray& name) const
{
    for (const QueryParameter& parameter :
         m_context.request.parameters().value_or(QList<QueryParameter>())) {
        if (parameter.name == name)
            return parameter.value;
    }
    return {};
}

HttpResponse CamsExchange::authorizeUpload()
{
    SandboxState& state = m_context.state;
    const SandboxBehavior& behavior = state.config.behavior;
    const QDateTime expiry = m_context.now.addSecs(behavior.tokenLifetime.count());
    const IssuedCredentials issued = state.issuer.issue(
        m_account->accessKeyId, QString::fromUtf8(parameter("CustSpaceId")), expiry);
    const auto text = [](const QByteArray& bytes) { return QString::fromUtf8(bytes); };
    const QJsonObject data{
        {QStringLiteral("AccessKeyId"), text(issued.accessKeyId)},
        {QStringLiteral("AccessKeySecret"), text(issued.caller.secret)},
        {QStringLiteral("SecurityToken"), text(issued.caller.securityToken)},
        {QStringLiteral("BucketName"), text(state.bucket)},
        {QStringLiteral("Dir"), text(withSlashes(issued.directory, behavior.dirFormat))},
        {QStringLiteral("EndPoint"), endpoint(state)},
        {QStringLiteral("Expire"), expireValue(behavior, expiry)},
    };
    return camsAnswer(m_context, 200,
                      {{QStringLiteral("Code"), QStringLiteral("OK")},
                       {QStringLiteral("Message"), QStringLiteral("OK")},
                       {QStringLiteral("Data"), data}});
}

HttpResponse CamsExchange::openStatus()
{
    return camsAnswer(m_context, 200,
                      {{QStringLiteral("Code"), QStringLiteral("OK")},
                       {QStringLiteral("Message"), QStringLiteral("OK")},
                       {QStringLiteral("OpenStatus"), true}});
}

} // namespace ChatApp::Sandbox
