// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cams/acs3signer.h"
#include "cams/camsclient.h"
#include "camsfixtures.h"
#include "support/fakeclock.h"

#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace ChatApp;
using namespace std::chrono_literals;

namespace {

const SpaceId space{QStringLiteral("cams 8+8")};

QString kindOf(const QFuture<Result<UploadAuthorization>>& future)
{
    const Result<UploadAuthorization> result = future.result();
    return result ? QString() : errorKindName(result.error().kind);
}

} // namespace

class TestCamsClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void request()
    {
        m_transport.respond = [](const SentRequest& sent) { return authorizationFor(sent); };
        CamsClient client(m_transport, m_clock);
        CamsCaller caller = exampleCaller();
        caller.credentials.securityToken = SecretString(QByteArray("ExampleSts"));
        auto future = client.getChatappUploadAuthorization(caller, space);
        QVERIFY(!future.isFinished());
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.result().ok());
        QCOMPARE(future.result()->dir, space.value);

        const SentRequest sent = m_transport.sent.constFirst();
        QCOMPARE(sent.method, QByteArray("POST"));
        QCOMPARE(sent.host, QByteArray("cams.example.com"));
        QCOMPARE(sent.target, QByteArray("/?CustSpaceId=cams%208%2B8"));
        QCOMPARE(sent.body, QByteArray());
        QCOMPARE(sent.header("x-acs-action"), QByteArray("GetChatappUploadAuthorization"));
        QCOMPARE(sent.header("x-acs-version"), QByteArray("2020-06-06"));
        QCOMPARE(sent.header("x-acs-date"), QByteArray("2026-03-01T12:00:00Z"));
        QCOMPARE(sent.header("x-acs-security-token"), QByteArray("ExampleSts"));
        QCOMPARE(sent.header("x-acs-accesskey-id"), QByteArray("ExampleKey"));
        QCOMPARE(sent.header("content-type"), QByteArray("application/x-www-form-urlencoded"));
        QVERIFY(sent.header("Authorization").contains("SignedHeaders=content-type;host;"));
        QVERIFY(!sent.header("Authorization").contains("ExampleSecret"));

        // What is signed is what is sent.
        Acs3Request signedPart;
        signedPart.query = {{"CustSpaceId", space.value.toUtf8()}};
        signedPart.headers = sent.headers;
        signedPart.headers.append(HttpHeader{"host", "cams.example.com"});
        QCOMPARE(sent.header("Authorization"), acs3Authorization(signedPart, caller.credentials));
    }

    void errorsAreReported_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("kind");
        QTest::newRow("denied") << QByteArray("Ram.PermissionDeny")
                                << QStringLiteral("permissionDenied");
        QTest::newRow("throttled")
            << QByteArray("System.LimitControl") << QStringLiteral("throttled");
        QTest::newRow("unavailable")
            << QByteArray("ServiceUnavailable") << QStringLiteral("serviceUnavailable");
        QTest::newRow("skew without Date")
            << QByteArray("InvalidTimeStamp.Expired") << QStringLiteral("clockSkew");
    }
    void errorsAreReported()
    {
        QFETCH(QByteArray, code);
        m_transport.respond = [&](const SentRequest&) { return camsErrorOf(code); };
        CamsClient client(m_transport, m_clock);
        auto future = client.getChatappUploadAuthorization(exampleCaller(), space);
        QTRY_VERIFY(future.isFinished());
        QTEST(kindOf(future), "kind");
        QCOMPARE(future.result().error().requestId, QStringLiteral("R"));
        QCOMPARE(m_transport.sent.size(), 1);
    }

    void usedNonceIsReplaced()
    {
        int left = 2;
        m_transport.respond = [&](const SentRequest& sent) {
            return left-- > 0 ? camsErrorOf("SignatureNonceUsed") : authorizationFor(sent);
        };
        CamsClient client(m_transport, m_clock);
        auto future = client.getChatappUploadAuthorization(exampleCaller(), space);
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(kindOf(future), QString());
        QSet<QByteArray> nonces;
        for (const SentRequest& sent : m_transport.sent)
            nonces.insert(sent.header("x-acs-signature-nonce"));
        QCOMPARE(nonces.size(), 3);
    }

    void usedNonceIsNotReplacedForEver()
    {
        m_transport.respond = [](const SentRequest&) { return camsErrorOf("SignatureNonceUsed"); };
        CamsClient client(m_transport, m_clock);
        auto future = client.getChatappUploadAuthorization(exampleCaller(), space);
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(kindOf(future), QStringLiteral("signatureRejected"));
        QCOMPARE(m_transport.sent.size(), 4);
    }

    void clockIsCorrectedOnce()
    {
        const HttpHeaders date{{"Date", "Sun, 01 Mar 2026 13:00:00 GMT"}};
        m_transport.respond = [&](const SentRequest& sent) {
            return sent.header("x-acs-date").startsWith("2026-03-01T13:")
                ? authorizationFor(sent)
                : camsErrorOf("InvalidTimeStamp.Expired", date);
        };
        CamsClient client(m_transport, m_clock);
        const CamsCaller caller = exampleCaller();
        auto future = client.getChatappUploadAuthorization(caller, space);
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(kindOf(future), QString());
        QCOMPARE(m_transport.sent.size(), 2);
        QCOMPARE(client.clockOffset(caller.endpoint), std::chrono::milliseconds(1h));
        // Learnt for good, and for this endpoint only.
        auto next = client.getChatappUploadAuthorization(caller, space);
        QTRY_VERIFY(next.isFinished());
        QCOMPARE(m_transport.sent.size(), 3);
        Endpoint other = caller.endpoint;
        other.host = "other.example.com";
        QCOMPARE(client.clockOffset(other), 0ms);
    }

    void clockThatIsRefusedAgainIsReported()
    {
        m_transport.respond = [](const SentRequest&) {
            return camsErrorOf("InvalidTimeStamp.Expired",
                               {{"Date", "Sun, 01 Mar 2026 13:00:00 GMT"}});
        };
        CamsClient client(m_transport, m_clock);
        auto future = client.getChatappUploadAuthorization(exampleCaller(), space);
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(kindOf(future), QStringLiteral("clockSkew"));
        QCOMPARE(m_transport.sent.size(), 2);
    }

    //! Five at once, the sixth when the first one's window is over; repeats count too.
    void callsAreLimited()
    {
        m_transport.respond = [](const SentRequest& sent) { return authorizationFor(sent); };
        CamsClient client(m_transport, m_clock, {.calls = 5, .window = 1050ms});
        QList<QDateTime> delays;
        connect(&client, &CamsClient::callDelayed, this,
                [&](const QString&, const Endpoint&, const SpaceId&, const QDateTime& until) {
                    delays.append(until);
                });
        QList<QFuture<Result<UploadAuthorization>>> futures;
        for (int i = 0; i < 12; ++i) {
            futures.append(
                client.getChatappUploadAuthorization(exampleCaller(), SpaceId{QString::number(i)}));
        }
        QCOMPARE(m_transport.sent.size(), 5);
        QCOMPARE(delays.constLast(), m_clock.now().addMSecs(1050 + 1050));
        // Another account has its own allowance.
        auto other = client.getChatappOpenStatus(exampleCaller("OtherKey"));
        QCOMPARE(m_transport.sent.size(), 6);
        QTest::qWait(1100); // real time passes, the clock of the client does not
        QCOMPARE(m_transport.sent.size(), 6);
        m_clock.advance(1050ms);
        QTRY_COMPARE(m_transport.sent.size(), 11);
        m_clock.advance(1050ms);
        QTRY_COMPARE(m_transport.sent.size(), 13);
        for (const auto& future : futures)
            QTRY_VERIFY(future.isFinished());
        QStringList order;
        for (const SentRequest& sent : m_transport.sent) {
            if (!spaceOf(sent).isEmpty())
                order.append(spaceOf(sent));
        }
        QCOMPARE(order.size(), 12);
        QCOMPARE(order.constLast(), QStringLiteral("11"));
    }

    //! A call that is slow to arrive counts from its answer: else it could meet five others there.
    void slowCallsKeepTheirPlace()
    {
        bool answering = false;
        m_transport.respond = [&](const SentRequest& sent) {
            return answering ? std::optional(authorizationFor(sent)) : std::nullopt;
        };
        CamsClient client(m_transport, m_clock, {.calls = 2, .window = 50ms});
        QList<QFuture<Result<UploadAuthorization>>> futures;
        for (int i = 0; i < 3; ++i)
            futures.append(client.getChatappUploadAuthorization(exampleCaller(), space));
        m_clock.advance(500ms);
        QTest::qWait(150); // several of the client's timers
        QCOMPARE(m_transport.sent.size(), 2);
        answering = true;
        m_transport.respondToHeld();
        QTRY_VERIFY(futures[0].isFinished() && futures[1].isFinished());
        m_clock.advance(49ms);
        QTest::qWait(150);
        QCOMPARE(m_transport.sent.size(), 2);
        m_clock.advance(1ms);
        QTRY_VERIFY(futures[2].isFinished());
    }

    void repeatsCountAgainstTheLimit()
    {
        m_transport.respond = [](const SentRequest&) { return camsErrorOf("SignatureNonceUsed"); };
        CamsClient client(m_transport, m_clock, {.calls = 2, .window = 200ms});
        auto future = client.getChatappOpenStatus(exampleCaller());
        QTRY_COMPARE(m_transport.sent.size(), 2);
        QTest::qWait(300);
        QCOMPARE(m_transport.sent.size(), 2);
        m_clock.advance(200ms);
        QTRY_COMPARE(m_transport.sent.size(), 4);
        m_clock.advance(200ms);
        QTRY_VERIFY(future.isFinished());
    }

    void throttlingHoldsTheAccountBack()
    {
        int calls = 0;
        m_transport.respond = [&](const SentRequest& sent) {
            return calls++ == 0 ? camsErrorOf("Throttling.User", {{"x-acs-retry-after", "400"}})
                                : authorizationFor(sent);
        };
        CamsClient client(m_transport, m_clock);
        auto refused = client.getChatappUploadAuthorization(exampleCaller(), space);
        QTRY_VERIFY(refused.isFinished());
        QCOMPARE(refused.result().error().retryAfter, std::chrono::milliseconds(400));
        auto next = client.getChatappUploadAuthorization(exampleCaller(), space);
        QCOMPARE(calls, 1);
        QTest::qWait(450);
        QCOMPARE(calls, 1);
        m_clock.advance(400ms);
        QTRY_VERIFY(next.isFinished());
        QCOMPARE(kindOf(next), QString());
    }

    void openStatus_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("open");
        QTest::newRow("true") << QByteArray(R"({"Code":"OK","OpenStatus":true})") << true;
        QTest::newRow("false") << QByteArray(R"({"Code":"OK","OpenStatus":false})") << false;
        QTest::newRow("in Data") << QByteArray(R"({"Code":"OK","Data":{"OpenStatus":false}})")
                                 << false;
        QTest::newRow("not told") << QByteArray(R"({"Code":"OK"})") << true;
    }
    void openStatus()
    {
        QFETCH(QByteArray, body);
        m_transport.respond = [&](const SentRequest&) { return answerOf(200, body); };
        CamsClient client(m_transport, m_clock);
        auto future = client.getChatappOpenStatus(exampleCaller());
        QTRY_VERIFY(future.isFinished());
        QTEST(future.result().value(), "open");
        QCOMPARE(m_transport.sent.constFirst().target, QByteArray("/"));
    }

    void destructionEndsEveryCall()
    {
        m_transport.respond = [](const SentRequest&) { return std::nullopt; };
        auto client = std::make_unique<CamsClient>(m_transport, m_clock);
        QList<QFuture<Result<UploadAuthorization>>> futures;
        for (int i = 0; i < 8; ++i) // five on their way, three waiting
            futures.append(client->getChatappUploadAuthorization(exampleCaller(), space));
        client.reset();
        for (const auto& future : futures) {
            QVERIFY(future.isFinished());
            QCOMPARE(kindOf(future), QStringLiteral("cancelled"));
        }
        QCOMPARE(m_transport.aborted, 5);
    }

    void init()
    {
        m_transport.sent.clear();
        m_transport.aborted = 0;
        m_clock = FakeClock();
    }

private:
    FakeTransport m_transport;
    FakeClock m_clock;
};

QTEST_GUILESS_MAIN(TestCamsClient)
#include "tst_camsclient.moc"
