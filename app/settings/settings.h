// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/httptransport.h"

#include <QtCore/QByteArray>
#include <QtCore/QSettings>
#include <QtCore/QString>
#include <QtCore/QVariant>

#include <functional>
#include <optional>
#include <type_traits>

namespace ChatApp {

//! One line of the table of settings: where it stands in the file, what it is if it is not there
//! (texts and blobs: empty), and what it may be.
template <typename T>
struct Setting {
    struct Empty { };

    const char* key;
    std::conditional_t<std::is_scalar_v<T>, T, Empty> fallback{};
    bool (*accepts)(const T&) = nullptr; //!< null: everything of the type

    T defaultValue() const
    {
        if constexpr (std::is_scalar_v<T>)
            return fallback;
        else
            return T();
    }
};

//! `http://host:port` or `socks5://host:port`; with no user or password in it, because settings
//! are a plain file. Empty is fine: none.
bool isProxyAddress(const QString& address);

//! 0 (none) or more, and no more than can be counted.
bool isSpeedLimit(const qint64& bytesPerSecond);

//! The table: every setting there is.
namespace SettingTable {

//! Window: what Qt saves of size and place, of columns, and the page that was open.
inline constexpr Setting<QByteArray> windowGeometry{"window/geometry"};
inline constexpr Setting<QByteArray> windowState{"window/state"};
inline constexpr Setting<QString> windowPage{"window/page"};
inline constexpr Setting<QByteArray> historyColumns{"history/columns"};

//! Where the last upload went: offered first next time.
inline constexpr Setting<QString> lastAccountId{"uploads/lastAccountId"};
inline constexpr Setting<QString> lastSpaceId{"uploads/lastSpaceId"};

//! The speed limit of all uploads together, in bytes per second; 0: none. A change counts at once.
inline constexpr Setting<qint64> bytesPerSecond{"transfers/bytesPerSecond", 0, &isSpeedLimit};

//! Dropped files are sent without waiting for Start.
inline constexpr Setting<bool> startAtOnce{"transfers/startAtOnce", false};

//! How objects are named (upload/objectname.h); empty, or not usable: the default template.
inline constexpr Setting<QString> nameTemplate{"names/template"};

//! PEM file with certificates that are trusted besides the system's.
inline constexpr Setting<QString> extraCaFile{"network/extraCaFile"};
//! "environment", "none" or "fixed".
inline constexpr Setting<TransportConfig::ProxyMode> proxyMode{
    "network/proxyMode", TransportConfig::ProxyMode::Environment};
//! For "fixed".
inline constexpr Setting<QString> proxyAddress{"network/proxyAddress", {}, &isProxyAddress};

} // namespace SettingTable

//! The profile's settings: an INI file, never with a secret in it. A value that is not of its
//! setting's kind reads as the default and is logged. Lives on the thread that made it.
class Settings {
public:
    //! `folder` is made when something is written first.
    explicit Settings(const QString& folder);

    template <typename T>
    T value(const Setting<T>& setting) const
    {
        const QVariant stored = m_file.value(QLatin1String(setting.key));
        if (!stored.isValid())
            return setting.defaultValue();
        const std::optional<T> value = fromFile<T>(stored);
        if (value && (!setting.accepts || setting.accepts(*value)))
            return *value;
        reportUnusable(setting.key);
        return setting.defaultValue();
    }

    //! Written to the file a moment later, or when this object goes. False, and nothing is changed,
    //! if the setting does not accept the value.
    template <typename T>
    bool setValue(const Setting<T>& setting, const std::type_identity_t<T>& value)
    {
        if (setting.accepts && !setting.accepts(value))
            return false;
        m_file.setValue(QLatin1String(setting.key), toFile<T>(value));
        if (m_watcher)
            m_watcher(setting.key);
        return true;
    }

    //! Called with the key of a setting after it was given a value by this object.
    void setWatcher(std::function<void(const char* key)> watcher)
    {
        m_watcher = std::move(watcher);
    }

private:
    template <typename T>
    static std::optional<T> fromFile(const QVariant& stored);
    template <typename T>
    static QVariant toFile(const T& value);
    static void reportUnusable(const char* key);

    QSettings m_file;
    std::function<void(const char*)> m_watcher;
};

template <>
std::optional<bool> Settings::fromFile(const QVariant& stored);
template <>
std::optional<qint64> Settings::fromFile(const QVariant& stored);
template <>
std::optional<QString> Settings::fromFile(const QVariant& stored);
template <>
std::optional<QByteArray> Settings::fromFile(const QVariant& stored);
template <>
std::optional<TransportConfig::ProxyMode> Settings::fromFile(const QVariant& stored);
template <>
QVariant Settings::toFile(const bool& value);
template <>
QVariant Settings::toFile(const qint64& value);
template <>
QVariant Settings::toFile(const QString& value);
template <>
QVariant Settings::toFile(const QByteArray& value);
template <>
QVariant Settings::toFile(const TransportConfig::ProxyMode& value);

//! How the profile's settings say the network is reached.
TransportConfig transportFrom(const Settings& settings);

} // namespace ChatApp
