// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/error.h"

#include <QtCore/QObject>

namespace ChatApp {

//! What a request meets where there is no network, whatever else may be behind it.
bool isLackOfNetwork(ErrorKind kind);

//! Whether this computer is offline: because the system says so, or because names cannot be
//! resolved any more although a service has answered before. Lives on the engine thread.
class NetworkWatch : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! What the system says; false: nothing, or that there is a network.
    void setOffline(bool offline);
    //! A service answered, with whatever.
    void answered();
    //! The error as it is to be taken: Offline in place of the kind that the lack of a network had.
    Error judge(Error error);

Q_SIGNALS:
    //! What waits for the network need wait no longer.
    void returned();

private:
    bool m_systemOffline = false;
    bool m_answeredBefore = false;
    int m_unresolved = 0; // requests in a row that did not even find their server
};

} // namespace ChatApp
