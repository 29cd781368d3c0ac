// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "processes.h"

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace ChatApp;

namespace {

const QString profileName = QStringLiteral("profile");

QStringList oddNames()
{
    return {QStringLiteral("plain.png"),
            QStringLiteral("with two  spaces.png"),
            QStringLiteral("a+b%20c#d?e&f=g.png"),
            QStringLiteral("图片 文件.png"),
            QString::fromUtf8("e\xCC\x81.png"),
            QStringLiteral("😀🎉.png"),
            QString(251, QLatin1Char('a')) + QStringLiteral(".png"),
            QString(85, QChar(0x56FE)),
            QStringLiteral("-leading.png"),
            QStringLiteral("--json"),
            QStringLiteral("new\nline.png"),
            QStringLiteral("\x1b[31mred.png"),
            QStringLiteral("quote'\"back\\slash.png"),
            QStringLiteral("..."),
            QStringLiteral("empty.bin")};
}

QByteArray contentOf(const QString& name)
{
    return name == QLatin1String("empty.bin") ? QByteArray()
                                              : QByteArray("content of ") + name.toUtf8();
}

QStringList putArguments(const SandboxProcess& sandbox, const QStringList& more)
{
    QStringList arguments{QStringLiteral("put"),
                          QStringLiteral("--space"),
                          sandbox.space(),
                          QStringLiteral("--endpoint"),
                          sandbox.endpoint(),
                          QStringLiteral("--profile"),
                          profileName};
    if (!sandbox.caFile().isEmpty())
        arguments.append({QStringLiteral("--ca-file"), sandbox.caFile()});
    return arguments + more;
}

QStringList keysOf(const QJsonObject& object)
{
    QStringList keys = object.keys();
    keys.sort();
    return keys;
}

QByteArray everythingBelow(const QString& folder)
{
    QByteArray all;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly))
            all += file.fileName().toUtf8() + file.readAll();
    }
    return all;
}

} // namespace

class TestCliPut : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oddNamesGetLinksThatOpen_data();
    void oddNamesGetLinksThatOpen();
    void namesCannotForgeLines();
    void fieldsAreAsPromised();
    void historyListsWhatWasDone();
    void historyOfNothing();
    void noSecretIsLeftBehind();
    void practiceNeedsNothing();
    void itWorksInTheCLocale();
    void helpAndVersion();
};

void TestCliPut::oddNamesGetLinksThatOpen_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("http") << QStringList{};
    QTest::newRow("TLS") << QStringList{QStringLiteral("--tls")};
}

void TestCliPut::oddNamesGetLinksThatOpen()
{
    QFETCH(QStringList, options);
    const QTemporaryDir folder;
    SandboxProcess sandbox;
    QVERIFY(sandbox.start(options));
    for (const QString& name : oddNames())
        QVERIFY(writeFile(folder.filePath(name), contentOf(name)));

    const CliOutcome run = runCli(
        folder.path(), cliEnvironment(folder.path(), &sandbox),
        putArguments(sandbox,
                     QStringList{QStringLiteral("--json"), QStringLiteral("--")} + oddNames()));

    QVERIFY2(run.exitCode == 0, run.err.constData());
    const QList<QJsonObject> finished = run.events("finished");
    QStringList names;
    for (const QJsonObject& event : finished) {
        const QString name = event.value(QLatin1String("file")).toString();
        names.append(name);
        const QString url = event.value(QLatin1String("url")).toString();
        const std::optional<QByteArray> fetched = fetchAnonymously(url, sandbox.caFile());
        QVERIFY2(fetched.has_value(), qPrintable(url));
        QCOMPARE(*fetched, contentOf(name));
        QCOMPARE(event.value(QLatin1String("size")).toInteger(), contentOf(name).size());
    }
    names.sort();
    QStringList expected = oddNames();
    expected.sort();
    QCOMPARE(names, expected);
    QCOMPARE(run.err, QByteArray());
}

void TestCliPut::namesCannotForgeLines()
{
    const QTemporaryDir folder;
    SandboxProcess sandbox;
    QVERIFY(sandbox.start());
    const QString name = QStringLiteral("a\ndone     forged\x1b[2J.png");
    QVERIFY(writeFile(folder.filePath(name), "x"));
    const QProcessEnvironment environment = cliEnvironment(folder.path(), &sandbox);

    const CliOutcome run =
        runCli(folder.path(), environment, putArguments(sandbox, {QStringLiteral("--"), name}));
    QCOMPARE(run.exitCode, 0);
    const CliOutcome history =
        runCli(folder.path(), environment,
               {QStringLiteral("history"), QStringLiteral("--profile"), profileName});
    QCOMPARE(history.exitCode, 0);
    for (const QByteArray& text : {run.out, history.out}) {
        QVERIFY(!text.contains('\x1b'));
        QVERIFY(!text.contains("\ndone     forged"));
        QVERIFY2(text.contains("a\\ndone     forged\\x1b[2J.png"), text.constData());
    }
}

void TestCliPut::fieldsAreAsPromised()
{
    const QTemporaryDir folder;
    SandboxProcess sandbox;
    QVERIFY(sandbox.start({},
                          R"({"rules": [{"operation": "PutObject", "ordinal": 1, "fault": "slow",
                                         "bytesPerSecond": 200000}]})"));
    QVERIFY(writeFile(folder.filePath(QStringLiteral("a.png")), QByteArray(100'000, 'x')));

    const CliOutcome run = runCli(folder.path(), cliEnvironment(folder.path(), &sandbox),
                                  putArguments(sandbox,
                                               {QStringLiteral("--json"), QStringLiteral("a.png"),
                                                QStringLiteral("missing.png")}));

    QCOMPARE(run.exitCode, 1);
    QStringList order;
    for (const QJsonObject& object : run.objects()) {
        const QString event = object.value(QLatin1String("event")).toString() + QLatin1Char(' ')
            + object.value(QLatin1String("file")).toString();
        if (order.isEmpty() || order.last() != event)
            order.append(event);
    }
    QCOMPARE(order,
             (QStringList{QStringLiteral("failed missing.png"), QStringLiteral("queued a.png"),
                          QStringLiteral("started a.png"), QStringLiteral("progress a.png"),
                          QStringLiteral("finished a.png"), QStringLiteral("summary ")}));
    const auto keys = [&run](const char* event) {
        const QList<QJsonObject> events = run.events(event);
        return events.isEmpty() ? QStringList() : keysOf(events.first());
    };
    const auto sorted = [](const char* names) {
        QStringList list = QString::fromLatin1(names).split(QLatin1Char(' '));
        list.append(QStringLiteral("event"));
        list.sort();
        return list;
    };
    QCOMPARE(keys("queued"), sorted("file id size"));
    QCOMPARE(keys("started"), sorted("file"));
    QCOMPARE(keys("progress"), sorted("file state bytes size bytesPerSecond"));
    QCOMPARE(keys("finished"), sorted("file size key url crc64 requestId seconds link"));
    QCOMPARE(keys("failed"), sorted("file kind code message httpStatus requestId"));
    QCOMPARE(keys("summary"), sorted("files done failed bytes seconds"));

    const QJsonObject finished = run.events("finished").first();
    QVERIFY(finished.value(QLatin1String("seconds")).toDouble() > 0);
    QVERIFY(!finished.value(QLatin1String("requestId")).toString().isEmpty());
    QVERIFY(finished.value(QLatin1String("url"))
                .toString()
                .endsWith(finished.value(QLatin1String("key")).toString()));
    const QJsonObject summary = run.events("summary").first();
    QCOMPARE(summary.value(QLatin1String("files")).toInt(), 2);
    QCOMPARE(summary.value(QLatin1String("done")).toInt(), 1);
    QCOMPARE(summary.value(QLatin1String("failed")).toInt(), 1);
    QCOMPARE(summary.value(QLatin1String("bytes")).toInt(), 100'000);
    QVERIFY(sandbox.planNow().contains("\"hits\":1"));
}

void TestCliPut::historyListsWhatWasDone()
{
    const QTemporaryDir folder;
    SandboxProcess sandbox;
    QVERIFY(sandbox.start());
    const QStringList names{QStringLiteral("one.png"), QStringLiteral("图片.png"),
                            QStringLiteral("three.png")};
    const QProcessEnvironment environment = cliEnvironment(folder.path(), &sandbox);
    QString lastUrl;
    for (const QString& name : names) {
        QVERIFY(writeFile(folder.filePath(name), contentOf(name)));
        const CliOutcome run = runCli(folder.path(), environment,
                                      putArguments(sandbox, {QStringLiteral("--json"), name}));
        QCOMPARE(run.exitCode, 0);
        lastUrl = run.events("finished").first().value(QLatin1String("url")).toString();
    }
    const auto files = [&](const QStringList& more) {
        const CliOutcome history =
            runCli(folder.path(), environment,
                   QStringList{QStringLiteral("history"), QStringLiteral("--json"),
                               QStringLiteral("--profile"), profileName}
                       + more);
        QStringList found;
        for (const QJsonObject& row : history.objects())
            found.append(row.value(QLatin1String("file")).toString().section(QLatin1Char('/'), -1));
        return found;
    };
    QCOMPARE(files({}), (QStringList{names.at(2), names.at(1), names.at(0)}));
    QCOMPARE(files({QStringLiteral("--limit"), QStringLiteral("2")}),
             (QStringList{names.at(2), names.at(1)}));
    QCOMPARE(files({QStringLiteral("--search"), QStringLiteral("图片")}), QStringList{names.at(1)});
    QCOMPARE(files({QStringLiteral("--search"), QStringLiteral("three")}),
             QStringList{names.at(2)});
    QCOMPARE(files({QStringLiteral("--search"), lastUrl}), QStringList{names.at(2)});
    QCOMPARE(files({QStringLiteral("--search"), QStringLiteral("nothing like it")}), QStringList{});
}

void TestCliPut::historyOfNothing()
{
    const QTemporaryDir folder;
    for (const QStringList& options : {QStringList{}, QStringList{QStringLiteral("--json")}}) {
        const CliOutcome history = runCli(folder.path(), cliEnvironment(folder.path()),
                                          QStringList{QStringLiteral("history")} + options);
        QCOMPARE(history.exitCode, 0);
        QCOMPARE(history.out, QByteArray());
        QCOMPARE(history.err, QByteArray());
    }
    QVERIFY(QDir(folder.path())
                .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
                .isEmpty());
}

void TestCliPut::noSecretIsLeftBehind()
{
    const QTemporaryDir folder;
    SandboxProcess sandbox;
    // A refusal on the way, so that an error is logged and stored too.
    QVERIFY(sandbox.start({},
                          R"({"rules": [{"operation": "PutObject", "ordinal": 1,
                                         "fault": "expiredToken"},
                                        {"operation": "PutObject", "ordinal": 3,
                                         "fault": "deny"}]})"));
    for (const char* name : {"a.png", "b.png"})
        QVERIFY(writeFile(folder.filePath(QString::fromLatin1(name)), "x"));
    QProcessEnvironment environment = cliEnvironment(folder.path(), &sandbox);
    environment.insert(QStringLiteral("QT_LOGGING_RULES"),
                       QStringLiteral("chatapp.*=true;qt.network.*=true"));
    QByteArray all;
    for (const char* name : {"a.png", "b.png"}) {
        const CliOutcome run =
            runCli(folder.path(), environment,
                   putArguments(sandbox, {QStringLiteral("--json"), QString::fromLatin1(name)}));
        all += run.out + run.err;
    }
    QVERIFY(!sandbox.planNow().contains("\"hits\":0"));
    all += everythingBelow(folder.filePath(profileName));

    // The search finds what may be there…
    QVERIFY(all.contains(sandbox.accessKeyId().toUtf8()));
    QVERIFY(all.contains("chatapp-uploader.log"));
    // … and nothing else.
    QVERIFY(!all.contains(sandbox.accessKeySecret().toUtf8()));
    static const QRegularExpression forbidden(
        QStringLiteral(
            "Signature=(?!\\[hidden\\])|OSS4-HMAC-SHA256 |ACS3-HMAC-SHA256 |CAIS|"
            "security-token: (?!\\[hidden\\])|STS\\.|SandboxSecret|SANDBOX(\\+|%2B)TOKEN"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = forbidden.match(QString::fromLatin1(all));
    QVERIFY2(!match.hasMatch(), qPrintable(match.captured()));
}

void TestCliPut::practiceNeedsNothing()
{
    const QTemporaryDir folder;
    QVERIFY(writeFile(folder.filePath(QStringLiteral("a.png")), "picture"));
    const CliOutcome run =
        runCli(folder.path(), cliEnvironment(folder.path()),
               {QStringLiteral("put"), QStringLiteral("--sandbox"), QStringLiteral("a.png")});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QVERIFY(run.out.contains("done     a.png"));
    QVERIFY(run.out.contains("http://127.0.0.1:"));
    QVERIFY2(run.out.contains("Link opened: 7 bytes of a.png, equal to the file"),
             run.out.constData());
    // Nothing of it stays.
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{QStringLiteral("a.png")});
}

void TestCliPut::itWorksInTheCLocale()
{
    const QTemporaryDir folder;
    const QString name = QStringLiteral("图片.png");
    QVERIFY(writeFile(folder.filePath(name), "picture"));
    QProcessEnvironment environment = cliEnvironment(folder.path());
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    const CliOutcome run = runCli(folder.path(), environment,
                                  {QStringLiteral("put"), QStringLiteral("--sandbox"), name});
    QCOMPARE(run.exitCode, 0);
    QVERIFY(run.out.contains("done     图片.png"));
    QCOMPARE(run.err, QByteArray());
}

void TestCliPut::helpAndVersion()
{
    const QTemporaryDir folder;
    const QProcessEnvironment environment = cliEnvironment(folder.path());
    const CliOutcome help = runCli(folder.path(), environment, {QStringLiteral("--help")});
    QCOMPARE(help.exitCode, 0);
    QVERIFY(help.out.contains("put"));
    const CliOutcome version = runCli(folder.path(), environment, {QStringLiteral("--version")});
    QCOMPARE(version.exitCode, 0);
    QCOMPARE(version.out, QByteArray("chatapp-upload " CHATAPP_VERSION "\n"));
}

QTEST_GUILESS_MAIN(TestCliPut)
#include "tst_cliput.moc"
