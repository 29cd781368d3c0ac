// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/behaviorjson.h"

#include <QtCore/QMap>

#include <functional>

namespace ChatApp::Sandbox {

namespace {

using Expire = SandboxBehavior::ExpireFormat;
using Endpoint = SandboxBehavior::EndpointFormat;
using Dir = SandboxBehavior::DirFormat;

const QMap<QString, Expire>& expireNames()
{
    static const QMap<QString, Expire> names{
        {QStringLiteral("seconds"), Expire::Seconds},
        {QStringLiteral("epoch-seconds"), Expire::EpochSeconds},
        {QStringLiteral("epoch-ms"), Expire::EpochMilliseconds},
    };
    return names;
}

const QMap<QString, Endpoint>& endpointNames()
{
    static const QMap<QString, Endpoint> names{
        {QStringLiteral("url"), Endpoint::Url},
        {QStringLiteral("url-slash"), Endpoint::UrlWithSlash},
        {QStringLiteral("host"), Endpoint::Host},
    };
    return names;
}

const QMap<QString, Dir>& dirNames()
{
    static const QMap<QString, Dir> names{
        {QStringLiteral("plain"), Dir::Plain},
        {QStringLiteral("leading-slash"), Dir::LeadingSlash},
        {QStringLiteral("trailing-slash"), Dir::TrailingSlash},
        {QStringLiteral("both-slashes"), Dir::BothSlashes},
    };
    return names;
}

template <typename T>
std::optional<T> valueOf(const QMap<QString, T>& names, const QString& name)
{
    const auto found = names.constFind(name);
    return found == names.constEnd() ? std::nullopt : std::optional(*found);
}

//! A member: how it is read, and how it is written (false: not a value for it).
struct Member {
    std::function<QJsonValue(const SandboxBehavior&)> read;
    std::function<bool(SandboxBehavior&, const QJsonValue&)> write;
};

Member flag(bool SandboxBehavior::*member)
{
    return {[member](const SandboxBehavior& b) { return QJsonValue(b.*member); },
            [member](SandboxBehavior& b, const QJsonValue& value) {
                b.*member = value.toBool();
                return value.isBool();
            }};
}

Member text(QString SandboxBehavior::*member)
{
    return {[member](const SandboxBehavior& b) { return QJsonValue(b.*member); },
            [member](SandboxBehavior& b, const QJsonValue& value) {
                b.*member = value.toString();
                return value.isString();
            }};
}

template <typename T>
Member number(T SandboxBehavior::*member)
{
    return {[member](const SandboxBehavior& b) { return QJsonValue(qint64(b.*member)); },
            [member](SandboxBehavior& b, const QJsonValue& value) {
                b.*member = static_cast<T>(value.toInteger());
                return value.isDouble();
            }};
}

template <typename Duration>
Member duration(Duration SandboxBehavior::*member)
{
    return {[member](const SandboxBehavior& b) { return QJsonValue(qint64((b.*member).count())); },
            [member](SandboxBehavior& b, const QJsonValue& value) {
                b.*member = Duration(value.toInteger());
                return value.isDouble();
            }};
}

template <typename T>
Member choice(T SandboxBehavior::*member, const QMap<QString, T>& names)
{
    return {[member, &names](const SandboxBehavior& b) { return QJsonValue(names.key(b.*member)); },
            [member, &names](SandboxBehavior& b, const QJsonValue& value) {
                const auto chosen = valueOf(names, value.toString());
                b.*member = chosen.value_or(b.*member);
                return chosen.has_value();
            }};
}

const QMap<QString, Member>& members()
{
    using B = SandboxBehavior;
    static const QMap<QString, Member> all{
        {QStringLiteral("region"), text(&B::region)},
        {QStringLiteral("acceptV4"), flag(&B::acceptV4)},
        {QStringLiteral("acceptV1"), flag(&B::acceptV1)},
        {QStringLiteral("nameRegionInRefusal"), flag(&B::nameRegionInRefusal)},
        {QStringLiteral("privateObjects"), flag(&B::privateObjects)},
        {QStringLiteral("publicAclAllowed"), flag(&B::publicAclAllowed)},
        {QStringLiteral("tokenLifetimeSeconds"), duration(&B::tokenLifetime)},
        {QStringLiteral("expireFormat"), choice(&B::expireFormat, expireNames())},
        {QStringLiteral("endpointFormat"), choice(&B::endpointFormat, endpointNames())},
        {QStringLiteral("dirFormat"), choice(&B::dirFormat, dirNames())},
        {QStringLiteral("endpointOverride"), text(&B::endpointOverride)},
        {QStringLiteral("authorizationsPerSecond"), number(&B::authorizationsPerSecond)},
        {QStringLiteral("throttleStatus"), number(&B::throttleStatus)},
        {QStringLiteral("throttleRetryAfterMs"), duration(&B::throttleRetryAfter)},
        {QStringLiteral("quota"), number(&B::quota)},
        {QStringLiteral("latencyMs"), duration(&B::latency)},
        {QStringLiteral("clockOffsetMs"), duration(&B::clockOffset)},
    };
    return all;
}

Error notASetting(const QString& name)
{
    Error error;
    error.kind = ErrorKind::Usage;
    error.message = QStringLiteral("not a setting, or not a value for it: %1").arg(name);
    return error;
}

} // namespace

QJsonObject behaviorToJson(const SandboxBehavior& behavior)
{
    QJsonObject object;
    for (auto it = members().cbegin(); it != members().cend(); ++it)
        object.insert(it.key(), it->read(behavior));
    return object;
}

Result<SandboxBehavior> changeBehavior(SandboxBehavior behavior, const QJsonObject& changes)
{
    for (auto it = changes.constBegin(); it != changes.constEnd(); ++it) {
        const auto member = members().constFind(it.key());
        if (member == members().constEnd() || !member->write(behavior, it.value()))
            return notASetting(it.key());
    }
    return behavior;
}

std::optional<Expire> expireFormatFromName(const QString& name)
{
    return valueOf(expireNames(), name);
}

std::optional<Endpoint> endpointFormatFromName(const QString& name)
{
    return valueOf(endpointNames(), name);
}

std::optional<Dir> dirFormatFromName(const QString& name)
{
    return valueOf(dirNames(), name);
}

} // namespace ChatApp::Sandbox
