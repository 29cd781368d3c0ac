// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "desktop.h"
#include "platform/filelog.h"
#include "platform/profilefolders.h"
#include "sessionhost.h"
#include "signalwatcher.h"
#include "symbols.h"
#include "translations.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QDir>
#include <QtCore/QProcessEnvironment>
#include <QtCore/QUrl>
#include <QtWidgets/QApplication>

namespace {

using namespace ChatApp;

QString absolutePath(const QString& argument)
{
    // File managers may hand over URLs instead of paths.
    if (argument.startsWith(QLatin1String("file:")))
        return QUrl(argument).toLocalFile();
    return QDir::current().absoluteFilePath(argument);
}

ProfilePaths profilePaths(const QString& folder)
{
    if (!folder.isEmpty())
        return ProfilePaths::below(QDir::current().absoluteFilePath(folder));
    const ProfileFolders folders = standardProfileFolders(QProcessEnvironment::systemEnvironment());
    return {folders.data, folders.config, folders.state};
}

SessionOptions readOptions(const QApplication& app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("main", "Puts media files into Alibaba Cloud ChatApp spaces."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption profile(
        QStringLiteral("profile"),
        QApplication::translate("main", "Keep everything in this folder."), QStringLiteral("DIR"));
    const QCommandLineOption sandbox(
        QStringLiteral("sandbox"),
        QApplication::translate("main", "Practise on this computer, without an account."));
    const QCommandLineOption space(QStringLiteral("space"),
                                   QApplication::translate("main", "Choose this space."),
                                   QStringLiteral("ID"));
    parser.addOptions({profile, sandbox, space});
    parser.addPositionalArgument(QStringLiteral("FILE"),
                                 QApplication::translate("main", "Files and folders to add."),
                                 QStringLiteral("[FILE…]"));
    parser.process(app);

    SessionOptions options;
    options.paths = profilePaths(parser.value(profile));
    options.practice = parser.isSet(sandbox);
    options.space = parser.value(space);
    for (const QString& argument : parser.positionalArguments())
        options.files.append(absolutePath(argument));
    return options;
}

} // namespace

int main(int argc, char* argv[])
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("chatapp-uploader"));
    QApplication::setApplicationVersion(QStringLiteral(CHATAPP_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("io.github.chatappuploader.ChatAppUploader"));
    // The engine is put away after the last window has gone.
    QApplication::setQuitOnLastWindowClosed(false);
    const Translations translations;
    const SessionOptions options = readOptions(app);
    const FileLog log(options.paths.state);
    initializeSymbols();

    SystemDesktop desktop;
    SessionHost host(desktop);
    QObject::connect(&host, &SessionHost::allEnded, &app, &QApplication::quit);
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::terminationRequested, &host,
                     &SessionHost::leaveAll);
    host.open(options);
    return QApplication::exec();
}
