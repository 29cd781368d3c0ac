// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/cli.h"

#include "accounts/keychainsecretstore.h"
#include "cli/cancelcommand.h"
#include "cli/historycommand.h"
#include "cli/interruptwatcher.h"
#include "cli/jsonreporter.h"
#include "cli/listcommand.h"
#include "cli/putcommand.h"
#include "cli/resumecommand.h"
#include "cli/textreport.h"
#include "cli/textreporter.h"
#include "platform/filelog.h"
#include "platform/localrequests.h"
#include "platform/systemnetworkstate.h"
#include "sandbox/embeddedsandbox.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTemporaryDir>

namespace ChatApp {

namespace {

int exitNumber(ExitCode code)
{
    return static_cast<int>(code);
}

std::unique_ptr<Reporter> makeReporter(const CommonOptions& options,
                                       const QProcessEnvironment& environment, Console& console)
{
    if (options.json)
        return std::make_unique<JsonReporter>(console);
    if (!StandardConsole::isTerminal(environment))
        return std::make_unique<TextReporter>(console, TextReporter::Style::Lines);
    const bool colour = environment.value(QStringLiteral("NO_COLOR")).isEmpty();
    return std::make_unique<TextReporter>(
        console, colour ? TextReporter::Style::LiveColoured : TextReporter::Style::Live);
}

//! Runs one of the commands below: each carries its options, and gives back the exit code.
class CommandRunner {
public:
    CommandRunner(const QProcessEnvironment& environment, Console& console)
        : m_environment(environment)
        , m_console(console)
    {
    }

    int operator()(const HelpOptions& options)
    {
        m_console.out(helpText(options.command).toUtf8());
        return exitNumber(ExitCode::Done);
    }

    int operator()(const VersionOptions& /*options*/)
    {
        m_console.out("chatapp-upload " CHATAPP_VERSION "\n");
        return exitNumber(ExitCode::Done);
    }

    int operator()(const HistoryOptions& options)
    {
        const std::optional<QTemporaryDir> temporary = temporaryProfile(options.common);
        HistoryCommand command(options, pathsFor(options.common, temporary), m_console);
        return runToEnd(command);
    }

    int operator()(const ListOptions& options)
    {
        const std::optional<QTemporaryDir> temporary = temporaryProfile(options.common);
        ListCommand command(options, pathsFor(options.common, temporary), m_console);
        return runToEnd(command);
    }

    int operator()(const CancelOptions& options)
    {
        const std::optional<QTemporaryDir> temporary = temporaryProfile(options.common);
        const ProfilePaths paths = pathsFor(options.common, temporary);
        Result<EngineConfig> config = configForRows(options.common, paths, m_environment);
        if (!config)
            return fail(config.error());
        config.value().keychain = std::make_unique<KeychainSecretStore>();
        const FileLog log(paths.state);
        CancelCommand command(options, std::move(config).value(), m_console);
        return runInterruptibly(command);
    }

    int operator()(const ResumeOptions& options)
    {
        const std::optional<QTemporaryDir> temporary = temporaryProfile(options.common);
        const ProfilePaths paths = pathsFor(options.common, temporary);
        Result<EngineConfig> config = configForRows(options.common, paths, m_environment);
        if (!config)
            return fail(config.error());
        setConcurrency(config.value(), options.parallel, options.parts);
        config.value().bytesPerSecond = options.bytesPerSecond;
        config.value().keychain = std::make_unique<KeychainSecretStore>();
        config.value().listener = std::make_unique<LocalRequestListener>();
        config.value().networkState = std::make_unique<SystemNetworkState>();
        const FileLog log(paths.state);
        const QString keyId = config->environment ? config->environment->accessKeyId : QString();
        const std::unique_ptr<Reporter> reporter =
            makeReporter(options.common, m_environment, m_console);
        ResumeCommand command(options, keyId, std::move(config).value(), *reporter);
        return runInterruptibly(command);
    }

    int operator()(const PutOptions& options)
    {
        const std::optional<QTemporaryDir> temporary = temporaryProfile(options.common);
        const ProfilePaths paths = pathsFor(options.common, temporary);
        EmbeddedSandbox sandbox;
        std::optional<SandboxAccess> access;
        if (options.common.sandbox) {
            Result<SandboxAccess> started = sandbox.start();
            if (!started)
                return fail(started.error());
            access = std::move(started).value();
        }
        Result<PutPlan> plan = planPut(options, paths, m_environment, access);
        if (!plan)
            return fail(plan.error());
        const FileLog log(paths.state);
        // Also for the files of others that come while it runs; practice keys never go there.
        if (!options.common.sandbox) {
            plan.value().config.listener = std::make_unique<LocalRequestListener>();
            plan.value().config.networkState = std::make_unique<SystemNetworkState>();
            plan.value().config.keychain = std::make_unique<KeychainSecretStore>();
        }

        const std::unique_ptr<Reporter> reporter =
            makeReporter(options.common, m_environment, m_console);
        PutCommand command(options, paths.state, std::move(plan).value(), *reporter);
        return runInterruptibly(command);
    }

    int fail(const Error& error)
    {
        m_console.error(errorBlock({}, error));
        return exitNumber(exitCodeFor(error.kind));
    }

private:
    template <typename Command>
    static int runToEnd(Command& command)
    {
        QObject::connect(
            &command, &Command::finished, &command,
            [](ExitCode code) { QCoreApplication::exit(exitNumber(code)); }, Qt::QueuedConnection);
        command.run();
        return QCoreApplication::exec();
    }

    template <typename Command>
    static int runInterruptibly(Command& command)
    {
        InterruptWatcher watcher;
        QObject::connect(&watcher, &InterruptWatcher::interrupted, &command, &Command::interrupt);
        return runToEnd(command);
    }

    //! Practice leaves nothing behind, unless a profile is named.
    static std::optional<QTemporaryDir> temporaryProfile(const CommonOptions& options)
    {
        std::optional<QTemporaryDir> folder;
        if (options.sandbox && options.profile.isEmpty())
            folder.emplace();
        return folder;
    }

    ProfilePaths pathsFor(const CommonOptions& options,
                          const std::optional<QTemporaryDir>& temporary) const
    {
        return temporary ? ProfilePaths::below(temporary->path())
                         : profilePaths(options, m_environment);
    }

    const QProcessEnvironment& m_environment;
    Console& m_console;
};

} // namespace

int runCli(const QList<QByteArray>& arguments, const QProcessEnvironment& environment,
           Console& console)
{
    CommandRunner runner(environment, console);
    Result<Options> options = parseOptions(arguments);
    if (!options)
        return runner.fail(options.error());
    return std::visit(runner, *options);
}

} // namespace ChatApp
