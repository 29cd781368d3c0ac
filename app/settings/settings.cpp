// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/settings.h"

#include "core/logging.h"
#include "core/tokenbucket.h"

#include <QtCore/QDir>
#include <QtCore/QUrl>

#include <array>

namespace ChatApp {

namespace {

using ProxyMode = TransportConfig::ProxyMode;

struct ProxyModeName {
    ProxyMode mode;
    const char* name;
};

constexpr std::array proxyModeNames{
    ProxyModeName{ProxyMode::Environment, "environment"},
    ProxyModeName{ProxyMode::None, "none"},
    ProxyModeName{ProxyMode::Fixed, "fixed"},
};

} // namespace

bool isProxyAddress(const QString& address)
{
    if (address.isEmpty())
        return true;
    const QUrl url(address, QUrl::StrictMode);
    const bool known =
        url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("socks5");
    return url.isValid() && known && !url.host().isEmpty() && url.port() > 0
        && url.userInfo().isEmpty() && url.path().isEmpty() && !url.hasQuery()
        && !url.hasFragment();
}

bool isSpeedLimit(const qint64& bytesPerSecond)
{
    return bytesPerSecond >= 0 && bytesPerSecond <= TokenBucket::maxRate;
}

Settings::Settings(const QString& folder)
    : m_file(QDir(folder).filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
{
    if (m_file.status() != QSettings::NoError)
        qCWarning(lcStore) << "settings cannot be read; defaults are used:" << m_file.fileName();
}

template <>
std::optional<bool> Settings::fromFile(const QVariant& stored)
{
    const QString text = stored.toString();
    if (text == QLatin1String("true"))
        return true;
    if (text == QLatin1String("false"))
        return false;
    return std::nullopt;
}

template <>
std::optional<qint64> Settings::fromFile(const QVariant& stored)
{
    bool ok = false;
    const qint64 number = stored.toString().toLongLong(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

template <>
std::optional<QString> Settings::fromFile(const QVariant& stored)
{
    // A comma makes a list of an unquoted text that was edited by hand.
    if (stored.typeId() == QMetaType::QStringList)
        return stored.toStringList().join(QLatin1String(", "));
    if (stored.typeId() != QMetaType::QString)
        return std::nullopt;
    return stored.toString();
}

template <>
std::optional<QByteArray> Settings::fromFile(const QVariant& stored)
{
    if (stored.typeId() != QMetaType::QByteArray)
        return std::nullopt;
    return stored.toByteArray();
}

template <>
std::optional<ProxyMode> Settings::fromFile(const QVariant& stored)
{
    for (const ProxyModeName& entry : proxyModeNames) {
        if (stored.toString() == QLatin1String(entry.name))
            return entry.mode;
    }
    return std::nullopt;
}

template <>
QVariant Settings::toFile(const bool& value)
{
    return value;
}

template <>
QVariant Settings::toFile(const qint64& value)
{
    return value;
}

template <>
QVariant Settings::toFile(const QString& value)
{
    return value;
}

template <>
QVariant Settings::toFile(const QByteArray& value)
{
    return value;
}

template <>
QVariant Settings::toFile(const ProxyMode& value)
{
    for (const ProxyModeName& entry : proxyModeNames) {
        if (entry.mode == value)
            return QString::fromLatin1(entry.name);
    }
    return {};
}

void Settings::reportUnusable(const char* key)
{
    qCWarning(lcStore) << "setting" << key << "has a value that it cannot have; default used";
}

TransportConfig transportFrom(const Settings& settings)
{
    TransportConfig config;
    config.proxyMode = settings.value(SettingTable::proxyMode);
    config.fixedProxy = settings.value(SettingTable::proxyAddress).toUtf8();
    // Without an address there is nothing that could be meant by it.
    if (config.proxyMode == ProxyMode::Fixed && config.fixedProxy.isEmpty())
        config.proxyMode = ProxyMode::Environment;
    config.extraCaFile = settings.value(SettingTable::extraCaFile);
    return config;
}

} // namespace ChatApp
