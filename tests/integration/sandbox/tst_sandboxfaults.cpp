// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/clock.h"
#include "support/sandboxclient.h"
#include "support/sandboxfixture.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <future>

using namespace ChatApp;
using namespace ChatApp::Test;

Q_DECLARE_METATYPE(ChatApp::SandboxFault)

//! Every fault of the plan, met over a real socket, with what it did to the store and its hits.
class TestSandboxFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<SandboxEvent>(); }
    void init();
    void cleanup() { m_sandbox.reset(); }
    void putFaults_data();
    void putFaults();
    void camsFaults_data();
    void camsFaults();
    void closesAfterBytes();
    void stallIsBounded();
    void slowReadsAndAnswersLate();
    void wrongAndMissingCrc();
    void deniesSomeOperationsOnly();
    void clockSkew();
    void hitsTheNthOnly();
    void tellsEventsInOrder();
    void waitsForEvents();
    void standsStillAtTheGate();

private:
    RawRequest put(const QByteArray& name, const QByteArray& body = "content") const
    {
        return m_client->v4(m_client->oss("PUT", m_credentials.directory + '/' + name, body),
                            m_credentials);
    }
    bool stored(const char* name) const
    {
        return m_sandbox->server()
            .object(QString::fromUtf8(m_credentials.directory + '/' + name))
            .has_value();
    }

    std::unique_ptr<SandboxFixture> m_sandbox;
    std::unique_ptr<SandboxClient> m_client;
    RawCredentials m_credentials;
};

namespace {

SandboxFault fault(SandboxFault::Type type)
{
    SandboxFault made;
    made.type = type;
    return made;
}

} // namespace

void TestSandboxFaults::init()
{
    m_sandbox = std::make_unique<SandboxFixture>();
    QVERIFY2(m_sandbox->problem().isEmpty(), qPrintable(m_sandbox->problem()));
    m_client = std::make_unique<SandboxClient>(m_sandbox->server().port(), m_sandbox->account());
    m_credentials = m_client->authorize();
    m_client->setBucket(m_credentials.bucket);
}

void TestSandboxFaults::putFaults_data()
{
    using Type = SandboxFault::Type;
    QTest::addColumn<SandboxFault>("planned");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<bool>("isStored");
    const auto row = [](const char* name, const SandboxFault& planned, int status, const char* code,
                        bool isStored) {
        QTest::newRow(name) << planned << status << QByteArray(code) << isStored;
    };
    SandboxFault busy = fault(Type::Status);
    busy.status = 503;
    busy.code = QStringLiteral("ServiceUnavailable");
    row("status", busy, 503, "ServiceUnavailable", false);
    busy.commit = true;
    row("status after commit", busy, 503, "ServiceUnavailable", true);
    row("close before reply", fault(Type::CloseBeforeReply), 0, "", false);
    row("commit then close", fault(Type::CommitThenClose), 0, "", true);
    row("expired token", fault(Type::ExpiredToken), 403, "SecurityTokenExpired", false);
    row("throttle", fault(Type::Throttle), 503, "QpsLimitExceeded", false);
    row("deny", fault(Type::Deny), 403, "AccessDenied", false);
    row("garbage", fault(Type::Garbage), 200, "", false);
    row("no http", fault(Type::NotHttp), 0, "", false);
    row("huge", fault(Type::Huge), 200, "", false);
    row("html", fault(Type::Html), 200, "", false);
    row("redirect", fault(Type::Redirect), 302, "", false);
    row("error in 200", fault(Type::ErrorIn200), 200, "InternalError", false);
    row("wrong CRC", fault(Type::WrongCrc), 200, "", true);
    row("missing CRC", fault(Type::MissingCrc), 200, "", true);
}

void TestSandboxFaults::putFaults()
{
    QFETCH(const SandboxFault, planned);
    m_sandbox->plan({SandboxFaultRule::nth(SandboxOperation::PutObject, 1, planned)});
    const RawAnswer answer = m_client->send(put("a"));
    QTEST(answer.status, "status");
    QTEST(answer.code(), "code");
    QTEST(stored("a"), "isStored");
    QVERIFY(!answer.timedOut);
    QCOMPARE(m_sandbox->server().faultHits(0), 1);
    QCOMPARE(m_sandbox->log(SandboxOperation::PutObject).constLast().fault, 0);
    using Type = SandboxFault::Type;
    if (planned.type == Type::Huge)
        QVERIFY(answer.body.size() > 1024 * 1024);
    if (planned.type == Type::Html)
        QVERIFY(answer.headers.value("content-type").startsWith("text/html"));
    if (planned.type == Type::Redirect)
        QVERIFY(!answer.headers.value("location").isEmpty());
    if (planned.type == Type::NotHttp)
        QVERIFY(!answer.body.isEmpty());
    QCOMPARE(m_client->send(put("after")).status, 200);
    QCOMPARE(m_sandbox->server().faultHits(0), 1);
}

void TestSandboxFaults::camsFaults_data()
{
    using Type = SandboxFault::Type;
    QTest::addColumn<SandboxFault>("planned");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    SandboxFault throttle = fault(Type::Throttle);
    throttle.retryAfter = std::chrono::milliseconds(321);
    QTest::newRow("throttle") << throttle << 400 << QByteArray("Throttling.User");
    SandboxFault refused = fault(Type::ErrorIn200);
    refused.code = QStringLiteral("Ram.PermissionDeny");
    QTest::newRow("error in 200") << refused << 200 << QByteArray("Ram.PermissionDeny");
    QTest::newRow("deny") << fault(Type::Deny) << 403 << QByteArray("Forbidden.RAM");
    QTest::newRow("token") << fault(Type::ExpiredToken) << 400
                           << QByteArray("InvalidSecurityToken.Expired");
    QTest::newRow("skew") << [] {
        SandboxFault skew = fault(Type::ClockSkew);
        skew.skew = std::chrono::minutes(-20);
        return skew;
    }() << 400 << QByteArray("InvalidTimeStamp.Expired");
}

void TestSandboxFaults::camsFaults()
{
    QFETCH(const SandboxFault, planned);
    const auto operation = SandboxOperation::GetChatappUploadAuthorization;
    m_sandbox->plan({SandboxFaultRule::nth(operation, 1, planned)});
    const RawRequest call = m_client->camsCall("GetChatappUploadAuthorization",
                                               "CustSpaceId=" + m_sandbox->spaceId().toUtf8());
    const RawAnswer answer = m_client->send(call);
    QTEST(answer.status, "status");
    QTEST(answer.code(), "code");
    if (planned.retryAfter.count() > 0)
        QCOMPARE(answer.headers.value("x-acs-retry-after"), "321");
    QCOMPARE(m_sandbox->server().faultHits(0), 1);
}

void TestSandboxFaults::closesAfterBytes()
{
    SandboxFault close = fault(SandboxFault::Type::CloseAfterBytes);
    close.bytes = 100'000;
    m_sandbox->plan({SandboxFaultRule::nth(SandboxOperation::PutObject, 1, close)});
    QCOMPARE(m_client->send(put("a", QByteArray(1'000'000, 'x'))).status, 0);
    const SandboxLogEntry entry = m_sandbox->log(SandboxOperation::PutObject).constFirst();
    QVERIFY(entry.bodyBytes >= 100'000 && entry.bodyBytes < 1'000'000);
    QVERIFY(!stored("a"));
    close.bytes = 0;
    m_sandbox->plan({SandboxFaultRule::nth(SandboxOperation::PutObject, 1, close)});
    QCOMPARE(m_client->send(put("a")).status, 0);
    QCOMPARE(m_sandbox->log(SandboxOperation::PutObject).constLast().bodyBytes, 0);
    QCOMPARE(m_sandbox->server().faultHits(0), 1);
}

void TestSandboxFaults::stallIsBounded()
{
    SandboxFault stall = fault(SandboxFault::Type::Stall);
    stall.delay = std::chrono::milliseconds(300);
    stall.commit = true;
    m_sandbox->plan({SandboxFaultRule::nth(SandboxOperation::PutObject, 1, stall)});
    QElapsedTimer clock;
    clock.start();
    const RawAnswer answer = m_client->send(put("a"));
    QCOMPARE(answer.status, 0);
    QVERIFY(!answer.timedOut);
    QVERIFY(clock.elapsed() >= 290);
    QVERIFY(stored("a"));
    // Without a bound of its own it outlasts a client's patience.
    m_sandbox->plan(SandboxOperation::PutObject, 1, SandboxFault::Type::Stall);
    QVERIFY(m_client->send(put("b"), 200).timedOut);
    QVERIFY(!stored("b"));
}

void TestSandboxFaults::slowReadsAndAnswersLate()
{
    SandboxFault slow = fault(SandboxFault::Type::Slow);
    slow.bytesPerSecond = 200'000;
    slow.delay = std::chrono::milliseconds(200);
    m_sandbox->plan({SandboxFaultRule::nth(SandboxOperation::PutObject, 1, slow)});
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(m_client->send(put("a", QByteArray(100'000, 'x'))).status, 200);
    QVERIFY2(clock.elapsed() >= 650, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(stored("a"));
}

void TestSandboxFaults::wrongAndMissingCrc()
{
    using Type = SandboxFault::Type;
    const RawAnswer right = m_client->send(put("a"));
    const QByteArray crc = right.headers.value("x-oss-hash-crc64ecma");
    QVERIFY(!crc.isEmpty());
    m_sandbox->plan(SandboxOperation::PutObject, 1, Type::WrongCrc);
    const RawAnswer wrong = m_client->send(put("b"));
    QVERIFY(wrong.headers.contains("x-oss-hash-crc64ecma"));
    QVERIFY(wrong.headers.value("x-oss-hash-crc64ecma") != crc);
    m_sandbox->plan(SandboxOperation::PutObject, 1, Type::MissingCrc);
    QVERIFY(!m_client->send(put("c")).headers.contains("x-oss-hash-crc64ecma"));
}

void TestSandboxFaults::deniesSomeOperationsOnly()
{
    using Operation = SandboxOperation;
    const SandboxFault deny = fault(SandboxFault::Type::Deny);
    m_sandbox->plan({SandboxFaultRule::always(Operation::HeadObject, deny),
                     SandboxFaultRule::always(Operation::ListParts, deny),
                     SandboxFaultRule::always(Operation::AbortMultipartUpload, deny),
                     SandboxFaultRule::always(Operation::Any, fault(SandboxFault::Type::DenyAcl))});
    QCOMPARE(m_client->send(put("a")).status, 200);
    const QByteArray key = m_credentials.directory + "/a";
    const auto ask = [&](const char* method, const QByteArray& query) {
        return m_client->send(m_client->v4(m_client->oss(method, key, {}, query), m_credentials));
    };
    QCOMPARE(ask("HEAD", {}).status, 403);
    QCOMPARE(ask("HEAD", {}).code(), "AccessDenied");
    const QByteArray id = ask("POST", "uploads").element("UploadId");
    QVERIFY(!id.isEmpty());
    QCOMPARE(ask("GET", "uploadId=" + id).code(), "AccessDenied");
    QCOMPARE(ask("DELETE", "uploadId=" + id).code(), "AccessDenied");
    QCOMPARE(m_sandbox->server().uploads().size(), 1);
    RawRequest acl = m_client->oss("PUT", key + "b", "x");
    acl.set("x-oss-object-acl", "public-read");
    QCOMPARE(m_client->send(m_client->v4(acl, m_credentials)).code(), "AccessDenied");
    const QList<SandboxFaultRule> rules = m_sandbox->server().faultPlan().rules();
    QCOMPARE(rules.at(0).hits, 2);
    QCOMPARE(rules.at(1).hits, 1);
    QCOMPARE(rules.at(2).hits, 1);
    QCOMPARE(rules.at(3).hits, 1);
}

void TestSandboxFaults::clockSkew()
{
    SandboxFault skew = fault(SandboxFault::Type::ClockSkew);
    skew.skew = std::chrono::minutes(20);
    m_sandbox->plan({SandboxFaultRule::nth(SandboxOperation::PutObject, 1, skew)});
    const RawAnswer answer = m_client->send(put("a"));
    QCOMPARE(answer.code(), "RequestTimeTooSkewed");
    QCOMPARE(answer.element("MaxAllowedSkewMilliseconds"), "900000");
    const QDateTime serverTime =
        QDateTime::fromString(QString::fromLatin1(answer.element("ServerTime")), Qt::ISODateWithMs);
    QVERIFY(std::abs(m_client->now.secsTo(serverTime) - 1200) < 60);
    const QDateTime date = parseHttpDate(answer.headers.value("date"));
    QVERIFY(std::abs(m_client->now.secsTo(date) - 1200) < 60);
    QCOMPARE(m_client->send(put("a")).status, 200);
}

void TestSandboxFaults::hitsTheNthOnly()
{
    m_sandbox->plan(SandboxOperation::PutObject, 3, SandboxFault::Type::Status);
    QList<int> statuses;
    for (const char* name : {"a", "b", "c", "d"})
        statuses.append(m_client->send(put(name)).status);
    QCOMPARE(statuses, (QList<int>{200, 200, 500, 200}));
    QCOMPARE(m_sandbox->server().faultHits(0), 1);
}

void TestSandboxFaults::tellsEventsInOrder()
{
    using Kind = SandboxEvent::Kind;
    QSignalSpy spy(&m_sandbox->server(), &SandboxServer::eventOccurred);
    m_client->send(put("a"));
    const auto kinds = [&spy] {
        QList<Kind> seen;
        for (const QList<QVariant>& arguments : spy) {
            const auto event = arguments.constFirst().value<SandboxEvent>();
            // What happened before is still on its way.
            if (event.operation == SandboxOperation::PutObject)
                seen.append(event.kind);
        }
        return seen;
    };
    QTRY_COMPARE(kinds(), (QList<Kind>{Kind::Received, Kind::Committed, Kind::Answered}));
}

void TestSandboxFaults::waitsForEvents()
{
    m_client->send(put("a"));
    SandboxEventFilter filter;
    filter.kind = SandboxEvent::Kind::Committed;
    filter.operation = SandboxOperation::PutObject;
    const auto event = m_sandbox->server().waitForEvent(filter, std::chrono::seconds(5));
    QVERIFY(event);
    QCOMPARE(event->key.toUtf8(), m_credentials.directory + "/a");
    filter.after = event->number;
    QVERIFY(!m_sandbox->server().waitForEvent(filter, std::chrono::milliseconds(50)));
}

void TestSandboxFaults::standsStillAtTheGate()
{
    using Stage = SandboxMoment::Stage;
    QList<Stage> stages;
    QList<int> statuses;
    const auto watch = [&](const SandboxMoment& moment) {
        if (moment.operation == SandboxOperation::PutObject) {
            stages.append(moment.stage);
            statuses.append(moment.status);
        }
    };
    m_sandbox->server().setGate(watch);
    QCOMPARE(m_client->send(put("a")).status, 200);
    m_sandbox->plan(SandboxOperation::PutObject, 1, SandboxFault::Type::CommitThenClose);
    QCOMPARE(m_client->send(put("b")).status, 0);
    m_sandbox->server().setGate({});
    m_client->send(put("c"));
    QCOMPARE(stages,
             (QList<Stage>{Stage::Received, Stage::Whole, Stage::CarriedOut, Stage::Sent,
                           Stage::Received, Stage::Whole, Stage::CarriedOut}));
    QCOMPARE(statuses, (QList<int>{0, 0, 200, 200, 0, 0, 0}));

    // Nobody is answered while somebody is at the gate.
    std::promise<void> arrived;
    std::promise<void> released;
    m_sandbox->server().setGate([&](const SandboxMoment& moment) {
        if (moment.operation == SandboxOperation::PutObject && moment.stage == Stage::CarriedOut) {
            arrived.set_value();
            released.get_future().wait();
        }
    });
    auto answer = std::async(std::launch::async, [&] { return m_client->send(put("d")).status; });
    arrived.get_future().wait();
    const auto early = answer.wait_for(std::chrono::milliseconds(50));
    released.set_value();
    QCOMPARE(answer.get(), 200);
    QCOMPARE(early, std::future_status::timeout);
    m_sandbox->server().setGate({});
}

QTEST_GUILESS_MAIN(TestSandboxFaults)
#include "tst_sandboxfaults.moc"
