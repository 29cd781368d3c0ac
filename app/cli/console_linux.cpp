// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/console.h"

#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

namespace ChatApp {

namespace {

constexpr int usualColumns = 80;

void writeAll(std::FILE* stream, const QByteArray& bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stream);
    std::fflush(stream);
}

} // namespace

void StandardConsole::out(const QByteArray& bytes)
{
    writeAll(stdout, bytes);
}

void StandardConsole::error(const QByteArray& bytes)
{
    writeAll(stderr, bytes);
}

int StandardConsole::columns() const
{
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return usualColumns;
}

bool StandardConsole::isTerminal(const QProcessEnvironment& environment)
{
    const QString terminal = environment.value(QStringLiteral("TERM"));
    return ::isatty(STDOUT_FILENO) == 1 && !terminal.isEmpty() && terminal != QLatin1String("dumb");
}

} // namespace ChatApp
