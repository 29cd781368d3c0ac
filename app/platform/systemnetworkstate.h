// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/networkstate.h"

namespace ChatApp {

//! The desktop's network service, through QNetworkInformation. Where there is none it knows
//! nothing.
class SystemNetworkState final : public NetworkState {
    Q_OBJECT
public:
    explicit SystemNetworkState(QObject* parent = nullptr);

    bool isOffline() const override;
};

} // namespace ChatApp
