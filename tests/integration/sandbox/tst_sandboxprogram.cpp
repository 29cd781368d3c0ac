// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "support/sandboxclient.h"
#include "support/sandboxprocess.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslSocket>
#include <QtTest/QTest>

using namespace ChatApp;
using namespace ChatApp::Test;

namespace {

const QString program = QStringLiteral(CHATAPP_BIN_DIR "/chatapp-sandbox");

SandboxAccount accountOf(const SandboxProcess& sandbox)
{
    return {sandbox.value("accessKeyId"),
            sandbox.value("accessKeySecret"),
            {},
            {sandbox.introduction().value(QLatin1String("spaces")).toArray().at(0).toString()}};
}

} // namespace

//! The program chatapp-sandbox and its admin interface.
class TestSandboxProgram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void serves();
    void admin();
    void adminWantsItsToken();
    void waitsForAnEvent();
    void makesACertificate();
    void cleansUp();
    void knowsAGivenAccount();
    void refusesNonsense();
    void helps();

private:
    static RawAnswer askAdmin(const SandboxProcess& sandbox, const QByteArray& method,
                              const QByteArray& target, const QByteArray& body = {});
    static QJsonObject json(const RawAnswer& answer)
    {
        return QJsonDocument::fromJson(answer.body).object();
    }
    static RawAnswer upload(const SandboxProcess& sandbox);
};

RawAnswer TestSandboxProgram::askAdmin(const SandboxProcess& sandbox, const QByteArray& method,
                                       const QByteArray& target, const QByteArray& body)
{
    const QUrl url(sandbox.value("adminUrl"));
    RawRequest request{method, target, {{"Host", "127.0.0.1"}}, body};
    request.set("Content-Length", QByteArray::number(body.size()));
    request.set("x-sandbox-token", sandbox.value("adminToken").toUtf8());
    return SandboxClient(quint16(url.port()), {}).send(request, 15'000);
}

RawAnswer TestSandboxProgram::upload(const SandboxProcess& sandbox)
{
    SandboxClient client(sandbox.port(), accountOf(sandbox));
    const RawCredentials credentials = client.authorize();
    client.setBucket(credentials.bucket);
    return client.send(
        client.v4(client.oss("PUT", credentials.directory + "/a.png", "content"), credentials));
}

void TestSandboxProgram::serves()
{
    SandboxProcess sandbox;
    const QString problem = sandbox.start(program);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QCOMPARE(sandbox.value("endpoint"), QStringLiteral("http://127.0.0.1:%1").arg(sandbox.port()));
    QCOMPARE(upload(sandbox).status, 200);
    QCOMPARE(sandbox.stop(), 0);
}

void TestSandboxProgram::admin()
{
    SandboxProcess sandbox;
    QVERIFY(sandbox.start(program).isEmpty());
    const QByteArray plan = R"({"rules":[{"operation":"PutObject","ordinal":1,"fault":"status",
                                          "status":503,"code":"ServiceUnavailable"}]})";
    QCOMPARE(askAdmin(sandbox, "PUT", "/plan", plan).status, 200);
    QCOMPARE(upload(sandbox).status, 503);
    QCOMPARE(upload(sandbox).status, 200);
    const QJsonObject rule = json(askAdmin(sandbox, "GET", "/plan"))
                                 .value(QLatin1String("rules"))
                                 .toArray()
                                 .at(0)
                                 .toObject();
    QCOMPARE(rule.value(QLatin1String("hits")).toInt(), 1);
    QCOMPARE(askAdmin(sandbox, "PUT", "/plan", "{}").status, 400);

    const QJsonArray objects =
        json(askAdmin(sandbox, "GET", "/objects")).value(QLatin1String("objects")).toArray();
    QCOMPARE(objects.size(), 1);
    QCOMPARE(objects.at(0).toObject().value(QLatin1String("size")).toInt(), 7);
    const RawAnswer log = askAdmin(sandbox, "GET", "/log");
    QCOMPARE(json(log).value(QLatin1String("log")).toArray().size(), 4);
    QVERIFY(!log.body.contains("Signature=") && !log.body.contains("SANDBOX+TOKEN"));
    const QJsonObject requests =
        json(askAdmin(sandbox, "GET", "/stats")).value(QLatin1String("requests")).toObject();
    QCOMPARE(requests.value(QLatin1String("PutObject")).toInt(), 2);
    QVERIFY(json(askAdmin(sandbox, "GET", "/uploads")).contains(QLatin1String("uploads")));

    QCOMPARE(askAdmin(sandbox, "POST", "/config", R"({"clockOffsetMs":3600000})").status, 200);
    SandboxClient client(sandbox.port(), accountOf(sandbox));
    QCOMPARE(client.send(client.camsCall("GetChatappOpenStatus", {})).code(),
             "InvalidTimeStamp.Expired");
    QCOMPARE(askAdmin(sandbox, "POST", "/config", R"({"unknown":1})").status, 400);
    QCOMPARE(askAdmin(sandbox, "POST", "/config", R"({"acceptV1":"no"})").status, 400);
    QCOMPARE(
        json(askAdmin(sandbox, "GET", "/config")).value(QLatin1String("clockOffsetMs")).toInteger(),
        3'600'000);
}

void TestSandboxProgram::adminWantsItsToken()
{
    SandboxProcess sandbox;
    QVERIFY(sandbox.start(program).isEmpty());
    const quint16 port = quint16(QUrl(sandbox.value("adminUrl")).port());
    RawRequest request{"GET", "/objects", {{"Host", "127.0.0.1"}}, {}};
    QCOMPARE(SandboxClient(port, {}).send(request).status, 401);
    request.set("x-sandbox-token", "wrong");
    QCOMPARE(SandboxClient(port, {}).send(request).status, 401);
    // The public port has no such calls.
    request.set("x-sandbox-token", sandbox.value("adminToken").toUtf8());
    QCOMPARE(SandboxClient(sandbox.port(), {}).send(request).status, 404);
}

void TestSandboxProgram::waitsForAnEvent()
{
    SandboxProcess sandbox;
    QVERIFY(sandbox.start(program).isEmpty());
    const QByteArray wait = "/events/wait?kind=committed&operation=PutObject&timeoutMs=";
    QCOMPARE(askAdmin(sandbox, "GET", wait + "50").status, 408);
    upload(sandbox);
    const RawAnswer answer = askAdmin(sandbox, "GET", wait + "10000");
    QCOMPARE(answer.status, 200);
    QVERIFY(json(answer).value(QLatin1String("key")).toString().endsWith(QLatin1String("/a.png")));
    QCOMPARE(askAdmin(sandbox, "GET", "/events/wait?kind=never").status, 400);
}

void TestSandboxProgram::makesACertificate()
{
    QTemporaryDir data;
    SandboxProcess sandbox;
    QVERIFY(sandbox.start(program, {QStringLiteral("--tls"), QStringLiteral("--data"), data.path()})
                .isEmpty());
    QVERIFY(sandbox.value("caFile").startsWith(data.path()));
    QVERIFY(QFile::permissions(data.filePath(QStringLiteral("sandbox-key.pem")))
            == (QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser));
    QSslSocket socket;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(sandbox.value("caFile")));
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), sandbox.port());
    QVERIFY2(socket.waitForEncrypted(), qPrintable(socket.errorString()));
}

void TestSandboxProgram::cleansUp()
{
    QTemporaryDir data;
    SandboxProcess sandbox;
    QVERIFY(sandbox.start(program, {QStringLiteral("--data"), data.path()}).isEmpty());
    QCOMPARE(upload(sandbox).status, 200);
    QVERIFY(!QDir(data.path()).isEmpty());
    QCOMPARE(sandbox.stop(), 0);
    QVERIFY(QDir(data.path()).isEmpty());
}

void TestSandboxProgram::knowsAGivenAccount()
{
    qputenv("CHATAPP_SANDBOX_SECRET", "ExampleSecretGiven");
    SandboxProcess sandbox;
    const QString problem =
        sandbox.start(program,
                      {QStringLiteral("--account"), QStringLiteral("ExampleKey"),
                       QStringLiteral("--space"), QStringLiteral("cams-example")});
    qunsetenv("CHATAPP_SANDBOX_SECRET");
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QVERIFY(!sandbox.introduction().contains(QLatin1String("accessKeySecret")));
    const SandboxClient client(sandbox.port(),
                               {QStringLiteral("ExampleKey"),
                                QStringLiteral("ExampleSecretGiven"),
                                {},
                                {QStringLiteral("cams-example")}});
    QVERIFY(!client.authorize().token.isEmpty());
}

void TestSandboxProgram::refusesNonsense()
{
    QProcess process;
    process.start(program, {QStringLiteral("--port"), QStringLiteral("x")});
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(process.readAllStandardError().contains("--port"));
}

void TestSandboxProgram::helps()
{
    QProcess process;
    process.start(program, {QStringLiteral("--help")});
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 0);
    const QByteArray help = process.readAllStandardOutput();
    for (const char* option :
         {"--port", "--data", "--quota", "--tls", "--cert", "--key", "--token-lifetime",
          "--expire-format", "--endpoint-format", "--dir-format", "--region", "--no-v4", "--no-v1",
          "--private", "--plan", "--latency", "--json"})
        QVERIFY2(help.contains(option), option);
}

QTEST_GUILESS_MAIN(TestSandboxProgram)
#include "tst_sandboxprogram.moc"
