// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/options.h"

#include "cli/byterate.h"
#include "core/printabletext.h"

#include <QtCore/QHash>

#include <functional>

namespace ChatApp {

namespace {

constexpr const char* generalHelp =
    R"(Usage: chatapp-upload put --space ID [OPTION…] [--] FILE|FOLDER…
       chatapp-upload resume [OPTION…]
       chatapp-upload list [OPTION…]
       chatapp-upload cancel [OPTION…] ID…
       chatapp-upload history [OPTION…]
       chatapp-upload COMMAND --help | --help | --version

Uploads files into Alibaba Cloud ChatApp (CAMS) spaces and gives back their
links.

Commands:
  put       upload files, and wait until each is verified
  resume    go on with uploads that were interrupted or stored for later
  list      show the uploads that have not ended
  cancel    cancel uploads that have not ended
  history   show what was uploaded, newest first

Without an account, nothing but:  chatapp-upload put --sandbox picture.png
)";

constexpr const char* commonHelp = R"(
  --account NAME     use this account, saved in the window; without it the
                     credentials come from the environment (see below)
  --endpoint URL     CAMS endpoint (default cams.ap-southeast-1.aliyuncs.com)
  --region R         OSS region, where the endpoint does not tell
  --profile DIR      keep database, settings, log and lock in DIR
  --ca-file PEM      trust these certificates too
  --json             one JSON object per line
  --sandbox          practise on a server inside this program: needs no
                     account and no space, nothing leaves the computer
  --help             show this text

Environment: ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and
optionally ALIBABA_CLOUD_SECURITY_TOKEN; https_proxy, no_proxy; NO_COLOR.
)";

constexpr const char* putHelp = R"(Usage: chatapp-upload put --space ID [OPTION…] [--] FILE|FOLDER…

Uploads each FILE, and all files in each FOLDER and the folders in it, into the
space and waits until they are verified. Links are followed. Left out inside a
FOLDER: hidden files and folders, Thumbs.db, desktop.ini; and, with a word,
pipes, sockets, devices and links that lead in a circle.

  --space ID         the space (CustSpaceId) to upload into
  --enqueue          only store the files: resume uploads them, or at once the
                     program that holds the profile, if there is one
  --replace          overwrite an object that has the same key
  --no-link-check    do not open the links of what was uploaded
)";

constexpr const char* resumeHelp = R"(Usage: chatapp-upload resume [OPTION…]

Goes on with every upload of the profile that was started and has not ended:
interrupted ones, and those stored by put --enqueue. Files that only wait in
the window to be started are left alone. With nothing to do it exits 0.
Uploads keep their account, endpoint and region; with --account only those of
that account are uploaded.

)";

constexpr const char* transferHelp =
    R"(  --parallel N       upload N files at once, 1 to 8
  --parts N          send N parts of a large file at once, 1 to 16
  --wait SECONDS     how long to wait for a network that is away (default 30)
  --limit RATE       at most so many bytes per second, all files together: 500K,
                     1.5M, 2MiB (powers of 1024) or a plain number; 0: no limit
                     (default: the profile's setting)
)";

constexpr const char* putEventsHelp = R"(
With --json each line has an "event": queued{file,id,size}, started{file},
progress{file,state,bytes,size,bytesPerSecond,waitingFor},
finished{file,size,key,url,crc64,requestId,seconds,link},
failed{file,kind,code,message,httpStatus,requestId}, skipped{file,kind,message}
and at the end summary{files,done,failed,bytes,seconds}.
)";

constexpr const char* listHelp = R"(Usage: chatapp-upload list [OPTION…]

Shows the uploads that have not ended in the order of sending, with their ids:
staged (waits to be started in the window), queued, paused. Only reads: works
while another program uploads with the same profile, and shows what that has
stored: one that is under way shows as queued or paused.

With --json: id, state, file, size, account, accessKeyId, endpoint, space,
spaceName, contentType, bucket, key, error, createdAt, startedAt.

)";

constexpr const char* cancelHelp = R"(Usage: chatapp-upload cancel [OPTION…] ID…

Cancels the uploads with these ids (see chatapp-upload list). While another
program holds the profile it exits 5 and names that program. An id that no
unfinished upload has gives exit code 1; the others are cancelled all the same.

With --json each line has an "event": cancelled{id,file} or
failed{id,kind,code,message,httpStatus,requestId}.

)";

constexpr const char* exitCodeHelp = R"(
Exit code: 0 all done; 1 some failed, for several reasons, or a file cannot be
read; 2 usage; 3 AccessKey, signature or permission; 4 network, TLS, proxy or
throttling; 5 the profile is in use; 130 interrupted.
)";

constexpr const char* historyHelp = R"(Usage: chatapp-upload history [OPTION…]

Shows uploads that have ended, newest first. Only reads: works while another
program uploads with the same profile.

  --limit N          at most N rows (default: all)
  --search TEXT      only rows with TEXT in the file's name or the error, or
                     with this object key or link
)";

Error usage(const QString& message)
{
    return {.kind = ErrorKind::Usage, .message = message};
}

//! Walks through the arguments: options go to handlers by name, the rest is collected.
class ArgumentReader {
public:
    using Flag = std::function<void()>;
    using Value = std::function<Result<void>(const QString&)>;

    void flag(const char* name, const Flag& handler) { m_flags.insert(QByteArray(name), handler); }
    void value(const char* name, const Value& handler)
    {
        m_values.insert(QByteArray(name), handler);
    }
    void text(const char* name, QString& target)
    {
        value(name, [&target, name](const QString& given) -> Result<void> {
            if (given.isEmpty())
                return usage(QStringLiteral("%1 must not be empty").arg(QLatin1String(name)));
            target = given;
            return {};
        });
    }

    Result<void> read(const QList<QByteArray>& arguments)
    {
        for (qsizetype i = 0; i < arguments.size(); ++i) {
            const QByteArray& argument = arguments.at(i);
            if (argument == "--") {
                m_operands.append(arguments.mid(i + 1));
                return {};
            }
            if (!argument.startsWith('-') || argument == "-") {
                m_operands.append(argument);
                continue;
            }
            if (Result<void> taken = option(arguments, i); !taken)
                return taken;
        }
        return {};
    }

    const QList<QByteArray>& operands() const { return m_operands; }

private:
    //! The option at `i`, which moves on if the value stands in an argument of its own.
    Result<void> option(const QList<QByteArray>& arguments, qsizetype& i)
    {
        const qsizetype equals = arguments.at(i).indexOf('=');
        const QByteArray name = equals < 0 ? arguments.at(i) : arguments.at(i).left(equals);
        if (m_flags.contains(name)) {
            if (equals >= 0)
                return usage(QStringLiteral("%1 takes no value").arg(printableText(name)));
            m_flags.value(name)();
            return {};
        }
        if (!m_values.contains(name)) {
            return usage(QStringLiteral("unknown option %1 (a file of that name goes after --)")
                             .arg(printableText(name)));
        }
        if (equals < 0 && i + 1 >= arguments.size())
            return usage(QStringLiteral("%1 needs a value").arg(printableText(name)));
        const QByteArray bytes = equals < 0 ? arguments.at(++i) : arguments.at(i).mid(equals + 1);
        const std::optional<QString> text = exactUtf8(bytes);
        if (!text) {
            return usage(QStringLiteral("the value of %1 is not UTF-8: %2")
                             .arg(printableText(name), printableText(bytes)));
        }
        return m_values.value(name)(*text);
    }

    QHash<QByteArray, Flag> m_flags;
    QHash<QByteArray, Value> m_values;
    QList<QByteArray> m_operands;
};

void addCommonOptions(ArgumentReader& reader, CommonOptions& common, bool& help)
{
    reader.text("--profile", common.profile);
    reader.text("--account", common.account);
    reader.text("--endpoint", common.endpoint);
    reader.text("--region", common.region);
    reader.text("--ca-file", common.caFile);
    reader.flag("--json", [&common] { common.json = true; });
    reader.flag("--sandbox", [&common] { common.sandbox = true; });
    reader.flag("--help", [&help] { help = true; });
    reader.flag("-h", [&help] { help = true; });
}

Result<int> wholeNumber(const char* name, const QString& text, int least,
                        std::optional<int> most = {})
{
    bool ok = false;
    const int number = text.toInt(&ok);
    if (ok && most && number > *most)
        return usage(QStringLiteral("%1 takes at most %2").arg(QLatin1String(name)).arg(*most));
    if (!ok || number < least) {
        return usage(QStringLiteral("%1 needs a whole number from %2 up, not \"%3\"")
                         .arg(QLatin1String(name))
                         .arg(least)
                         .arg(printableText(text)));
    }
    return number;
}

void addCount(ArgumentReader& reader, const char* name, int most, std::optional<int>& target)
{
    reader.value(name, [name, most, &target](const QString& text) -> Result<void> {
        const Result<int> count = wholeNumber(name, text, 1, most);
        if (!count)
            return count.error();
        target = *count;
        return {};
    });
}

//! What all commands that upload understand.
template <typename T>
void addTransferOptions(ArgumentReader& reader, T& options)
{
    addCount(reader, "--parallel", 8, options.parallel);
    addCount(reader, "--parts", 16, options.parts);
    reader.value("--wait", [&options](const QString& text) -> Result<void> {
        const Result<int> seconds = wholeNumber("--wait", text, 0);
        if (!seconds)
            return seconds.error();
        options.wait = std::chrono::seconds(*seconds);
        return {};
    });
    reader.value("--limit", [&options](const QString& text) -> Result<void> {
        options.bytesPerSecond = parseByteRate(text);
        if (options.bytesPerSecond)
            return {};
        return usage(QStringLiteral("--limit needs bytes per second, as 500K, 1.5M or 2MiB, not "
                                    "\"%1\"")
                         .arg(printableText(text)));
    });
}

Result<Options> parsePut(const QList<QByteArray>& arguments)
{
    PutOptions options;
    bool help = false;
    ArgumentReader reader;
    addCommonOptions(reader, options.common, help);
    addTransferOptions(reader, options);
    reader.text("--space", options.space.value);
    reader.flag("--replace", [&options] { options.replace = true; });
    reader.flag("--no-link-check", [&options] { options.linkCheck = false; });
    reader.flag("--enqueue", [&options] { options.enqueue = true; });
    const Result<void> read = reader.read(arguments);
    if (help)
        return Options(HelpOptions{QStringLiteral("put")});
    if (!read)
        return read.error();
    options.files = reader.operands();
    if (options.common.sandbox && !options.common.account.isEmpty())
        return usage(QStringLiteral("--sandbox has an account of its own: leave out --account"));
    if (options.common.sandbox && !options.common.endpoint.isEmpty())
        return usage(QStringLiteral("--sandbox has an endpoint of its own: leave out --endpoint"));
    if (options.common.sandbox && options.enqueue)
        return usage(QStringLiteral("--sandbox ends with the command: leave out --enqueue"));
    if (options.space.value.isEmpty() && !options.common.sandbox)
        return usage(QStringLiteral("--space ID is missing: the space to upload into"));
    if (options.files.isEmpty())
        return usage(QStringLiteral("no file is named"));
    return Options(options);
}

Result<Options> parseResume(const QList<QByteArray>& arguments)
{
    ResumeOptions options;
    bool help = false;
    ArgumentReader reader;
    addCommonOptions(reader, options.common, help);
    addTransferOptions(reader, options);
    const Result<void> read = reader.read(arguments);
    if (help)
        return Options(HelpOptions{QStringLiteral("resume")});
    if (!read)
        return read.error();
    if (!reader.operands().isEmpty()) {
        return usage(QStringLiteral("resume takes no file: %1 (it goes on with all there are)")
                         .arg(printableText(reader.operands().first())));
    }
    return Options(options);
}

Result<Options> parseList(const QList<QByteArray>& arguments)
{
    ListOptions options;
    bool help = false;
    ArgumentReader reader;
    addCommonOptions(reader, options.common, help);
    const Result<void> read = reader.read(arguments);
    if (help)
        return Options(HelpOptions{QStringLiteral("list")});
    if (!read)
        return read.error();
    if (!reader.operands().isEmpty()) {
        return usage(
            QStringLiteral("list takes no file: %1").arg(printableText(reader.operands().first())));
    }
    return Options(options);
}

Result<Options> parseCancel(const QList<QByteArray>& arguments)
{
    CancelOptions options;
    bool help = false;
    ArgumentReader reader;
    addCommonOptions(reader, options.common, help);
    const Result<void> read = reader.read(arguments);
    if (help)
        return Options(HelpOptions{QStringLiteral("cancel")});
    if (!read)
        return read.error();
    for (const QByteArray& operand : reader.operands()) {
        bool ok = false;
        const UploadId id{operand.toLongLong(&ok)};
        if (!ok || id.value < 1) {
            return usage(QStringLiteral("cancel needs ids as chatapp-upload list shows them, not "
                                        "\"%1\"")
                             .arg(printableText(operand)));
        }
        if (!options.ids.contains(id))
            options.ids.append(id);
    }
    if (options.ids.isEmpty())
        return usage(QStringLiteral("no id is named: chatapp-upload list shows them"));
    return Options(options);
}

Result<Options> parseHistory(const QList<QByteArray>& arguments)
{
    HistoryOptions options;
    bool help = false;
    ArgumentReader reader;
    addCommonOptions(reader, options.common, help);
    reader.text("--search", options.search);
    reader.value("--limit", [&options](const QString& text) -> Result<void> {
        const Result<int> rows = wholeNumber("--limit", text, 1);
        if (!rows)
            return rows.error();
        options.limit = *rows;
        return {};
    });
    const Result<void> read = reader.read(arguments);
    if (help)
        return Options(HelpOptions{QStringLiteral("history")});
    if (!read)
        return read.error();
    if (!reader.operands().isEmpty()) {
        return usage(QStringLiteral("history takes no file: %1 (to look for one: --search)")
                         .arg(printableText(reader.operands().first())));
    }
    return Options(options);
}

} // namespace

Result<Options> parseOptions(const QList<QByteArray>& arguments)
{
    if (arguments.isEmpty())
        return usage(QStringLiteral("no command is given"));
    const QByteArray& command = arguments.first();
    if (command == "put")
        return parsePut(arguments.mid(1));
    if (command == "resume")
        return parseResume(arguments.mid(1));
    if (command == "list")
        return parseList(arguments.mid(1));
    if (command == "cancel")
        return parseCancel(arguments.mid(1));
    if (command == "history")
        return parseHistory(arguments.mid(1));
    if (command == "--help" || command == "-h" || command == "help")
        return Options(HelpOptions{});
    if (command == "--version")
        return Options(VersionOptions{});
    return usage(QStringLiteral("unknown command %1").arg(printableText(command)));
}

QString helpText(const QString& command)
{
    const QString common = QString::fromUtf8(commonHelp).mid(1);
    const QString uploading = QString::fromUtf8(transferHelp) + common
        + QString::fromUtf8(putEventsHelp) + QString::fromUtf8(exitCodeHelp);
    if (command == QLatin1String("put"))
        return QString::fromUtf8(putHelp) + uploading;
    if (command == QLatin1String("resume"))
        return QString::fromUtf8(resumeHelp) + uploading;
    if (command == QLatin1String("list"))
        return QString::fromUtf8(listHelp) + common;
    if (command == QLatin1String("cancel"))
        return QString::fromUtf8(cancelHelp) + common + QString::fromUtf8(exitCodeHelp);
    if (command == QLatin1String("history"))
        return QString::fromUtf8(historyHelp) + common;
    return QString::fromUtf8(generalHelp);
}

} // namespace ChatApp
