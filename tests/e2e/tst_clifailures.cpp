// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "processes.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace ChatApp;

namespace {

QByteArray nativeName(const QString& path)
{
    return QFile::encodeName(path);
}

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QString kindOf(const QList<QJsonObject>& failures, const QString& file)
{
    for (const QJsonObject& failure : failures) {
        if (failure.value(QLatin1String("file")).toString() == file)
            return failure.value(QLatin1String("kind")).toString();
    }
    return {};
}

QByteArray authorizationRefused(const char* code, int status)
{
    return QByteArray(R"({"rules": [{"operation": "GetChatappUploadAuthorization",
                                     "ordinal": "always", "fault": "status", "status": )")
        + QByteArray::number(status) + R"(, "code": ")" + code + R"("}]})";
}

} // namespace

class TestCliFailures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void filesThatCannotBeUploaded();
    void foldersAreWalked();
    void anotherUsersFile();
    void namesThatAreNotUtf8();
    void filesThatMoveOnTheWay_data();
    void filesThatMoveOnTheWay();
    void refusals_data();
    void refusals();
    void wrongCredentials();
    void severalClasses();
    void usage_data();
    void usage();
    void unknownCertificate();
    void networkThatIsAway_data();
    void networkThatIsAway();
    void profileInUse();

private:
    QStringList put(const SandboxProcess& sandbox, const QStringList& more) const;
    void write(const char* name, const QByteArray& content);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCliFailures::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write("good.png", "good");
}

QStringList TestCliFailures::put(const SandboxProcess& sandbox, const QStringList& more) const
{
    return QStringList{QStringLiteral("put"),        QStringLiteral("--json"),
                       QStringLiteral("--space"),    sandbox.space(),
                       QStringLiteral("--endpoint"), sandbox.endpoint(),
                       QStringLiteral("--profile"),  QStringLiteral("profile")}
    + more;
}

void TestCliFailures::write(const char* name, const QByteArray& content)
{
    QVERIFY(writeFile(m_folder->filePath(QString::fromUtf8(name)), content));
}

void TestCliFailures::filesThatCannotBeUploaded()
{
    SandboxProcess sandbox;
    QVERIFY(sandbox.start());
    QVERIFY(::mkdir(nativeName(m_folder->filePath(QStringLiteral("folder"))).constData(), 0700)
            == 0);
    QVERIFY(::mkfifo(nativeName(m_folder->filePath(QStringLiteral("fifo"))).constData(), 0600)
            == 0);
    const CliOutcome run = runCli(m_folder->path(), cliEnvironment(m_folder->path(), &sandbox),
                                  put(sandbox, words("missing folder fifo good.png good.png/x")));
    QCOMPARE(run.exitCode, 1);
    const QList<QJsonObject> failed = run.events("failed");
    QCOMPARE(failed.size(), 4);
    QCOMPARE(kindOf(failed, QStringLiteral("missing")), QStringLiteral("fileMissing"));
    QCOMPARE(kindOf(failed, QStringLiteral("good.png/x")), QStringLiteral("fileMissing"));
    QCOMPARE(kindOf(failed, QStringLiteral("folder")), QStringLiteral("folderEmpty"));
    QCOMPARE(kindOf(failed, QStringLiteral("fifo")), QStringLiteral("fileNotRegular"));
    QCOMPARE(run.events("finished").size(), 1);
    QVERIFY(run.err.contains("missing: there is no such file"));
}

void TestCliFailures::foldersAreWalked()
{
    SandboxProcess sandbox;
    QVERIFY(sandbox.start());
    for (const char* name : {"d", "d/e", "d/.git"})
        QCOMPARE(::mkdir(nativeName(m_folder->filePath(QString::fromUtf8(name))).constData(), 0700),
                 0);
    write("d/10.png", "ten");
    write("d/9.png", "nine");
    write("d/e/x.png", "x");
    write("d/.git/config", "not for publication");
    const QStringList arguments = put(sandbox, words("good.png d/"));
    const QProcessEnvironment environment = cliEnvironment(m_folder->path(), &sandbox);
    QCOMPARE(::mkfifo(nativeName(m_folder->filePath(QStringLiteral("d/pipe"))).constData(), 0600),
             0);
    QCOMPARE(::symlink("..", nativeName(m_folder->filePath(QStringLiteral("d/e/up"))).constData()),
             0);

    // What is no file is told, and is no failure.
    const CliOutcome run = runCli(m_folder->path(), environment, arguments);
    QCOMPARE(run.exitCode, 0);
    QStringList queued;
    for (const QJsonObject& event : run.events("queued"))
        queued.append(event.value(QLatin1String("file")).toString());
    queued.sort(); // the first ones may have ended before the last were found
    QCOMPARE(queued, words("d/10.png d/9.png d/e/x.png good.png"));
    QCOMPARE(run.events("finished").size(), 4);
    QCOMPARE(run.events("failed").size(), 0);
    QCOMPARE(kindOf(run.events("skipped"), QStringLiteral("d/pipe")),
             QStringLiteral("fileNotRegular"));
    QCOMPARE(kindOf(run.events("skipped"), QStringLiteral("d/e/up")),
             QStringLiteral("fileNotRegular"));
    QCOMPARE(run.events("summary").constFirst().value(QLatin1String("files")).toInt(), 4);

    // What should have gone and cannot is a failure, and the rest goes.
    QCOMPARE(
        ::symlink("gone", nativeName(m_folder->filePath(QStringLiteral("d/lost"))).constData()), 0);
    const CliOutcome second = runCli(m_folder->path(), environment, arguments);
    QCOMPARE(second.exitCode, 1);
    QCOMPARE(kindOf(second.events("failed"), QStringLiteral("d/lost")),
             QStringLiteral("fileMissing"));
    QCOMPARE(second.events("finished").size(), 4);
}

//! Root may read everything: the program runs as somebody else then.
void TestCliFailures::anotherUsersFile()
{
    SandboxProcess sandbox;
    QVERIFY(sandbox.start());
    write("secret.png", "x");
    QVERIFY(QFile::setPermissions(m_folder->filePath(QStringLiteral("secret.png")),
                                  QFile::Permissions()));
    CliProcess process(m_folder->path(), cliEnvironment(m_folder->path(), &sandbox));
    const QStringList arguments = put(sandbox, words("secret.png good.png"));
    if (::geteuid() == 0) {
        constexpr uid_t nobody = 65534;
        const QString copy = m_folder->filePath(QStringLiteral("chatapp-upload"));
        QVERIFY(QFile::copy(builtProgram(QStringLiteral("chatapp-upload")), copy));
        QVERIFY(::chmod(nativeName(copy).constData(), 0755) == 0);
        QVERIFY(::chown(nativeName(m_folder->path()).constData(), nobody, nobody) == 0);
        process.startProgram(QStringLiteral("setpriv"),
                             words("--reuid=65534 --regid=65534 --clear-groups") + QStringList{copy}
                                 + arguments);
    } else {
        process.start(arguments);
    }
    const CliOutcome run = process.outcome();
    // Or the folder could not be removed afterwards.
    QVERIFY(::chown(nativeName(m_folder->path()).constData(), ::geteuid(), ::getegid()) == 0);
    QVERIFY2(run.exitCode == 1, run.err.constData());
    QCOMPARE(kindOf(run.events("failed"), QStringLiteral("secret.png")),
             QStringLiteral("fileUnreadable"));
    QCOMPARE(run.events("finished").size(), 1);
}

void TestCliFailures::namesThatAreNotUtf8()
{
    SandboxProcess sandbox;
    QVERIFY(sandbox.start());
    QVERIFY(writeFile(m_folder->filePath(QStringLiteral("x")), "x"));
    CliProcess process(m_folder->path(), cliEnvironment(m_folder->path(), &sandbox));
    QStringList quoted;
    for (const QString& argument : put(sandbox, {}))
        quoted.append(QLatin1Char('\'') + argument + QLatin1Char('\''));
    process.startShell(
        // Removed by the shell again: Qt cannot even name it.
        QStringLiteral("name=$(printf 'caf\\351.png'); cp x \"$name\"; \"$CLI\" %1 \"$name\" "
                       "good.png; code=$?; rm \"$name\"; exit $code")
            .arg(quoted.join(QLatin1Char(' '))));
    const CliOutcome run = process.outcome();
    QCOMPARE(run.exitCode, 1);
    QCOMPARE(kindOf(run.events("failed"), QStringLiteral("caf\\xe9.png")),
             QStringLiteral("fileNameNotUtf8"));
    QCOMPARE(run.events("finished").size(), 1);
    QVERIFY(run.err.contains("caf\\xe9.png: the file's name is not UTF-8"));
}

void TestCliFailures::filesThatMoveOnTheWay_data()
{
    QTest::addColumn<QByteArray>("newContent");
    QTest::addColumn<QString>("kind");
    QTest::newRow("vanishes") << QByteArray() << QStringLiteral("fileMissing");
    QTest::newRow("grows") << QByteArray("other content") << QStringLiteral("fileChanged");
    QTest::newRow("same size") << QByteArray("ever") << QStringLiteral("fileChanged");
}

void TestCliFailures::filesThatMoveOnTheWay()
{
    QFETCH(QByteArray, newContent);
    QFETCH(QString, kind);
    SandboxProcess sandbox;
    QVERIFY(sandbox.start({},
                          R"({"rules": [{"operation": "GetChatappUploadAuthorization",
                                         "fault": "slow", "delayMs": 3000}]})"));
    CliProcess process(m_folder->path(), cliEnvironment(m_folder->path(), &sandbox));
    process.start(put(sandbox, {QStringLiteral("good.png")}));
    QVERIFY(process.waitForOutput("\"started\""));
    const QString path = m_folder->filePath(QStringLiteral("good.png"));
    QVERIFY(newContent.isEmpty() ? QFile::remove(path) : writeFile(path, newContent));

    const CliOutcome run = process.outcome();
    QCOMPARE(run.exitCode, 1);
    QCOMPARE(kindOf(run.events("failed"), QStringLiteral("good.png")), kind);
    QVERIFY(run.events("finished").isEmpty());
    QVERIFY(sandbox.planNow().contains("\"hits\":1"));
    QVERIFY(!sandbox.objectsNow().contains("good"));
}

void TestCliFailures::refusals_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("exitCode");
    const auto row = [](const char* code, int status, const char* kind, int exitCode) {
        QTest::newRow(code) << QByteArray(code) << status << QString::fromLatin1(kind) << exitCode;
    };
    row("Product.Unsubscript", 400, "notSubscribed", 3);
    row("Ram.PermissionDeny", 400, "permissionDenied", 3);
    row("Unknown.ResourceOwnerId", 400, "ownerUnknown", 3);
    row("InvalidAccessKeyId.NotFound", 404, "accessKeyInvalid", 3);
    row("SignatureDoesNotMatch", 400, "signatureRejected", 3);
    row("InvalidParameter.Example", 400, "rejected", 1);
}

void TestCliFailures::refusals()
{
    QFETCH(QByteArray, code);
    QFETCH(int, status);
    QFETCH(QString, kind);
    QFETCH(int, exitCode);
    SandboxProcess sandbox;
    QVERIFY(sandbox.start({}, authorizationRefused(code.constData(), status)));
    const CliOutcome run = runCli(m_folder->path(), cliEnvironment(m_folder->path(), &sandbox),
                                  put(sandbox, {QStringLiteral("good.png")}));
    QCOMPARE(run.exitCode, exitCode);
    QCOMPARE(run.events("failed").size(), 1);
    const QJsonObject failed = run.events("failed").first();
    QCOMPARE(failed.value(QLatin1String("kind")).toString(), kind);
    QCOMPARE(failed.value(QLatin1String("code")).toString().toUtf8(), code);
    QCOMPARE(failed.value(QLatin1String("httpStatus")).toInt(), status);
    QVERIFY(!failed.value(QLatin1String("requestId")).toString().isEmpty());
    QVERIFY(run.err.contains(code));
}

void TestCliFailures::wrongCredentials()
{
    SandboxProcess sandbox;
    QVERIFY(sandbox.start());
    QProcessEnvironment environment = cliEnvironment(m_folder->path(), &sandbox);
    environment.insert(QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
                       QStringLiteral("ExampleWrongSecret"));
    const CliOutcome run =
        runCli(m_folder->path(), environment, put(sandbox, {QStringLiteral("good.png")}));
    QCOMPARE(run.exitCode, 3);
    QCOMPARE(kindOf(run.events("failed"), QStringLiteral("good.png")),
             QStringLiteral("signatureRejected"));
    QVERIFY(!(run.out + run.err).contains("ExampleWrongSecret"));
}

void TestCliFailures::severalClasses()
{
    SandboxProcess sandbox;
    QVERIFY(sandbox.start({}, authorizationRefused("Ram.PermissionDeny", 400)));
    const CliOutcome run = runCli(m_folder->path(), cliEnvironment(m_folder->path(), &sandbox),
                                  put(sandbox, words("missing good.png")));
    QCOMPARE(run.exitCode, 1);
    QCOMPARE(run.events("failed").size(), 2);
}

void TestCliFailures::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const char* arguments, const char* part) {
        QTest::newRow(name) << words(arguments) << QByteArray(part);
    };
    row("nothing", "", "no command");
    row("no space", "put good.png", "--space ID is missing");
    row("no file", "put --space 1", "no file");
    row("plain http", "put --space 1 --endpoint http://192.0.2.1 good.png", "plain http");
    row("no endpoint", "put --space 1 --endpoint https://a/b good.png", "chatapp-upload: ");
    row("CA file", "put --space 1 --ca-file missing.pem good.png", "missing.pem");
    row("account", "put --space 1 --profile p --account nobody good.png", "no account");
}

void TestCliFailures::usage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, part);
    SandboxProcess sandbox;
    QVERIFY(sandbox.start());
    const CliOutcome run =
        runCli(m_folder->path(), cliEnvironment(m_folder->path(), &sandbox), arguments);
    QVERIFY2(run.exitCode == 2, run.err.constData());
    QVERIFY2(run.err.contains(part), run.err.constData());

    const CliOutcome bare =
        runCli(m_folder->path(), cliEnvironment(m_folder->path()), words("put --space 1 good.png"));
    QCOMPARE(bare.exitCode, 2);
    QVERIFY(bare.err.contains("ALIBABA_CLOUD_ACCESS_KEY_ID"));
}

void TestCliFailures::unknownCertificate()
{
    SandboxProcess sandbox;
    QVERIFY(sandbox.start({QStringLiteral("--tls")}));
    const CliOutcome run = runCli(m_folder->path(), cliEnvironment(m_folder->path(), &sandbox),
                                  put(sandbox, words("--wait 1 good.png")));
    QCOMPARE(run.exitCode, 4);
    QCOMPARE(kindOf(run.events("failed"), QStringLiteral("good.png")), QStringLiteral("tls"));
}

void TestCliFailures::networkThatIsAway_data()
{
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QString>("proxy");
    QTest::newRow("refused") << QStringLiteral("http://127.0.0.1:1") << QString();
    QTest::newRow("proxy refused")
        << QStringLiteral("https://cams.example.invalid") << QStringLiteral("http://127.0.0.1:1");
}

void TestCliFailures::networkThatIsAway()
{
    QFETCH(QString, endpoint);
    QFETCH(QString, proxy);
    SandboxProcess sandbox;
    QVERIFY(sandbox.start());
    QProcessEnvironment environment = cliEnvironment(m_folder->path(), &sandbox);
    if (!proxy.isEmpty())
        environment.insert(QStringLiteral("https_proxy"), proxy);
    QStringList arguments = put(sandbox, words("--wait 1 good.png"));
    arguments.replace(arguments.indexOf(sandbox.endpoint()), endpoint);
    const CliOutcome run = runCli(m_folder->path(), environment, arguments);
    QVERIFY2(run.exitCode == 4, run.err.constData());
    QCOMPARE(run.events("failed").size(), 1);

    // The row stays, and is no history.
    const CliOutcome history =
        runCli(m_folder->path(), environment, words("history --json --profile profile"));
    QCOMPARE(history.exitCode, 0);
    QCOMPARE(history.out, QByteArray());
}

void TestCliFailures::profileInUse()
{
    SandboxProcess sandbox;
    QVERIFY(sandbox.start({},
                          R"({"rules": [{"operation": "PutObject", "ordinal": 2,
                                         "fault": "stall"}]})"));
    const QProcessEnvironment environment = cliEnvironment(m_folder->path(), &sandbox);
    QCOMPARE(
        runCli(m_folder->path(), environment, put(sandbox, {QStringLiteral("good.png")})).exitCode,
        0);
    write("stalled.png", "stalled");
    CliProcess holder(m_folder->path(), environment);
    holder.start(put(sandbox, {QStringLiteral("stalled.png")}));
    QVERIFY(holder.waitForOutput("\"started\""));

    const CliOutcome second =
        runCli(m_folder->path(), environment, put(sandbox, words("good.png missing")));
    QCOMPARE(second.exitCode, 5);
    QCOMPARE(second.events("failed").size(), 2);
    QCOMPARE(second.err.count("another program uses this profile"), 1);
    QVERIFY2(second.err.contains("chatapp-upload"), second.err.constData());
    QVERIFY2(second.err.contains(QByteArray::number(holder.processId())), second.err.constData());

    const CliOutcome history =
        runCli(m_folder->path(), environment, words("history --json --profile profile"));
    QCOMPARE(history.exitCode, 0);
    QCOMPARE(history.objects().size(), 1);
}

QTEST_GUILESS_MAIN(TestCliFailures)
#include "tst_clifailures.moc"
