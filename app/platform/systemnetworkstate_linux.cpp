// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/systemnetworkstate.h"

#include <QtNetwork/QNetworkInformation>

namespace ChatApp {

SystemNetworkState::SystemNetworkState(QObject* parent) : NetworkState(parent)
{
    // By name: the other backend (GLib's) takes a computer without a default route for offline,
    // and with it every server on the loopback address or the local network.
    if (!QNetworkInformation::loadBackendByName(u"networkmanager"))
        return;
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            &NetworkState::changed);
}

bool SystemNetworkState::isOffline() const
{
    const QNetworkInformation* information = QNetworkInformation::instance();
    return information != nullptr
        && information->reachability() == QNetworkInformation::Reachability::Disconnected;
}

} // namespace ChatApp
