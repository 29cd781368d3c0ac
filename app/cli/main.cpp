// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/cli.h"

#include <QtCore/QCoreApplication>

#include <clocale>
#include <cstring>

#include <langinfo.h>

namespace {

//! Qt takes file names for UTF-8 in any case, and complains where the locale says otherwise: in
//! cron jobs and containers that is usual, and no reason for a line of warning.
void useUtf8Locale()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(::nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

} // namespace

int main(int argc, char* argv[])
{
    // As bytes, and before Qt decodes them: names of files need not be UTF-8.
    QList<QByteArray> arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QByteArray(argv[i]));

    useUtf8Locale();
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("chatapp-upload"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CHATAPP_VERSION));
    ChatApp::StandardConsole console;
    return ChatApp::runCli(arguments, QProcessEnvironment::systemEnvironment(), console);
}
