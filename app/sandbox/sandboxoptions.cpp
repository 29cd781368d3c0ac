// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/sandboxoptions.h"

#include "sandbox/behaviorjson.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QFile>

namespace ChatApp {

namespace {

Error optionError(const QString& message)
{
    return {.kind = ErrorKind::Usage, .message = message};
}

QCommandLineOption flag(const char* name, const char* description)
{
    return {QLatin1String(name), QLatin1String(description)};
}

QCommandLineOption option(const char* name, const char* description, const char* value)
{
    return {QLatin1String(name), QLatin1String(description), QLatin1String(value)};
}

void describe(QCommandLineParser& parser)
{
    parser.setApplicationDescription(QStringLiteral(
        "A local stand-in for ChatApp (CAMS) and its object store (OSS): checks every request,\n"
        "misbehaves on demand, and is reachable from this machine only. Prints how to reach it,\n"
        "then runs until SIGINT or SIGTERM. The admin interface is described in\n"
        "app/sandbox/README.md."));
    parser.addOptions({
        flag("help", "Show this text."),
        flag("version", "Show the version."),
        flag("json", "Print one line of JSON instead of text."),
        option("port", "Port of CAMS and OSS (default: any free one).", "N"),
        option("admin-port", "Port of the admin interface (default: any free one).", "N"),
        flag("ipv6", "Listen on ::1 instead of 127.0.0.1."),
        option("data", "Where objects are kept while it runs (default: the temporary folder).",
               "DIR"),
        option("quota", "Refuse uploads beyond this many bytes in the store.", "BYTES"),
        flag("tls", "Speak https, with a self-made certificate unless --cert is given."),
        option("cert", "Certificate (chain) for --tls, PEM.", "FILE"),
        option("key", "Key of that certificate, PEM.", "FILE"),
        option("account",
               "Know this AccessKey (default: a made-up one); its secret is read from "
               "the environment variable CHATAPP_SANDBOX_SECRET.",
               "ID"),
        option("space", "A space of the account (default: a made-up one); may be repeated.", "ID"),
        option("token-lifetime", "Lifetime of the temporary credentials (default: 3600).",
               "SECONDS"),
        option("expire-format", "seconds (default), epoch-seconds or epoch-ms.", "FORMAT"),
        option("endpoint-format", "url (default), url-slash or host.", "FORMAT"),
        option("dir-format", "plain (default), leading-slash, trailing-slash or both-slashes.",
               "FORMAT"),
        option("region", "Region of the bucket (default: ap-southeast-1).", "REGION"),
        flag("name-region", "Name the right region when refusing a wrong one."),
        flag("no-v4", "Refuse signatures of OSS version 4."),
        flag("no-v1", "Refuse signatures of OSS version 1."),
        flag("private", "Refuse to read objects without a signature."),
        flag("no-public-acl", "Refuse x-oss-object-acl: public-read."),
        option("latency", "Answer this much later.", "MS"),
        option("plan", "Fault plan, JSON.", "FILE"),
    });
}

// Reads numbers and words, and remembers the first that was wrong.
class Reader {
public:
    explicit Reader(const QCommandLineParser& parser) : m_parser(parser) { }

    bool has(const char* name) const { return m_parser.isSet(QLatin1String(name)); }
    QString text(const char* name) const { return m_parser.value(QLatin1String(name)); }

    qint64 number(const char* name, qint64 fallback, qint64 highest)
    {
        if (!has(name))
            return fallback;
        bool ok = false;
        const qint64 value = text(name).toLongLong(&ok);
        if (!ok || value < 0 || value > highest)
            reject(name);
        return value;
    }

    template <typename T>
    T word(const char* name, T fallback, std::optional<T> (*fromName)(const QString&))
    {
        if (!has(name))
            return fallback;
        const auto value = fromName(text(name));
        if (!value)
            reject(name);
        return value.value_or(fallback);
    }

    void reject(const char* name)
    {
        if (m_problem.isEmpty())
            m_problem = QStringLiteral("--%1: \"%2\" is not a value for it")
                            .arg(QLatin1String(name), text(name));
    }
    const QString& problem() const { return m_problem; }

private:
    const QCommandLineParser& m_parser;
    QString m_problem;
};

void readBehavior(Reader& reader, SandboxBehavior& behavior)
{
    constexpr qint64 year = 365LL * 24 * 3600;
    constexpr qint64 hourMs = 3'600'000;
    behavior.quota = reader.number("quota", 0, std::numeric_limits<qint64>::max());
    behavior.tokenLifetime = std::chrono::seconds(reader.number("token-lifetime", 3600, year));
    behavior.latency = std::chrono::milliseconds(reader.number("latency", 0, hourMs));
    behavior.expireFormat =
        reader.word("expire-format", behavior.expireFormat, Sandbox::expireFormatFromName);
    behavior.endpointFormat =
        reader.word("endpoint-format", behavior.endpointFormat, Sandbox::endpointFormatFromName);
    behavior.dirFormat = reader.word("dir-format", behavior.dirFormat, Sandbox::dirFormatFromName);
    if (reader.has("region"))
        behavior.region = reader.text("region");
    behavior.nameRegionInRefusal = reader.has("name-region");
    behavior.acceptV4 = !reader.has("no-v4");
    behavior.acceptV1 = !reader.has("no-v1");
    behavior.privateObjects = reader.has("private");
    behavior.publicAclAllowed = !reader.has("no-public-acl");
}

Result<void> readAccount(const QCommandLineParser& parser, SandboxConfig& config)
{
    const QStringList spaces = parser.values(QStringLiteral("space"));
    if (!parser.isSet(QStringLiteral("account"))) {
        if (!spaces.isEmpty())
            return optionError(QStringLiteral("--space needs --account"));
        return {};
    }
    SandboxAccount account;
    account.accessKeyId = parser.value(QStringLiteral("account"));
    account.accessKeySecret = qEnvironmentVariable("CHATAPP_SANDBOX_SECRET");
    account.spaces = spaces;
    if (account.accessKeySecret.isEmpty() || spaces.isEmpty())
        return optionError(QStringLiteral("--account needs --space and CHATAPP_SANDBOX_SECRET"));
    config.accounts = {account};
    return {};
}

Result<void> readTls(const Reader& reader, SandboxOptions& options)
{
    options.tls = reader.has("tls");
    if (reader.has("cert") != reader.has("key") || (reader.has("cert") && !options.tls))
        return optionError(QStringLiteral("--cert and --key go together, with --tls"));
    if (reader.has("cert"))
        options.config.tls = SandboxTls{reader.text("cert"), reader.text("key")};
    return {};
}

Result<SandboxFaultPlan> readPlan(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return optionError(QStringLiteral("cannot read %1").arg(path));
    return SandboxFaultPlan::fromJson(file.readAll());
}

} // namespace

Result<SandboxOptions> parseSandboxOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    describe(parser);
    if (!parser.parse(QStringList{QStringLiteral("chatapp-sandbox")} + arguments))
        return optionError(parser.errorText());
    if (!parser.positionalArguments().isEmpty())
        return optionError(QStringLiteral("unexpected argument: %1")
                               .arg(parser.positionalArguments().constFirst()));
    Reader reader(parser);
    SandboxOptions options;
    options.help = reader.has("help");
    options.version = reader.has("version");
    options.json = reader.has("json");
    SandboxConfig& config = options.config;
    config.adminInterface = true;
    config.port = static_cast<quint16>(reader.number("port", 0, 65535));
    config.adminPort = static_cast<quint16>(reader.number("admin-port", 0, 65535));
    config.dataFolder = reader.text("data");
    if (reader.has("ipv6"))
        config.address = QStringLiteral("::1");
    readBehavior(reader, config.behavior);
    if (!reader.problem().isEmpty())
        return optionError(reader.problem());
    if (const auto account = readAccount(parser, config); !account)
        return account.error();
    if (const auto tls = readTls(reader, options); !tls)
        return tls.error();
    if (reader.has("plan")) {
        auto plan = readPlan(reader.text("plan"));
        if (!plan)
            return plan.error();
        options.plan = *plan;
    }
    return options;
}

QString sandboxHelp()
{
    QCommandLineParser parser;
    describe(parser);
    return parser.helpText();
}

} // namespace ChatApp
