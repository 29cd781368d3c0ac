// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QObject>

namespace ChatApp {

//! What the system says about the way to the network. Lives on the main thread.
class NetworkState : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! The system is sure that there is no network; false also if it knows nothing.
    virtual bool isOffline() const = 0;

Q_SIGNALS:
    void changed();
};

} // namespace ChatApp
