// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/httprequest.h"
#include "sandbox/osstarget.h"
#include "sandbox/percentcoding.h"
#include "sandbox/sandboxfaultplan.h"
#include "sandbox/sandboxoptions.h"

#include <QtTest/QTest>

using namespace ChatApp;
using namespace ChatApp::Sandbox;

//! Reading what strangers write: heads, URLs, plans, options.
class TestSandboxParsing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badHeads_data();
    void badHeads();
    void keepsPaddingVisible();
    void percentCoding();
    void targets_data();
    void targets();
    void planCountsOccurrences();
    void planSurvivesJson();
    void badPlans_data();
    void badPlans();
    void options();
    void badOptions_data();
    void badOptions();
};

void TestSandboxParsing::badHeads_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    QTest::newRow("empty") << QByteArray("") << 400;
    QTest::newRow("two words") << QByteArray("GET /\r\nHost: x") << 400;
    QTest::newRow("old version") << QByteArray("GET / HTTP/1.0\r\nHost: x") << 505;
    QTest::newRow("absolute form") << QByteArray("GET http://x/ HTTP/1.1\r\nHost: x") << 400;
    QTest::newRow("raw bytes") << QByteArray("GET /\xe5\x9b\xbe HTTP/1.1\r\nHost: x") << 400;
    QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\nAccept: x") << 400;
    QTest::newRow("two hosts") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\nHost: y") << 400;
    QTest::newRow("two lengths") << QByteArray(
        "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2")
                                 << 400;
    QTest::newRow("negative length")
        << QByteArray("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: -1") << 400;
    QTest::newRow("folded line") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n folded") << 400;
    QTest::newRow("space before the colon") << QByteArray("GET / HTTP/1.1\r\nHost : x") << 400;
    QTest::newRow("control character") << QByteArray("GET / HTTP/1.1\r\nHost: x\x01") << 400;
}

void TestSandboxParsing::badHeads()
{
    QFETCH(const QByteArray, head);
    QFETCH(const int, status);
    const auto parsed = parseHead(head);
    QVERIFY(std::holds_alternative<BadRequest>(parsed));
    QCOMPARE(std::get<BadRequest>(parsed).status, status);
}

void TestSandboxParsing::keepsPaddingVisible()
{
    const auto parsed = parseHead("GET /a?b=c HTTP/1.1\r\nHost: x\r\nA:1\r\nB: 2 \r\nC:  3");
    QVERIFY(std::holds_alternative<HttpRequest>(parsed));
    const auto& request = std::get<HttpRequest>(parsed);
    QCOMPARE(request.path, "/a");
    QCOMPARE(request.query, "b=c");
    QCOMPARE(request.fields,
             (QList<HttpField>{{"Host", "x"}, {"A", "1"}, {"B", "2 "}, {"C", " 3"}}));
    QCOMPARE(request.header("b"), "2");
}

void TestSandboxParsing::percentCoding()
{
    QCOMPARE(percentEncode("aZ09-_.~/ !'()*\xc3\xa9", Slash::Keep),
             "aZ09-_.~/%20%21%27%28%29%2A%C3%A9");
    QCOMPARE(percentEncode("/"), "%2F");
    QCOMPARE(percentDecode("a%2Bb+c%E5%9b%BE", Plus::Space).value(), "a+b c\xe5\x9b\xbe");
    QCOMPARE(percentDecode("a+b", Plus::Literal).value(), "a+b");
    for (const char* wrong : {"%", "%4", "a%", "%zz", "%4g", "%%41"})
        QVERIFY2(!percentDecode(wrong, Plus::Literal), wrong);
}

void TestSandboxParsing::targets_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("bucket");
    QTest::addColumn<QByteArray>("key");
    const auto row = [](const char* host, const char* path, const char* bucket, const char* key) {
        QTest::addRow("%s %s", host, path)
            << QByteArray(host) << QByteArray(path) << QByteArray(bucket) << QByteArray(key);
    };
    row("127.0.0.1:80", "/b/k", "b", "k");
    row("[::1]:80", "/b/d/k", "b", "d/k");
    row("localhost", "/b/k%20k", "b", "k k");
    row("127.0.0.1", "/b", "b", "");
    row("127.0.0.1", "/other/k", "other", "k");
    row("b.oss-ap-southeast-1.aliyuncs.com", "/d/k", "b", "d/k");
    row("b.oss-ap-southeast-1.aliyuncs.com", "/b/d/k", "b", "d/k");
    row("x.oss-ap-southeast-1.aliyuncs.com", "/d/k", "x", "d/k");
    row("b.localhost:80", "//k", "b", "/k");
}

void TestSandboxParsing::targets()
{
    QFETCH(const QByteArray, host);
    QFETCH(const QByteArray, path);
    const HttpRequest request{"GET", path, "", {{"Host", host}}};
    const auto target = findOssTarget(request, "b");
    QVERIFY(target);
    QTEST(target->bucket, "bucket");
    QTEST(target->key, "key");
}

void TestSandboxParsing::planCountsOccurrences()
{
    using Operation = SandboxOperation;
    SandboxFaultRule second = SandboxFaultRule::nth(Operation::PutObject, 2, {});
    second.count = 2;
    SandboxFaultRule acl = SandboxFaultRule::always(Operation::PutObject, {});
    acl.fault.type = SandboxFault::Type::DenyAcl;
    SandboxFaultPlan plan({second, acl, SandboxFaultRule::nth(Operation::Any, 6, {})});
    QCOMPARE(plan.meet(Operation::PutObject, false), -1);
    QCOMPARE(plan.meet(Operation::HeadObject, false), -1);
    QCOMPARE(plan.meet(Operation::PutObject, false), 0);
    QCOMPARE(plan.meet(Operation::PutObject, true), 0);
    QCOMPARE(plan.meet(Operation::PutObject, true), 1);
    QCOMPARE(plan.meet(Operation::HeadObject, false), 2);
    QCOMPARE(plan.meet(Operation::PutObject, false), -1);
    QCOMPARE(plan.rules().at(0).hits, 2);
    QCOMPARE(plan.rules().at(1).hits, 1);
    QCOMPARE(plan.rules().at(2).hits, 1);
}

void TestSandboxParsing::planSurvivesJson()
{
    const QByteArray json = R"({"rules":[
        {"operation":"PutObject","ordinal":3,"count":2,"fault":"status","status":503,
         "code":"Busy","ec":"0001-1","retryAfterMs":250,"commit":true},
        {"operation":"Any","ordinal":"always","fault":"clockSkew","skewSeconds":-3600},
        {"operation":"UploadPart","fault":"slow","bytesPerSecond":1000,"delayMs":5},
        {"operation":"GetObject","fault":"redirect","location":"http://127.0.0.1/","bytes":0}]})";
    const auto plan = SandboxFaultPlan::fromJson(json);
    QVERIFY(plan);
    const auto again = SandboxFaultPlan::fromJson(plan->toJson());
    QVERIFY(again);
    QCOMPARE(again->toJson(), plan->toJson());
    const SandboxFaultRule& first = again->rules().constFirst();
    QCOMPARE(first.ordinal, 3);
    QCOMPARE(first.count, 2);
    QCOMPARE(first.fault.status, 503);
    QCOMPARE(first.fault.code, QStringLiteral("Busy"));
    QCOMPARE(first.fault.retryAfter, std::chrono::milliseconds(250));
    QVERIFY(first.fault.commit);
    QCOMPARE(again->rules().at(1).ordinal, 0);
    QCOMPARE(again->rules().at(1).fault.skew, std::chrono::milliseconds(-3'600'000));
    QCOMPARE(again->rules().at(2).fault.bytesPerSecond, 1000);
    QCOMPARE(again->rules().at(3).fault.bytes, 0);
}

void TestSandboxParsing::badPlans_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no rules") << QByteArray("{}");
    QTest::newRow("operation") << QByteArray(R"({"rules":[{"operation":"Put","fault":"stall"}]})");
    QTest::newRow("fault") << QByteArray(R"({"rules":[{"operation":"Any","fault":"explode"}]})");
    QTest::newRow("ordinal") << QByteArray(
        R"({"rules":[{"operation":"Any","fault":"stall","ordinal":0}]})");
    QTest::newRow("member") << QByteArray(
        R"({"rules":[{"operation":"Any","fault":"stall","delay":1}]})");
}

void TestSandboxParsing::badPlans()
{
    QFETCH(const QByteArray, json);
    const auto plan = SandboxFaultPlan::fromJson(json);
    QVERIFY(!plan);
    QCOMPARE(plan.error().kind, ErrorKind::Usage);
}

void TestSandboxParsing::options()
{
    const auto options = parseSandboxOptions(
        {QStringLiteral("--port"), QStringLiteral("8080"), QStringLiteral("--no-v4"),
         QStringLiteral("--expire-format=epoch-ms"), QStringLiteral("--dir-format=both-slashes"),
         QStringLiteral("--endpoint-format=host"), QStringLiteral("--token-lifetime=60"),
         QStringLiteral("--quota=1000"), QStringLiteral("--latency=5"), QStringLiteral("--private"),
         QStringLiteral("--json"), QStringLiteral("--tls")});
    QVERIFY(options);
    const SandboxBehavior& behavior = options->config.behavior;
    QCOMPARE(options->config.port, 8080);
    QVERIFY(options->json && options->tls && !behavior.acceptV4 && behavior.acceptV1);
    QVERIFY(behavior.privateObjects);
    QCOMPARE(behavior.expireFormat, SandboxBehavior::ExpireFormat::EpochMilliseconds);
    QCOMPARE(behavior.dirFormat, SandboxBehavior::DirFormat::BothSlashes);
    QCOMPARE(behavior.endpointFormat, SandboxBehavior::EndpointFormat::Host);
    QCOMPARE(behavior.tokenLifetime, std::chrono::seconds(60));
    QCOMPARE(behavior.quota, 1000);
    QCOMPARE(behavior.latency, std::chrono::milliseconds(5));
}

void TestSandboxParsing::badOptions_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const QString& argument) {
        QTest::newRow(qPrintable(argument)) << argument.split(QLatin1Char(' '));
    };
    row(QStringLiteral("--port 65536"));
    row(QStringLiteral("--port x"));
    row(QStringLiteral("--latency -1"));
    row(QStringLiteral("--dir-format round"));
    row(QStringLiteral("--cert a.pem"));
    row(QStringLiteral("--tls --cert a.pem"));
    row(QStringLiteral("--space s"));
    row(QStringLiteral("--account a --space s")); // without a secret in the environment
    row(QStringLiteral("--plan /does/not/exist"));
    row(QStringLiteral("--unknown"));
    row(QStringLiteral("file"));
}

void TestSandboxParsing::badOptions()
{
    qunsetenv("CHATAPP_SANDBOX_SECRET");
    QFETCH(const QStringList, arguments);
    const auto options = parseSandboxOptions(arguments);
    QVERIFY(!options);
    QCOMPARE(options.error().kind, ErrorKind::Usage);
}

QTEST_GUILESS_MAIN(TestSandboxParsing)
#include "tst_sandboxparsing.moc"
