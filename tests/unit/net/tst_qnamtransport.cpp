// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "net/qnamtransport.h"
#include "support/outcomewatch.h"
#include "support/rawserver.h"

#include <QtCore/QBuffer>
#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTimer>
#include <QtTest/QTest>

using namespace ChatApp;
using namespace std::chrono_literals;

namespace {

TransportConfig directConfig()
{
    TransportConfig config;
    config.proxyMode = TransportConfig::ProxyMode::None;
    return config;
}

std::unique_ptr<QnamTransport> makeTransport(const TransportConfig& config = directConfig())
{
    Result<std::unique_ptr<QnamTransport>> transport =
        QnamTransport::create(config, QProcessEnvironment());
    return transport ? std::move(transport).value() : nullptr;
}

HttpRequest requestTo(const RawServer& server, const QByteArray& method,
                      const QByteArray& target = "/")
{
    HttpRequest request;
    request.method = method;
    request.scheme = "http";
    request.host = "127.0.0.1";
    request.port = server.port();
    request.target = target;
    return request;
}

void giveBody(HttpRequest& request, const QByteArray& body)
{
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(body);
    buffer->open(QIODevice::ReadOnly);
    request.bodyDevice = std::move(buffer);
    request.bodySize = body.size();
}

//! A device that fails after some bytes, like a file that was cut short.
class FailingDevice : public QIODevice {
public:
    explicit FailingDevice(qint64 goodBytes) : m_left(goodBytes)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char* data, qint64 maxSize) override
    {
        if (m_left == 0) {
            setErrorString(QStringLiteral("it is gone"));
            return -1;
        }
        const qint64 count = std::min(maxSize, m_left);
        std::fill_n(data, count, 'x');
        m_left -= count;
        return count;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    qint64 m_left;
};

const QByteArray largeBody(8 * 1024 * 1024, 'x');

} // namespace

class TestQnamTransport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneRequestGoesOutAsAsked();
    void targetSurvives_data();
    void targetSurvives();
    void targetThatQtWouldChangeIsRefused_data();
    void targetThatQtWouldChangeIsRefused();
    void unusableHeadersAreRefused();
    void plainHttpOffLoopbackIsRefused();
    void statusIsAnAnswer_data();
    void statusIsAnAnswer();
    void redirectIsNotFollowed_data();
    void redirectIsNotFollowed();
    void noCookieIsKept();
    void nothingIsSentTwice_data();
    void nothingIsSentTwice();
    void keptConnectionThatDiesIsReported();
    void early403WhileSending();
    void early403AndHangUp();
    void brokenBodyEndsTheCall();
    void stallWhileSending();
    void noAnswerAfterTheBody();
    void thinkingServerIsWaitedFor();
    void noHandshakeInTime();
    void hugeAnswer_data();
    void hugeAnswer();
    void notHttp();
    void truncatedAnswer();
    void unknownHost();
    void refusedPort();
    void proxyThatRefuses_data();
    void proxyThatRefuses();
    void unreadableProxySetting();
    void finishedIsNeverSynchronous();
    void abortAtRandomMoments();
    void destructionEndsEveryCall();
};

void TestQnamTransport::oneRequestGoesOutAsAsked()
{
    RawServer server;
    server.onWhole = [](RawConnection& peer) {
        peer.reply("200 OK", "answer", "x-oss-request-id: R1\r\nX-Twice: a\r\n");
    };
    auto transport = makeTransport();
    HttpRequest request = requestTo(server, "PUT", "/b/k");
    request.headers = {{"Content-Type", "image/png"}, {"x-oss-forbid-overwrite", "true"}};
    giveBody(request, largeBody);
    OutcomeWatch watch(transport->send(std::move(request)));

    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.status(), 200);
    QCOMPARE(watch.outcome().response->body, QByteArray("answer"));
    QCOMPARE(watch.outcome().response->header("X-OSS-Request-Id"), QByteArray("R1"));
    QVERIFY(watch.outcome().requestTaken);
    QCOMPARE(watch.bytesSent(), largeBody.size());
    QVERIFY(!watch.progressFell());

    QCOMPARE(server.requestCount(), 1);
    const RawRequest got = server.requests().constFirst();
    QCOMPARE(got.method(), QByteArray("PUT"));
    QCOMPARE(got.target(), QByteArray("/b/k"));
    QCOMPARE(got.header("User-Agent"), QByteArray("ChatAppUploader/" CHATAPP_VERSION));
    QCOMPARE(got.header("Content-Length"), QByteArray::number(largeBody.size()));
    QCOMPARE(got.header("Content-Type"), QByteArray("image/png"));
    QCOMPARE(got.header("Host"), "127.0.0.1:" + QByteArray::number(server.port()));
    QCOMPARE(got.header("Accept-Encoding"), QByteArray("identity"));
    QCOMPARE(got.header("Transfer-Encoding"), QByteArray());
    QVERIFY(got.body == largeBody);
    // Nothing is added that a signer does not know of, or that tells about the user.
    QList<QByteArray> names = got.headerNames();
    std::sort(names.begin(), names.end());
    QCOMPARE(
        names,
        (QList<QByteArray>{"accept-encoding", "accept-language", "connection", "content-length",
                           "content-type", "host", "user-agent", "x-oss-forbid-overwrite"}));
}

void TestQnamTransport::targetSurvives_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char* target : {"/",
                               "/a%2Bb",
                               "/%25",
                               "/%23",
                               "/%3F",
                               "/%26%3D",
                               "/~",
                               "/%27%28%29%2A",
                               "/a%20b",
                               "/%E5%9B%BE%E7%89%87.png",
                               "/e%CC%81",
                               "/%F0%9F%98%80",
                               "/%21%24%2C%3B%3A%40%5B%5D",
                               "/%22%3C%3E%5C%5E%60%7B%7C%7D",
                               "/a%2Fb",
                               "/%0A%7F",
                               "/..a/b../.c",
                               "/%2541",
                               "/?CustSpaceId=a%20b%2Bc%2A&x=",
                               "/b/k?uploads",
                               "/b/k?partNumber=1&uploadId=AB%2F%3D"})
        QTest::newRow(target) << QByteArray(target);
}

void TestQnamTransport::targetSurvives()
{
    QFETCH(QByteArray, target);
    RawServer server;
    server.onWhole = [](RawConnection& peer) { peer.reply("200 OK"); };
    auto transport = makeTransport();
    OutcomeWatch watch(transport->send(requestTo(server, "GET", target)));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.status(), 200);
    QCOMPARE(server.requests().constFirst().target(), target);
}

void TestQnamTransport::targetThatQtWouldChangeIsRefused_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char* target : {"/a/../b", "/a/.hidden/b", "/./a", "/a/..", "/a/%2E%2E/b", "/a b",
                               "/a#b", "/%zz", "/图", "", "a", "/%41", "/a\r\nX: y"})
        QTest::newRow(target) << QByteArray(target);
}

void TestQnamTransport::targetThatQtWouldChangeIsRefused()
{
    QFETCH(QByteArray, target);
    RawServer server;
    server.onWhole = [](RawConnection& peer) { peer.reply("200 OK"); };
    auto transport = makeTransport();
    OutcomeWatch watch(transport->send(requestTo(server, "GET", target)));
    QTRY_COMPARE(watch.count(), 1);
    // Either it arrives unchanged, or it does not leave.
    if (watch.status() == 200) {
        QCOMPARE(server.requests().constFirst().target(), target);
    } else {
        QCOMPARE(watch.kind(), QStringLiteral("internal"));
        QVERIFY(!watch.outcome().requestTaken);
        QCOMPARE(server.connections(), 0);
    }
}

void TestQnamTransport::unusableHeadersAreRefused()
{
    RawServer server;
    auto transport = makeTransport();
    for (const HttpHeader& header :
         {HttpHeader{"X-A", "b\r\nX-Injected: c"}, HttpHeader{"X-A\r\nX-B", "c"},
          HttpHeader{"", "c"}, HttpHeader{"X:A", "c"}, HttpHeader{"X-A", QByteArray("a\0b", 3)}}) {
        HttpRequest request = requestTo(server, "GET");
        request.headers = {header};
        OutcomeWatch watch(transport->send(std::move(request)));
        QTRY_COMPARE(watch.count(), 1);
        QCOMPARE(watch.kind(), QStringLiteral("internal"));
    }
    QCOMPARE(server.connections(), 0);
}

void TestQnamTransport::plainHttpOffLoopbackIsRefused()
{
    auto transport = makeTransport();
    for (const char* host : {"oss.example.invalid", "10.0.0.1", "127.0.0.1.example.invalid"}) {
        HttpRequest request;
        request.method = "GET";
        request.scheme = "http";
        request.host = host;
        OutcomeWatch watch(transport->send(std::move(request)));
        QTRY_COMPARE(watch.count(), 1);
        QCOMPARE(watch.kind(), QStringLiteral("plainHttpRefused"));
        QVERIFY(!watch.outcome().requestTaken);
    }
}

void TestQnamTransport::statusIsAnAnswer_data()
{
    QTest::addColumn<int>("status");
    for (const int status :
         {200, 201, 204, 206, 400, 401, 403, 404, 405, 407, 408, 409, 411, 429, 500, 501, 503, 599})
        QTest::addRow("%d", status) << status;
}

void TestQnamTransport::statusIsAnAnswer()
{
    QFETCH(int, status);
    RawServer server;
    const QByteArray body = status == 204 ? "" : "<Error/>";
    server.onWhole = [&](RawConnection& peer) {
        peer.reply(QByteArray::number(status) + " X", body,
                   status == 401 ? "WWW-Authenticate: Basic realm=\"x\"\r\n" : "");
    };
    auto transport = makeTransport();
    HttpRequest request = requestTo(server, "PUT");
    giveBody(request, "body");
    OutcomeWatch watch(transport->send(std::move(request)));
    QTRY_COMPARE(watch.count(), 1);
    if (status == 407) { // from a host that is no proxy
        QCOMPARE(watch.kind(), QStringLiteral("proxy"));
        return;
    }
    QCOMPARE(watch.status(), status);
    QCOMPARE(watch.outcome().response->body, body);
    QCOMPARE(server.requestCount(), 1);
}

void TestQnamTransport::redirectIsNotFollowed_data()
{
    QTest::addColumn<QByteArray>("status");
    for (const char* status : {"301 M", "302 F", "303 S", "304 N", "307 T", "308 P"})
        QTest::newRow(status) << QByteArray(status);
}

void TestQnamTransport::redirectIsNotFollowed()
{
    QFETCH(QByteArray, status);
    RawServer elsewhere;
    RawServer server;
    server.onWhole = [&](RawConnection& peer) {
        peer.reply(status, "",
                   "Location: http://127.0.0.1:" + QByteArray::number(elsewhere.port()) + "/\r\n");
    };
    auto transport = makeTransport();
    HttpRequest request = requestTo(server, "PUT");
    giveBody(request, "body");
    OutcomeWatch watch(transport->send(std::move(request)));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QStringLiteral("intercepted"));
    QCOMPARE(watch.outcome().response.error().httpStatus, status.left(3).toInt());
    QCOMPARE(server.requestCount(), 1);
    QCOMPARE(elsewhere.connections(), 0);
}

void TestQnamTransport::noCookieIsKept()
{
    RawServer server;
    server.onWhole = [](RawConnection& peer) {
        peer.reply("200 OK", "", "Set-Cookie: a=b; Path=/\r\n");
    };
    auto transport = makeTransport();
    for (int i = 1; i <= 2; ++i) {
        OutcomeWatch watch(transport->send(requestTo(server, "GET")));
        QTRY_COMPARE(watch.count(), 1);
        QCOMPARE(server.requestCount(), i);
        QVERIFY(!server.requests().constLast().headerNames().contains("cookie"));
    }
}

void TestQnamTransport::nothingIsSentTwice_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("device");
    QTest::newRow("PUT of a device") << QByteArray("PUT") << QByteArray("body") << true;
    QTest::newRow("PUT of an empty device") << QByteArray("PUT") << QByteArray() << true;
    QTest::newRow("PUT of a large device") << QByteArray("PUT") << largeBody << true;
    QTest::newRow("POST from memory") << QByteArray("POST") << QByteArray("body") << false;
    QTest::newRow("POST of nothing") << QByteArray("POST") << QByteArray() << false;
}

//! The server takes the request and hangs up without a word: stock QNetworkAccessManager would send
//! it again.
void TestQnamTransport::nothingIsSentTwice()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    QFETCH(bool, device);
    RawServer server;
    server.onWhole = [](RawConnection& peer) { peer.close(); };
    auto transport = makeTransport();
    HttpRequest request = requestTo(server, method);
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    if (device)
        giveBody(request, body);
    else
        request.body = body;
    OutcomeWatch watch(transport->send(std::move(request)));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QStringLiteral("connectionLost"));
    QVERIFY(watch.outcome().requestTaken);
    QTest::qWait(100); // time for what must not come
    QCOMPARE(server.requestCount(), 1);
}

void TestQnamTransport::keptConnectionThatDiesIsReported()
{
    RawServer server;
    int served = 0;
    server.onWhole = [&](RawConnection& peer) {
        if (++served == 1)
            peer.reply("200 OK");
        else
            peer.reset();
    };
    auto transport = makeTransport();
    HttpRequest first = requestTo(server, "PUT");
    giveBody(first, "one");
    OutcomeWatch firstWatch(transport->send(std::move(first)));
    QTRY_COMPARE(firstWatch.count(), 1);
    QCOMPARE(firstWatch.status(), 200);
    HttpRequest second = requestTo(server, "PUT");
    giveBody(second, "two");
    OutcomeWatch secondWatch(transport->send(std::move(second)));
    QTRY_COMPARE(secondWatch.count(), 1);
    QCOMPARE(secondWatch.kind(), QStringLiteral("connectionLost"));
    QVERIFY(secondWatch.outcome().requestTaken);
    QTest::qWait(100);
    QCOMPARE(served, 2);
}

void TestQnamTransport::early403WhileSending()
{
    RawServer server;
    server.onHead = [](RawConnection& peer) { peer.reply("403 Forbidden", "<Error/>"); };
    auto transport = makeTransport();
    HttpRequest request = requestTo(server, "PUT");
    giveBody(request, largeBody);
    OutcomeWatch watch(transport->send(std::move(request)));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.status(), 403);
    QCOMPARE(watch.outcome().response->body, QByteArray("<Error/>"));
    QCOMPARE(server.requestCount(), 1);
}

//! The answer may be lost with the connection; then the outcome is unknown, and never a second
//! send.
void TestQnamTransport::early403AndHangUp()
{
    RawServer server;
    server.onHead = [](RawConnection& peer) {
        peer.reply("403 Forbidden", "<Error/>", "Connection: close\r\n");
        peer.stopReading();
        peer.close();
    };
    auto transport = makeTransport();
    HttpRequest request = requestTo(server, "PUT");
    giveBody(request, largeBody);
    OutcomeWatch watch(transport->send(std::move(request)));
    QTRY_COMPARE(watch.count(), 1);
    if (watch.status() != 403)
        QCOMPARE(watch.kind(), QStringLiteral("connectionLost"));
    QVERIFY(watch.outcome().requestTaken);
    QTest::qWait(100);
    QCOMPARE(server.requestCount(), 1);
}

void TestQnamTransport::brokenBodyEndsTheCall()
{
    RawServer server;
    auto transport = makeTransport();
    HttpRequest request = requestTo(server, "PUT");
    request.bodyDevice = std::make_unique<FailingDevice>(100'000);
    request.bodySize = 200'000;
    OutcomeWatch watch(transport->send(std::move(request)));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QStringLiteral("fileUnreadable"));
    QVERIFY(watch.outcome().response.error().message.contains(QLatin1String("it is gone")));
    QTest::qWait(50);
    QCOMPARE(server.requestCount(), 1);
    QVERIFY(!server.requests().constFirst().isWhole());
}

void TestQnamTransport::stallWhileSending()
{
    TransportConfig config = directConfig();
    config.sendStallTimeout = 300ms;
    RawServer server;
    server.onConnected = [](RawConnection& peer) { peer.stopReading(); };
    auto transport = makeTransport(config);
    HttpRequest request = requestTo(server, "PUT");
    giveBody(request, QByteArray(64 * 1024 * 1024, 'x'));
    QElapsedTimer timer;
    timer.start();
    OutcomeWatch watch(transport->send(std::move(request)));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QStringLiteral("timeout"));
    QVERIFY(watch.outcome().requestTaken);
    QVERIFY(timer.elapsed() >= 300);
}

void TestQnamTransport::noAnswerAfterTheBody()
{
    TransportConfig config = directConfig();
    config.answerTimeout = 400ms;
    RawServer server;
    auto transport = makeTransport(config);
    for (const QByteArray& method : {QByteArray("PUT"), QByteArray("POST"), QByteArray("GET")}) {
        HttpRequest request = requestTo(server, method);
        if (method == "PUT")
            giveBody(request, "body");
        request.headers = {{"Content-Type", "text/plain"}};
        QElapsedTimer timer;
        timer.start();
        OutcomeWatch watch(transport->send(std::move(request)));
        QTRY_VERIFY2(watch.count() == 1, method.constData());
        QCOMPARE(watch.kind(), QStringLiteral("timeout"));
        QVERIFY(watch.outcome().requestTaken);
        QVERIFY(timer.elapsed() >= 390);
    }
    QCOMPARE(server.requestCount(), 3);
}

//! No byte moves while the server thinks: neither the connect nor the send limit may fire then.
void TestQnamTransport::thinkingServerIsWaitedFor()
{
    TransportConfig config = directConfig();
    config.connectTimeout = 200ms;
    config.sendStallTimeout = 200ms;
    RawServer server;
    server.onWhole = [](RawConnection& peer) {
        QTimer::singleShot(700ms, &peer, [&peer] { peer.reply("200 OK"); });
    };
    auto transport = makeTransport(config);
    HttpRequest request = requestTo(server, "PUT");
    giveBody(request, "body");
    OutcomeWatch withBody(transport->send(std::move(request)));
    OutcomeWatch without(transport->send(requestTo(server, "GET")));
    HttpRequest post = requestTo(server, "POST");
    post.headers = {{"Content-Type", "text/plain"}};
    OutcomeWatch empty(transport->send(std::move(post)));
    QTRY_COMPARE(withBody.count(), 1);
    QCOMPARE(withBody.status(), 200);
    QTRY_COMPARE(without.count(), 1);
    QCOMPARE(without.status(), 200);
    QTRY_COMPARE(empty.count(), 1);
    QCOMPARE(empty.status(), 200);
}

//! The port is open but nobody speaks TLS there.
void TestQnamTransport::noHandshakeInTime()
{
    TransportConfig config = directConfig();
    config.connectTimeout = 300ms;
    RawServer server;
    for (const char* method : {"GET", "POST", "PUT"}) {
        auto transport = makeTransport(config);
        HttpRequest request = requestTo(server, method);
        request.scheme = "https";
        if (request.method == "PUT")
            request.body = "body";
        OutcomeWatch watch(transport->send(std::move(request)));
        QTRY_COMPARE(watch.count(), 1);
        QCOMPARE(watch.kind(), QStringLiteral("timeout"));
        QCOMPARE(watch.outcome().response.error().message, QStringLiteral("no connection in time"));
    }
}

void TestQnamTransport::hugeAnswer_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("announced");
    QTest::addColumn<bool>("fits");
    QTest::newRow("just fits") << 5000 << true << true;
    QTest::newRow("one too many") << 5001 << true << false;
    QTest::newRow("huge") << 4'000'000 << true << false;
    QTest::newRow("until close, fits") << 5000 << false << true;
    QTest::newRow("until close, huge") << 4'000'000 << false << false;
}

void TestQnamTransport::hugeAnswer()
{
    QFETCH(int, size);
    QFETCH(bool, announced);
    QFETCH(bool, fits);
    RawServer server;
    server.onWhole = [&](RawConnection& peer) {
        if (announced) {
            peer.reply("200 OK", QByteArray(size, 'y'));
        } else {
            peer.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + QByteArray(size, 'y'));
            peer.close();
        }
    };
    auto transport = makeTransport();
    HttpRequest request = requestTo(server, "GET");
    request.maxAnswerSize = 5000;
    OutcomeWatch watch(transport->send(std::move(request)));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), fits ? QString() : QStringLiteral("invalidAnswer"));
    if (fits)
        QCOMPARE(watch.outcome().response->body.size(), size);
}

void TestQnamTransport::notHttp()
{
    // Qt does not tell an answer that is none from a connection that breaks.
    RawServer server;
    server.onWhole = [](RawConnection& peer) {
        peer.write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        peer.close();
    };
    auto transport = makeTransport();
    HttpRequest request = requestTo(server, "PUT");
    giveBody(request, "body");
    OutcomeWatch watch(transport->send(std::move(request)));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QStringLiteral("connectionLost"));
    QVERIFY(watch.outcome().requestTaken);
    QCOMPARE(server.requestCount(), 1);
}

void TestQnamTransport::truncatedAnswer()
{
    RawServer server;
    server.onWhole = [](RawConnection& peer) {
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
        peer.close();
    };
    auto transport = makeTransport();
    HttpRequest request = requestTo(server, "PUT");
    giveBody(request, "body");
    OutcomeWatch watch(transport->send(std::move(request)));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QStringLiteral("connectionLost"));
    QVERIFY(watch.outcome().requestTaken);
    QCOMPARE(server.requestCount(), 1);
}

void TestQnamTransport::unknownHost()
{
    auto transport = makeTransport();
    HttpRequest request;
    request.method = "GET";
    request.host = "no-such-host.invalid";
    OutcomeWatch watch(transport->send(std::move(request)));
    QTRY_COMPARE_WITH_TIMEOUT(watch.count(), 1, 60'000);
    QCOMPARE(watch.kind(), QStringLiteral("dns"));
    QVERIFY(!watch.outcome().requestTaken);
}

void TestQnamTransport::refusedPort()
{
    quint16 port = 0;
    {
        const RawServer gone;
        port = gone.port();
    }
    auto transport = makeTransport();
    for (const QByteArray& body : {QByteArray("body"), QByteArray()}) {
        HttpRequest request;
        request.method = "PUT";
        request.scheme = "http";
        request.host = "127.0.0.1";
        request.port = port;
        giveBody(request, body);
        OutcomeWatch watch(transport->send(std::move(request)));
        QTRY_COMPARE(watch.count(), 1);
        QCOMPARE(watch.kind(), QStringLiteral("connectionRefused"));
        QVERIFY(!watch.outcome().requestTaken);
    }
}

void TestQnamTransport::proxyThatRefuses_data()
{
    QTest::addColumn<QByteArray>("answer"); // empty: hang up
    QTest::newRow("403") << QByteArray("403 Forbidden");
    QTest::newRow("404") << QByteArray("404 Not Found");
    QTest::newRow("407") << QByteArray("407 Proxy Authentication Required");
    QTest::newRow("502") << QByteArray("502 Bad Gateway");
    QTest::newRow("503") << QByteArray("503 Service Unavailable");
    QTest::newRow("hangs up") << QByteArray();
}

void TestQnamTransport::proxyThatRefuses()
{
    QFETCH(QByteArray, answer);
    RawServer proxy;
    proxy.onWhole = [&](RawConnection& peer) {
        if (!answer.isEmpty()) {
            peer.reply(answer, "",
                       answer.startsWith("407") ? "Proxy-Authenticate: Basic realm=\"x\"\r\n" : "");
        }
        peer.close();
    };
    TransportConfig config = directConfig();
    config.proxyMode = TransportConfig::ProxyMode::Fixed;
    config.fixedProxy = "http://127.0.0.1:" + QByteArray::number(proxy.port());
    config.connectTimeout = 2s; // Qt does not always tell that a proxy hung up
    auto transport = makeTransport(config);
    HttpRequest request;
    request.method = "PUT";
    request.host = "oss.example.invalid";
    giveBody(request, "body");
    OutcomeWatch watch(transport->send(std::move(request)));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QStringLiteral("proxy"));
    QVERIFY(!watch.outcome().requestTaken);
    QVERIFY(proxy.requestCount() >= 1);
    const RawRequest asked = proxy.requests().constFirst();
    QCOMPARE(asked.method(), QByteArray("CONNECT"));
    QCOMPARE(asked.target(), QByteArray("oss.example.invalid:443"));

    // A loopback host is asked directly.
    RawServer server;
    server.onWhole = [](RawConnection& peer) { peer.reply("200 OK"); };
    OutcomeWatch direct(transport->send(requestTo(server, "GET")));
    QTRY_COMPARE(direct.count(), 1);
    QCOMPARE(direct.status(), 200);
}

void TestQnamTransport::unreadableProxySetting()
{
    TransportConfig config = directConfig();
    config.proxyMode = TransportConfig::ProxyMode::Fixed;
    config.fixedProxy = "gopher://127.0.0.1";
    auto transport = makeTransport(config);
    HttpRequest request;
    request.method = "GET";
    request.host = "oss.example.invalid";
    OutcomeWatch watch(transport->send(std::move(request)));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QStringLiteral("proxy"));
}

void TestQnamTransport::finishedIsNeverSynchronous()
{
    RawServer server;
    auto transport = makeTransport();
    HttpRequest refused = requestTo(server, "GET", "/a/../b");
    OutcomeWatch early(transport->send(std::move(refused)));
    QCOMPARE(early.count(), 0);
    HttpCall* call = transport->send(requestTo(server, "GET"));
    OutcomeWatch watch(call);
    call->abort();
    call->abort();
    QCOMPARE(watch.count(), 0);
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QStringLiteral("cancelled"));
    QTRY_COMPARE(early.count(), 1);
}

void TestQnamTransport::abortAtRandomMoments()
{
    RawServer server;
    server.onWhole = [](RawConnection& peer) { peer.reply("200 OK", QByteArray(100'000, 'y')); };
    auto transport = makeTransport();
    QRandomGenerator random(7);
    const QByteArray body(300'000, 'x');
    std::vector<std::unique_ptr<OutcomeWatch>> watches;
    for (int i = 0; i < 60; ++i) {
        HttpRequest request = requestTo(server, i % 3 == 0 ? "GET" : "PUT");
        if (i % 3 != 0)
            giveBody(request, body);
        HttpCall* call = transport->send(std::move(request));
        watches.push_back(std::make_unique<OutcomeWatch>(call));
        if (i % 5 == 0) // from within a slot of its own
            connect(call, &HttpCall::bodyBytesSent, call, &HttpCall::abort);
        else
            QTimer::singleShot(random.bounded(12), call, &HttpCall::abort);
        QTest::qWait(random.bounded(4));
    }
    for (const auto& watch : watches)
        QTRY_COMPARE(watch->count(), 1);
    QTest::qWait(50);
    int cancelled = 0;
    for (const auto& watch : watches) {
        QCOMPARE(watch->count(), 1);
        cancelled += watch->kind() == QLatin1String("cancelled") ? 1 : 0;
    }
    QVERIFY(cancelled > 0);
}

void TestQnamTransport::destructionEndsEveryCall()
{
    RawServer server;
    for (int delay = 0; delay < 20; delay += 2) {
        auto transport = makeTransport();
        std::vector<std::unique_ptr<OutcomeWatch>> watches;
        for (int i = 0; i < 6; ++i) {
            HttpRequest request = requestTo(server, "PUT");
            giveBody(request, QByteArray(200'000, 'x'));
            watches.push_back(std::make_unique<OutcomeWatch>(transport->send(std::move(request))));
        }
        HttpCall* aborted = transport->send(requestTo(server, "GET"));
        OutcomeWatch abortedWatch(aborted);
        QTest::qWait(delay);
        aborted->abort();
        transport.reset();
        QCOMPARE(abortedWatch.count(), 1);
        QTest::qWait(1);
        for (const auto& watch : watches) {
            QCOMPARE(watch->count(), 1);
            QCOMPARE(watch->kind(), QStringLiteral("cancelled"));
        }
        QCOMPARE(abortedWatch.count(), 1);
    }
}

QTEST_GUILESS_MAIN(TestQnamTransport)
#include "tst_qnamtransport.moc"
