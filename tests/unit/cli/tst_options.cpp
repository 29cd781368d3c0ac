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
    expected.files = {"a.png", "b.png"};
    QCOMPARE(putOf({"put",        "--account", "shop",     "--space", "42",
                    "--endpoint", "https://e", "--region", "r",       "--profile",
                    "p",          "--ca-file", "ca.pem",   "--json",  "--wait",
                    "5",          "--limit",   "1.5M",     "a.png",   "b.png"}),
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
                               "--ca-file", "--json", "--sandbox", "--wait", "--limit"})
        QVERIFY2(put.contains(QLatin1String(option)), option);
    const QString history = helpText(QStringLiteral("history"));
    for (const char* option : {"--json", "--limit", "--search", "--profile"})
        QVERIFY2(history.contains(QLatin1String(option)), option);
    for (const QString& text : {put, history, helpText({})}) {
        for (const QString& line : text.split(QLatin1Char('\n')))
            QVERIFY2(line.size() <= 80, qPrintable(line));
    }
}

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
