// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/sandboxfaultplan.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QMap>
#include <QtCore/QSet>

#include <array>
#include <optional>
#include <utility>

namespace ChatApp {

namespace {

using Type = SandboxFault::Type;

constexpr std::array<std::pair<Type, const char*>, 19> typeNames{{
    {Type::Status, "status"},
    {Type::CloseBeforeReply, "closeBeforeReply"},
    {Type::CloseAfterBytes, "closeAfterBytes"},
    {Type::CommitThenClose, "commitThenClose"},
    {Type::Stall, "stall"},
    {Type::Slow, "slow"},
    {Type::WrongCrc, "wrongCrc"},
    {Type::MissingCrc, "missingCrc"},
    {Type::ExpiredToken, "expiredToken"},
    {Type::Throttle, "throttle"},
    {Type::Deny, "deny"},
    {Type::DenyAcl, "denyAcl"},
    {Type::ClockSkew, "clockSkew"},
    {Type::Garbage, "garbage"},
    {Type::NotHttp, "notHttp"},
    {Type::Huge, "huge"},
    {Type::Html, "html"},
    {Type::Redirect, "redirect"},
    {Type::ErrorIn200, "errorIn200"},
}};

QString typeName(Type type)
{
    for (const auto& [value, name] : typeNames) {
        if (value == type)
            return QString::fromLatin1(name);
    }
    return {};
}

std::optional<Type> typeFromName(const QString& name)
{
    for (const auto& [value, known] : typeNames) {
        if (name == QLatin1String(known))
            return value;
    }
    return std::nullopt;
}

Error usage(const QString& message)
{
    Error error;
    error.kind = ErrorKind::Usage;
    error.message = message;
    return error;
}

const QSet<QString>& knownMembers()
{
    static const QSet<QString> members{
        QStringLiteral("operation"), QStringLiteral("ordinal"),
        QStringLiteral("count"),     QStringLiteral("fault"),
        QStringLiteral("status"),    QStringLiteral("code"),
        QStringLiteral("ec"),        QStringLiteral("retryAfterMs"),
        QStringLiteral("delayMs"),   QStringLiteral("skewSeconds"),
        QStringLiteral("bytes"),     QStringLiteral("bytesPerSecond"),
        QStringLiteral("location"),  QStringLiteral("commit"),
        QStringLiteral("hits"),
    };
    return members;
}

std::chrono::milliseconds milliseconds(const QJsonValue& value)
{
    return std::chrono::milliseconds(value.toInteger());
}

SandboxFault faultFromJson(Type type, const QJsonObject& object)
{
    SandboxFault fault;
    fault.type = type;
    fault.status = object.value(QLatin1String("status")).toInt();
    fault.code = object.value(QLatin1String("code")).toString();
    fault.ec = object.value(QLatin1String("ec")).toString();
    fault.retryAfter = milliseconds(object.value(QLatin1String("retryAfterMs")));
    fault.delay = milliseconds(object.value(QLatin1String("delayMs")));
    fault.skew = std::chrono::seconds(object.value(QLatin1String("skewSeconds")).toInteger());
    fault.bytes = object.value(QLatin1String("bytes")).toInteger(-1);
    fault.bytesPerSecond = object.value(QLatin1String("bytesPerSecond")).toInteger();
    fault.location = object.value(QLatin1String("location")).toString();
    fault.commit = object.value(QLatin1String("commit")).toBool();
    return fault;
}

Result<SandboxFaultRule> ruleFromJson(const QJsonObject& object)
{
    for (const QString& member : object.keys()) {
        if (!knownMembers().contains(member))
            return usage(QStringLiteral("unknown member \"%1\" in a rule").arg(member));
    }
    SandboxFaultRule rule;
    const QString operation = object.value(QLatin1String("operation")).toString();
    const auto knownOperation = sandboxOperationFromName(operation);
    if (!knownOperation)
        return usage(QStringLiteral("unknown operation \"%1\"").arg(operation));
    const QString fault = object.value(QLatin1String("fault")).toString();
    const auto type = typeFromName(fault);
    if (!type)
        return usage(QStringLiteral("unknown fault \"%1\"").arg(fault));
    const QJsonValue ordinal = object.value(QLatin1String("ordinal"));
    const bool always = ordinal.toString() == QLatin1String("always");
    rule.operation = *knownOperation;
    rule.ordinal = always ? 0 : ordinal.toInt(ordinal.isUndefined() ? 1 : -1);
    rule.count = object.value(QLatin1String("count")).toInt(1);
    if (rule.ordinal < 0 || (rule.ordinal == 0 && !always) || rule.count < 1)
        return usage(QStringLiteral("ordinal and count are numbers from 1, or \"always\""));
    rule.fault = faultFromJson(*type, object);
    return rule;
}

QJsonObject ruleToJson(const SandboxFaultRule& rule)
{
    const SandboxFault& fault = rule.fault;
    QJsonObject object{
        {QStringLiteral("operation"), sandboxOperationName(rule.operation)},
        {QStringLiteral("fault"), typeName(fault.type)},
        {QStringLiteral("hits"), rule.hits},
    };
    object.insert(QStringLiteral("ordinal"),
                  rule.ordinal == 0 ? QJsonValue(QStringLiteral("always")) : rule.ordinal);
    const auto put = [&object](const char* name, const QJsonValue& value, bool present) {
        if (present)
            object.insert(QLatin1String(name), value);
    };
    const auto skew = std::chrono::duration_cast<std::chrono::seconds>(fault.skew).count();
    put("count", rule.count, rule.ordinal != 0);
    put("status", fault.status, fault.status != 0);
    put("code", fault.code, !fault.code.isEmpty());
    put("ec", fault.ec, !fault.ec.isEmpty());
    put("retryAfterMs", qint64(fault.retryAfter.count()), fault.retryAfter.count() != 0);
    put("delayMs", qint64(fault.delay.count()), fault.delay.count() != 0);
    put("skewSeconds", qint64(skew), skew != 0);
    put("bytes", fault.bytes, fault.bytes >= 0);
    put("bytesPerSecond", fault.bytesPerSecond, fault.bytesPerSecond != 0);
    put("location", fault.location, !fault.location.isEmpty());
    put("commit", true, fault.commit);
    return object;
}

} // namespace

SandboxFaultRule SandboxFaultRule::nth(SandboxOperation operation, int ordinal, SandboxFault fault)
{
    return {.operation = operation, .ordinal = ordinal, .fault = std::move(fault)};
}

SandboxFaultRule SandboxFaultRule::always(SandboxOperation operation, SandboxFault fault)
{
    return {.operation = operation, .ordinal = 0, .fault = std::move(fault)};
}

int SandboxFaultPlan::meet(SandboxOperation operation, bool carriesAcl)
{
    const int ofThis = ++m_counts[operation];
    const int ofAll = ++m_counts[SandboxOperation::Any];
    for (int i = 0; i < m_rules.size(); ++i) {
        SandboxFaultRule& rule = m_rules[i];
        if (rule.operation != operation && rule.operation != SandboxOperation::Any)
            continue;
        if (rule.fault.type == Type::DenyAcl && !carriesAcl)
            continue;
        const int seen = rule.operation == SandboxOperation::Any ? ofAll : ofThis;
        if (rule.ordinal == 0 || (seen >= rule.ordinal && seen < rule.ordinal + rule.count)) {
            ++rule.hits;
            return i;
        }
    }
    return -1;
}

Result<SandboxFaultPlan> SandboxFaultPlan::fromJson(const QByteArray& json)
{
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parseError);
    const QJsonValue rules = document.object().value(QLatin1String("rules"));
    if (!document.isObject() || !rules.isArray()) {
        return usage(parseError.error == QJsonParseError::NoError
                         ? QStringLiteral("a plan is an object with an array \"rules\"")
                         : parseError.errorString());
    }
    QList<SandboxFaultRule> parsed;
    for (const auto& value : rules.toArray()) {
        auto rule = ruleFromJson(value.toObject());
        if (!rule)
            return rule.error();
        parsed.append(*rule);
    }
    return SandboxFaultPlan(parsed);
}

QByteArray SandboxFaultPlan::toJson() const
{
    QJsonArray rules;
    for (const SandboxFaultRule& rule : m_rules)
        rules.append(ruleToJson(rule));
    return QJsonDocument(QJsonObject{{QStringLiteral("rules"), rules}})
        .toJson(QJsonDocument::Compact);
}

} // namespace ChatApp
