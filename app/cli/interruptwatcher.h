// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QObject>
#include <QtCore/QSocketNotifier>

#include <array>

namespace ChatApp {

//! Turns SIGINT, SIGTERM and SIGHUP into a signal of Qt, once; whoever asks a second time does not
//! want to wait and ends the process at once (the store is made for that). One per process, on the
//! main thread.
class InterruptWatcher : public QObject {
    Q_OBJECT
public:
    explicit InterruptWatcher(QObject* parent = nullptr);
    //! Gives the signals their usual meaning back.
    ~InterruptWatcher() override;

    InterruptWatcher(const InterruptWatcher&) = delete;
    InterruptWatcher& operator=(const InterruptWatcher&) = delete;

Q_SIGNALS:
    void interrupted();

private:
    std::array<int, 2> m_pipe;
    QSocketNotifier m_notifier;
};

} // namespace ChatApp
