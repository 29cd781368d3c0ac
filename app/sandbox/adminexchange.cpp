// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/adminexchange.h"

#include "sandbox/behaviorjson.h"
#include "sandbox/refusal.h"
#include "sandbox/reportjson.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <algorithm>

namespace ChatApp::Sandbox {

namespace {

constexpr qint64 bodyLimit = 1024 * 1024;
constexpr std::chrono::milliseconds usualWait{10'000};
constexpr qint64 longestWaitMs = 600'000;

HttpResponse json(const QByteArray& document, int status = 200)
{
    HttpResponse response;
    response.status = status;
    response.setHeader("Content-Type", "application/json");
    response.body = document;
    return response;
}

HttpResponse json(const QJsonObject& object, int status = 200)
{
    return json(QJsonDocument(object).toJson(QJsonDocument::Compact), status);
}

HttpResponse problem(int status, const QString& message)
{
    return json(QJsonObject{{QStringLiteral("error"), message}}, status);
}

template <typename T>
HttpResponse list(const char* name, const QList<T>& values, QJsonObject (*toJson)(const T&))
{
    QJsonArray array;
    for (const T& value : values)
        array.append(toJson(value));
    return json(QJsonObject{{QLatin1String(name), array}});
}

} // namespace

AdminExchange::AdminExchange(SandboxState& state, QByteArray token, HttpRequest request)
    : m_state(state)
    , m_token(std::move(token))
    , m_request(std::move(request))
{
}

std::optional<HttpResponse> AdminExchange::head()
{
    if (!equalSecrets(m_request.header("x-sandbox-token"), m_token))
        return problem(401, QStringLiteral("x-sandbox-token is missing or wrong"));
    if (m_request.contentLength().value_or(0) > bodyLimit)
        return problem(413, QStringLiteral("the body is larger than 1 MiB"));
    return std::nullopt;
}

std::optional<HttpResponse> AdminExchange::body(const char* data, qint64 size)
{
    m_body.append(data, size);
    return std::nullopt;
}

void AdminExchange::end(const Reply& reply)
{
    if (m_request.method == "GET" && m_request.path == "/events/wait")
        waitForEvent(reply);
    else
        reply(answer());
}

HttpResponse AdminExchange::answer()
{
    const QByteArray call = m_request.method + ' ' + m_request.path;
    if (call == "GET /plan")
        return json(m_state.plan.toJson());
    if (call == "PUT /plan")
        return putPlan();
    if (call == "GET /config")
        return json(behaviorToJson(m_state.config.behavior));
    if (call == "POST /config")
        return changeConfig();
    if (call == "GET /log")
        return list("log", m_state.recorder.log(), logEntryToJson);
    if (call == "GET /stats")
        return json(statsToJson(m_state.stats()));
    if (call == "GET /objects")
        return list("objects", m_state.objects.all(), objectToJson);
    if (call == "GET /uploads")
        return list("uploads", m_state.uploads.all(), uploadToJson);
    if (call == "GET /events")
        return list("events", m_state.recorder.events(), eventToJson);
    return problem(404, QStringLiteral("no such call"));
}

HttpResponse AdminExchange::putPlan()
{
    auto plan = SandboxFaultPlan::fromJson(m_body);
    if (!plan)
        return problem(400, plan.error().message);
    m_state.plan = *plan;
    return json(m_state.plan.toJson());
}

HttpResponse AdminExchange::changeConfig()
{
    const QJsonDocument changes = QJsonDocument::fromJson(m_body);
    if (!changes.isObject())
        return problem(400, QStringLiteral("the body is not a JSON object"));
    auto changed = changeBehavior(m_state.config.behavior, changes.object());
    if (!changed)
        return problem(400, changed.error().message);
    m_state.config.behavior = *changed;
    return json(behaviorToJson(m_state.config.behavior));
}

QByteArray AdminExchange::parameter(const QByteArray& name) const
{
    for (const QueryParameter& parameter :
         m_request.parameters().value_or(QList<QueryParameter>())) {
        if (parameter.name == name)
            return parameter.value;
    }
    return {};
}

void AdminExchange::waitForEvent(const Reply& reply)
{
    SandboxEventFilter filter;
    const QByteArray kind = parameter("kind");
    const QByteArray operation = parameter("operation");
    filter.after = parameter("after").toLongLong();
    filter.kind = eventKindFromName(QString::fromUtf8(kind));
    filter.operation = sandboxOperationFromName(QString::fromUtf8(operation));
    if ((!kind.isEmpty() && !filter.kind) || (!operation.isEmpty() && !filter.operation)) {
        reply(problem(400, QStringLiteral("unknown kind or operation")));
        return;
    }
    const QByteArray timeout = parameter("timeoutMs");
    const auto wait = timeout.isEmpty()
        ? usualWait
        : std::chrono::milliseconds(std::clamp<qint64>(timeout.toLongLong(), 0, longestWaitMs));
    m_state.recorder.waitForEvent(filter, wait, [reply](const auto& event) {
        reply(event ? json(eventToJson(*event))
                    : problem(408, QStringLiteral("no such event happened")));
    });
}

} // namespace ChatApp::Sandbox
