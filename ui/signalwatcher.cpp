// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "signalwatcher.h"

#include <QtCore/QSocketNotifier>

#include <array>
#include <csignal>

#include <sys/socket.h>
#include <unistd.h>

namespace ChatApp {

namespace {

// A signal handler may do little more than write(2), and finds its way only through a global.
volatile std::sig_atomic_t wakeSocket = -1;
constexpr std::array watchedSignals{SIGTERM, SIGINT, SIGHUP};

void wake(int)
{
    const char byte = 1;
    // Nothing can be done here about a failure; a full socket means that a wake-up is under way.
    [[maybe_unused]] const ssize_t written = ::write(wakeSocket, &byte, sizeof byte);
}

void setHandler(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    for (const int signal : watchedSignals)
        sigaction(signal, &action, nullptr);
}

} // namespace

SignalWatcher::SignalWatcher(QObject* parent) : QObject(parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, m_sockets.data()) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_sockets[1], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        std::array<char, 16> bytes{};
        if (::read(m_sockets[1], bytes.data(), bytes.size()) > 0)
            Q_EMIT terminationRequested();
    });
    wakeSocket = m_sockets[0];
    setHandler(wake);
}

SignalWatcher::~SignalWatcher()
{
    if (!m_notifier)
        return;
    setHandler(SIG_DFL);
    wakeSocket = -1;
    m_notifier.reset();
    for (const int socket : m_sockets)
        ::close(socket);
}

} // namespace ChatApp
