// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/serviceexchange.h"

#include "core/random.h"
#include "sandbox/camsexchange.h"
#include "sandbox/faultanswer.h"
#include "sandbox/ossauthenticator.h"
#include "sandbox/ossexchange.h"

namespace ChatApp::Sandbox {

namespace {

// What may be logged; everything else could hold a secret.
bool isHarmlessHeader(const QByteArray& name)
{
    static const QList<QByteArray> harmless{
        "host",
        "user-agent",
        "content-length",
        "content-type",
        "content-md5",
        "date",
        "range",
        "accept",
        "expect",
        "connection",
        "cookie",
        "accept-encoding",
        "x-acs-action",
        "x-acs-version",
        "x-acs-date",
        "x-acs-content-sha256",
        "x-oss-date",
        "x-oss-content-sha256",
        "x-oss-forbid-overwrite",
        "x-oss-object-acl",
        "x-oss-traffic-limit",
        "x-oss-storage-class",
        "transfer-encoding",
    };
    return harmless.contains(name) || name.startsWith("x-oss-meta-");
}

bool isHarmlessParameter(const QByteArray& name)
{
    static const QList<QByteArray> harmless{
        "CustSpaceId",        "uploads",       "uploadId",   "partNumber", "max-parts",
        "part-number-marker", "encoding-type", "objectMeta",
    };
    return harmless.contains(name);
}

QString newRequestId(bool cams)
{
    const QByteArray id = randomNonce().toUpper();
    if (!cams)
        return QString::fromLatin1(id.left(24));
    const QList<QByteArray> groups{id.left(8), id.mid(8, 4), id.mid(12, 4), id.mid(16, 4),
                                   id.mid(20)};
    return QString::fromLatin1(groups.join('-'));
}

// The caller that a CAMS call names, trusted or not.
QByteArray claimedAccessKey(const HttpRequest& request)
{
    const QByteArray header = request.header("authorization");
    const qsizetype start = header.indexOf("Credential=");
    return start < 0 ? QByteArray() : partBefore(header.mid(start + 11), ',');
}

} // namespace

ServiceExchange::ServiceExchange(SandboxState& state, const HttpRequest& request, qint64 connection)
    : m_context{state, request, {}, state.now()}
{
    SandboxLogEntry& entry = m_context.entry;
    entry.time = m_context.now;
    entry.connection = connection;
    entry.method = request.method;
    entry.path = request.path;
    for (const HttpField& field : request.fields) {
        const QByteArray name = field.name.toLower();
        if (isHarmlessHeader(name))
            entry.headers.insert(name, field.value);
    }
    for (const QueryParameter& parameter : request.parameters().value_or(QList<QueryParameter>())) {
        if (isHarmlessParameter(parameter.name))
            entry.parameters.insert(parameter.name, parameter.value);
    }
    recognise();
    state.recorder.received(entry);
    const bool carriesAcl = request.hasHeader("x-oss-object-acl");
    entry.fault = state.plan.meet(entry.operation, carriesAcl);
    if (entry.fault >= 0)
        m_fault = state.plan.rules().at(entry.fault).fault;
    if (m_fault && m_fault->type == SandboxFault::Type::ClockSkew)
        m_context.now = m_context.now.addMSecs(m_fault->skew.count());
    if (m_fault && preventsExecution(*m_fault))
        m_inner.reset();
    pass(SandboxMoment::Stage::Received);
}

ServiceExchange::~ServiceExchange()
{
    m_inner.reset();
    if (!m_finished)
        m_context.state.recorder.finished(m_context.entry, SandboxEvent::Kind::Aborted);
}

void ServiceExchange::recognise()
{
    SandboxState& state = m_context.state;
    SandboxLogEntry& entry = m_context.entry;
    const bool cams = isCamsRequest(m_context.request, state.bucket);
    entry.requestId = newRequestId(cams);
    if (cams) {
        entry.operation = camsOperation(m_context.request);
        const QByteArray claimed = claimedAccessKey(m_context.request);
        entry.signature = QStringLiteral("ACS3");
        if (entry.operation == SandboxOperation::GetChatappUploadAuthorization
            && state.findAccount(claimed))
            state.recorder.authorizationArrived(QString::fromUtf8(claimed));
        m_inner = std::make_unique<CamsExchange>(m_context);
        return;
    }
    // An URL that cannot be decoded names no bucket, and is refused for that.
    const OssTarget target = findOssTarget(m_context.request, state.bucket).value_or(OssTarget{});
    entry.operation = ossOperation(m_context.request, target);
    entry.bucket = QString::fromUtf8(target.bucket);
    entry.key = QString::fromUtf8(target.key);
    entry.signature = QString::fromLatin1(ossSignatureName(m_context.request, target));
    m_inner = makeOssExchange(m_context, target);
}

qint64 ServiceExchange::bytesPerSecond() const
{
    if (m_fault && m_fault->bytesPerSecond > 0)
        return m_fault->bytesPerSecond;
    return m_inner ? m_inner->bytesPerSecond() : 0;
}

std::optional<HttpResponse> ServiceExchange::head()
{
    const bool closesAfterBytes = m_fault && m_fault->type == SandboxFault::Type::CloseAfterBytes;
    if (closesAfterBytes && m_fault->bytes <= 0)
        return closed();
    if (!m_inner)
        return std::nullopt;
    auto refusal = m_inner->head();
    if (!refusal)
        return std::nullopt;
    m_inner.reset();
    return leave(std::move(*refusal));
}

std::optional<HttpResponse> ServiceExchange::body(const char* data, qint64 size)
{
    m_context.entry.bodyBytes += size;
    m_context.state.recorder.bodyArrived(size);
    if (m_fault && m_fault->type == SandboxFault::Type::CloseAfterBytes
        && m_context.entry.bodyBytes >= m_fault->bytes)
        return closed();
    if (!m_inner)
        return std::nullopt;
    auto refusal = m_inner->body(data, size);
    return refusal ? std::optional(leave(std::move(*refusal))) : std::nullopt;
}

void ServiceExchange::end(const Reply& reply)
{
    pass(SandboxMoment::Stage::Whole);
    if (!m_inner) {
        reply(leave(faultAnswer(m_context, *m_fault)));
        return;
    }
    m_inner->end([this, &reply](const HttpResponse& response) {
        const bool replaced = m_fault && replacesAnswer(*m_fault);
        reply(leave(replaced ? faultAnswer(m_context, *m_fault) : response));
    });
}

HttpResponse ServiceExchange::closed()
{
    m_inner.reset();
    m_context.entry.code = QStringLiteral("fault");
    HttpResponse response;
    response.status = 0;
    response.delivery = HttpResponse::Delivery::Close;
    return response;
}

// Everything that is sent passes here, once.
HttpResponse ServiceExchange::leave(HttpResponse response)
{
    if (m_fault && !replacesAnswer(*m_fault))
        spoilAnswer(response, *m_fault);
    else if (m_fault && m_fault->type != SandboxFault::Type::Stall)
        response.delay += m_fault->delay;
    response.delay += m_context.state.config.behavior.latency;
    m_sends = response.delivery == HttpResponse::Delivery::Send
        || response.delivery == HttpResponse::Delivery::Raw;
    m_context.entry.status = m_sends ? response.status : 0;
    pass(SandboxMoment::Stage::CarriedOut);
    return response;
}

void ServiceExchange::answered()
{
    m_finished = true;
    m_context.entry.answered = m_sends;
    m_context.state.recorder.finished(m_context.entry, SandboxEvent::Kind::Answered);
}

void ServiceExchange::sent()
{
    pass(SandboxMoment::Stage::Sent);
}

void ServiceExchange::pass(SandboxMoment::Stage stage)
{
    const SandboxLogEntry& entry = m_context.entry;
    if (m_context.state.gate)
        m_context.state.gate({stage, entry.operation, entry.key, entry.status});
}

HttpResponse answerBadRequest(const BadRequest& reason)
{
    HttpResponse response;
    response.status = reason.status;
    response.setHeader("Content-Type", "application/xml");
    response.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>BadRequest</Code>"
                    "<Message>"
        + reason.reason + "</Message></Error>\n";
    return response;
}

} // namespace ChatApp::Sandbox
