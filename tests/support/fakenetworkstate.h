// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/networkstate.h"

namespace ChatApp {

//! A network that is there or not as the test says.
class FakeNetworkState final : public NetworkState {
public:
    using NetworkState::NetworkState;

    bool isOffline() const override { return m_offline; }
    void setOffline(bool offline)
    {
        m_offline = offline;
        Q_EMIT changed();
    }

private:
    bool m_offline = false;
};

} // namespace ChatApp
