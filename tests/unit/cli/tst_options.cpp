// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/options.h"

#include <QtTest/QTest>

using namespace ChatApp;
using namespace std::chrono_literals;

namespace {

PutOptions putOf(const QList<QByteArray>& arguments)
{
    const Result<Options> options = parseOptions(arguments);
    return options ? std::get<PutOptions>(*options) : PutOptions{};
}

} // namespace

class TestOptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void putTakesEverything();
    void valuesMayFollowAnEqualsSign();
    void filesAndOptionsMayBeMixed();
    void afterTwoDashesAllAreFiles();
    void namesOfFilesStayBytes();
    void theSandboxNeedsNoSpace();
    void resumeListAndCancel();
    void historyTakesEverything();
    void helpAndVersion();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void helpNamesEveryOption();
};

void TestOptions::putTakesEverything()
{
    PutOptions expected;
    expected.common = {.profile = QStringLiteral("p"),
                       .account = QStringLiteral("shop"),
                       .endpoint = QStringLiteral("https://e"),
                       .region = QStringLiteral("r"),
                       .caFile = QStringLiteral("ca.pem"),
                       .json = true};
    expected.space = {QStringLiteral("42")};
    expected.wait = 5s;
    expected.bytesPerSecond = 1536 * 1024;
    expected.parallel = 8;
    expected.parts = 16;
    expected.replace = true;
    expected.linkCheck = false;
    expected.enqueue = true;
    expected.files = {"a.png", "b.png"};
    QCOMPARE(putOf({"put",        "--account",  "shop",
                    "--space",    "42",         "--endpoint",
                    "https://e",  "--region",   "r",
                    "--profile",  "p",          "--ca-file",
                    "ca.pem",     "--json",     "--wait",
                    "5",          "--parallel", "8",
                    "--parts=16", "--replace",  "--no-link-check",
                    "--enqueue",  "--limit",    "1.5M",
                    "a.png",      "b.png"}),
             expected);
}

void TestOptions::valuesMayFollowAnEqualsSign()
{
    const PutOptions options = putOf({"put", "--space=a=b", "--profile=图", "x"});
    QCOMPARE(options.space.value, QStringLiteral("a=b"));
    QCOMPARE(options.common.profile, QStringLiteral("图"));
}

void TestOptions::filesAndOptionsMayBeMixed()
{
    const PutOptions options = putOf({"put", "a", "--space", "1", "-", "b", "--json"});
    QCOMPARE(options.files, (QList<QByteArray>{"a", "-", "b"}));
    QVERIFY(options.common.json);
}

void TestOptions::afterTwoDashesAllAreFiles()
{
    const PutOptions options = putOf({"put", "--space", "1", "--", "--json", "-x", "--"});
    QCOMPARE(options.files, (QList<QByteArray>{"--json", "-x", "--"}));
    QVERIFY(!options.common.json);
}

void TestOptions::namesOfFilesStayBytes()
{
    const PutOptions options = putOf({"put", "--space", "1", "caf\xE9", "a\nb", ""});
    QCOMPARE(options.files, (QList<QByteArray>{"caf\xE9", "a\nb", ""}));
}

void TestOptions::theSandboxNeedsNoSpace()
{
    const PutOptions options = putOf({"put", "--sandbox", "a"});
    QVERIFY(options.common.sandbox);
    QVERIFY(options.space.value.isEmpty());
}

void TestOptions::resumeListAndCancel()
{
    ResumeOptions resume;
    resume.common.profile = QStringLiteral("p");
    resume.common.account = QStringLiteral("shop");
    resume.wait = 1s;
    resume.parallel = 1;
    resume.parts = 2;
    Result<Options> options = parseOptions({"resume", "--profile", "p", "--account", "shop",
                                            "--wait", "1", "--parallel", "1", "--parts", "2"});
    QVERIFY(options.ok());
    QVERIFY(*options == Options(resume));

    ListOptions list;
    list.common.json = true;
    options = parseOptions({"list", "--json"});
    QVERIFY(options.ok());
    QVERIFY(*options == Options(list));

    CancelOptions cancel;
    cancel.ids = {UploadId{7}, UploadId{12}};
    options = parseOptions({"cancel", "7", "12", "7"});
    QVERIFY(options.ok());
    QVERIFY(*options == Options(cancel));
}

void TestOptions::historyTakesEverything()
{
    HistoryOptions expected;
    expected.common.json = true;
    expected.common.profile = QStringLiteral("p");
    expected.limit = 3;
    expected.search = QStringLiteral("图片");
    const Result<Options> options =
        parseOptions({"history", "--json", "--limit", "3", "--search", "图片", "--profile", "p"});
    QVERIFY(options.ok());
    QCOMPARE(std::get<HistoryOptions>(*options), expected);

    const Result<Options> bare = parseOptions({"history"});
    QVERIFY(bare.ok());
    QCOMPARE(std::get<HistoryOptions>(*bare), HistoryOptions{});
}

void TestOptions::helpAndVersion()
{
    const auto parsed = [](const QList<QByteArray>& arguments) {
        const Result<Options> options = parseOptions(arguments);
        return options ? *options : Options(PutOptions{});
    };
    QVERIFY(parsed({"--help"}) == Options(HelpOptions{}));
    QVERIFY(parsed({"put", "--help"}) == Options(HelpOptions{QStringLiteral("put")}));
    QVERIFY(parsed({"history", "-h"}) == Options(HelpOptions{QStringLiteral("history")}));
    for (const char* command : {"resume", "list", "cancel"}) {
        QVERIFY(parsed({command, "--help"}) == Options(HelpOptions{QString::fromLatin1(command)}));
    }
    QVERIFY(parsed({"--version"}) == Options(VersionOptions{}));
}

void TestOptions::mistakesAreNamed_data()
{
    QTest::addColumn<QList<QByteArray>>("arguments");
    QTest::addColumn<QString>("part");

    const auto row = [](const char* name, const QList<QByteArray>& arguments, const char* part) {
        QTest::newRow(name) << arguments << QString::fromUtf8(part);
    };
    row("nothing", {}, "no command");
    row("unknown command", {"upload"}, "unknown command upload");
    row("command with an escape", {"a\x1b[2J"}, "unknown command a\\x1b[2J");
    row("unknown option", {"put", "--spce", "1", "a"}, "--spce");
    row("secret as an argument", {"put", "--access-key-secret", "x", "a"}, "--access-key-secret");
    row("no value", {"put", "a", "--space"}, "--space needs a value");
    row("empty value", {"put", "--space", "", "a"}, "--space must not be empty");
    row("value not UTF-8", {"put", "--space", "\xFF", "a"}, "not UTF-8: \\xff");
    row("flag with a value", {"put", "--json=1", "a"}, "--json takes no value");
    row("no space", {"put", "a"}, "--space ID is missing");
    row("no file", {"put", "--space", "1"}, "no file");
    row("wait", {"put", "--space", "1", "--wait", "soon", "a"}, "--wait");
    row("rate of letters", {"put", "--space", "1", "--limit", "fast", "a"}, "not \"fast\"");
    row("rate below zero", {"put", "--space", "1", "--limit=-5K", "a"}, "--limit");
    row("no rate", {"put", "--space", "1", "--limit=", "a"}, "--limit");
    row("parallel of nothing", {"put", "--space", "1", "--parallel", "0", "a"}, "--parallel");
    row("too parallel", {"put", "--space", "1", "--parallel", "9", "a"}, "at most 8");
    row("too many parts", {"resume", "--parts", "17"}, "at most 16");
    row("enqueue on the sandbox", {"put", "--sandbox", "--enqueue", "a"}, "--enqueue");
    row("resume of a file", {"resume", "a.png"}, "a.png");
    row("list of a file", {"list", "a.png"}, "a.png");
    row("cancel of nothing", {"cancel"}, "no id");
    row("cancel of a file", {"cancel", "a.png"}, "a.png");
    row("cancel of a number that is no id", {"cancel", "0"}, "0");
    row("cancel of a huge number", {"cancel", "99999999999999999999"}, "9999");
    row("limit of letters", {"history", "--limit", "many"}, "--limit");
    row("limit of nothing", {"history", "--limit", "0"}, "--limit");
    row("history of a file", {"history", "a.png"}, "a.png");
    row("sandbox and account", {"put", "--sandbox", "--account", "x", "a"}, "--account");
    row("sandbox and endpoint", {"put", "--sandbox", "--endpoint", "x", "a"}, "--endpoint");
}

void TestOptions::mistakesAreNamed()
{
    QFETCH(QList<QByteArray>, arguments);
    QFETCH(QString, part);
    const Result<Options> options = parseOptions(arguments);
    QVERIFY(!options.ok());
    QCOMPARE(options.error().kind, ErrorKind::Usage);
    QVERIFY2(options.error().message.contains(part), qPrintable(options.error().message));
}

void TestOptions::helpNamesEveryOption()
{
    const QString put = helpText(QStringLiteral("put"));
    for (const char* option : {"--account", "--space", "--endpoint", "--region", "--profile",
                               "--ca-file", "--json", "--sandbox", "--wait", "--parallel",
                               "--parts", "--replace", "--no-link-check", "--enqueue", "--limit"})
        QVERIFY2(put.contains(QLatin1String(option)), option);
    const QString history = helpText(QStringLiteral("history"));
    for (const char* option : {"--json", "--limit", "--search", "--profile"})
        QVERIFY2(history.contains(QLatin1String(option)), option);
    const QString resume = helpText(QStringLiteral("resume"));
    for (const char* option : {"--wait", "--parallel", "--parts", "--profile", "--account"})
        QVERIFY2(resume.contains(QLatin1String(option)), option);
    const QString list = helpText(QStringLiteral("list"));
    const QString cancel = helpText(QStringLiteral("cancel"));
    for (const char* command : {"put", "resume", "list", "cancel", "history"})
        QVERIFY2(helpText({}).contains(QLatin1String(command)), command);
    for (const QString& text : {put, history, resume, list, cancel, helpText({})}) {
        for (const QString& line : text.split(QLatin1Char('\n')))
            QVERIFY2(line.size() <= 80, qPrintable(line));
    }
}

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
