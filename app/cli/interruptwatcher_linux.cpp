// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/exitcode.h"
#include "cli/interruptwatcher.h"

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace ChatApp {

namespace {

constexpr std::array watchedSignals{SIGINT, SIGTERM, SIGHUP};

// A signal handler has no context: these are all that it can reach.
volatile std::sig_atomic_t writeEnd = -1;
volatile std::sig_atomic_t askedBefore = 0;

void onSignal(int /*number*/)
{
    if (askedBefore != 0)
        ::_exit(static_cast<int>(ExitCode::Interrupted));
    askedBefore = 1;
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(writeEnd, &byte, 1);
}

void handleWith(void (*handler)(int))
{
    struct sigaction action { };
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    for (const int number : watchedSignals)
        ::sigaction(number, &action, nullptr);
}

std::array<int, 2> openPipe()
{
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("no pipe for signals");
    return ends;
}

} // namespace

InterruptWatcher::InterruptWatcher(QObject* parent)
    : QObject(parent)
    , m_pipe(openPipe())
    , m_notifier(m_pipe.at(0), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        m_notifier.setEnabled(false);
        Q_EMIT interrupted();
    });
    writeEnd = m_pipe.at(1);
    askedBefore = 0;
    handleWith(onSignal);
}

InterruptWatcher::~InterruptWatcher()
{
    handleWith(SIG_DFL);
    writeEnd = -1;
    ::close(m_pipe.at(0));
    ::close(m_pipe.at(1));
}

} // namespace ChatApp
