// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/ossclient.h"
#include "support/fakeclock.h"
#include "support/faketransport.h"

#include <QtCore/QBuffer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace ChatApp;
using namespace std::chrono_literals;

namespace {

OssTarget exampleTarget()
{
    OssTarget target;
    target.credentials.accessKeyId = QStringLiteral("STS.Example");
    target.credentials.accessKeySecret = SecretString(QByteArray("ExampleSecret"));
    target.credentials.securityToken = SecretString(QByteArray("ExampleToken"));
    target.endpoint.host = "oss-cn-beijing.aliyuncs.com";
    target.bucket = QStringLiteral("media");
    target.key = QStringLiteral("100010/图 a+b.png");
    return target;
}

//! Where the region is not known from the host.
OssTarget targetAtCustomDomain()
{
    OssTarget target = exampleTarget();
    target.endpoint.host = "store.example.com";
    return target;
}

OssBody bodyOf(const QByteArray& bytes, int* opened = nullptr)
{
    OssBody body;
    body.size = bytes.size();
    body.contentType = "image/png";
    body.open = [bytes, opened]() -> Result<std::unique_ptr<QIODevice>> {
        if (opened)
            ++*opened;
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(bytes);
        buffer->open(QIODevice::ReadOnly);
        return std::unique_ptr<QIODevice>(std::move(buffer));
    };
    return body;
}

HttpOutcome okWith(const HttpHeaders& more = {}, const QByteArray& body = {})
{
    HttpHeaders headers = more;
    headers.append(HttpHeader{"x-oss-request-id", "R"});
    return answerOf(200, body, headers);
}

HttpOutcome errorWith(int status, const QByteArray& code, const QByteArray& elements = {},
                      const HttpHeaders& more = {})
{
    HttpHeaders headers = more;
    headers.append(HttpHeader{"x-oss-request-id", "R"});
    return answerOf(status, "<Error><Code>" + code + "</Code>" + elements + "</Error>", headers);
}

//! "V1", or the region of the V4 signature.
QString signatureOf(const SentRequest& request)
{
    const QByteArray authorization = request.header("Authorization");
    if (authorization.startsWith("OSS "))
        return QStringLiteral("V1");
    return QString::fromLatin1(authorization.split('/').value(2));
}

//! What came of one call.
class OssWatch : public QObject {
    Q_OBJECT
public:
    explicit OssWatch(OssCall* call)
    {
        connect(call, &OssCall::finished, this, [this](const OssOutcome& outcome) {
            ++m_count;
            m_outcome = outcome;
        });
    }
    int count() const { return m_count; }
    const OssOutcome& outcome() const { return m_outcome; }
    QString kind() const
    {
        return m_outcome.answer ? QString() : errorKindName(m_outcome.answer.error().kind);
    }

private:
    int m_count = 0;
    OssOutcome m_outcome;
};

} // namespace

class TestOssClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_transport = std::make_unique<FakeTransport>();
        m_transport->respond = [](const SentRequest&) { return okWith(); };
        m_clock = FakeClock();
        m_client = std::make_unique<OssClient>(*m_transport, m_clock);
    }
    void cleanup() { m_client.reset(); }

    void put();
    void putReplacing();
    void optionalChecksum();
    void pathStyle();
    void head();
    void probe();
    void probeTellsWhatIsNoAnswer_data();
    void probeTellsWhatIsNoAnswer();
    void multipart();
    void errorsAreReported_data();
    void errorsAreReported();
    void unknownOutcomes();
    void bodyThatCannotBeOpened();
    void clockIsCorrectedOnce();
    void clockIsLearntFromSuccess();
    void namedRegionIsFound();
    void v1AfterV4WasRefused();
    void wrongSecretDoesNotStick();
    void knownFactsAreUsed();
    void abortEndsOnce();
    void destructionEndsEveryCall();

private:
    std::unique_ptr<FakeTransport> m_transport;
    FakeClock m_clock;
    std::unique_ptr<OssClient> m_client;
};

void TestOssClient::put()
{
    m_transport->respond = [](const SentRequest&) {
        return okWith({{"x-oss-hash-crc64ecma", "18446744073709551615"}, {"ETag", "\"ABC\""}});
    };
    OssCall* call = m_client->put(exampleTarget(), bodyOf("hello"), true);
    OssWatch watch(call);
    QSignalSpy progress(call, &OssCall::bodyBytesSent);
    QCOMPARE(watch.count(), 0);
    QTRY_COMPARE(watch.count(), 1);
    QVERIFY(watch.outcome().answer.ok());
    const OssAnswer& answer = *watch.outcome().answer;
    QCOMPARE(answer.crc64, 18446744073709551615ULL);
    QCOMPARE(answer.etag, QByteArray("ABC"));
    QCOMPARE(answer.requestId, QStringLiteral("R"));
    QVERIFY(!watch.outcome().outcomeUnknown);
    QCOMPARE(progress.size(), 1);
    QCOMPARE(progress.first().first().toLongLong(), 5);

    const SentRequest sent = m_transport->sent.constFirst();
    QCOMPARE(sent.method, QByteArray("PUT"));
    QCOMPARE(sent.host, QByteArray("media.oss-cn-beijing.aliyuncs.com"));
    QCOMPARE(sent.target, QByteArray("/100010/%E5%9B%BE%20a%2Bb.png"));
    QVERIFY(sent.bodyFromDevice);
    QCOMPARE(sent.body, QByteArray("hello"));
    QCOMPARE(sent.header("Content-Type"), QByteArray("image/png"));
    QCOMPARE(sent.header("Content-MD5"), QByteArray());
    QCOMPARE(sent.header("x-oss-forbid-overwrite"), QByteArray("true"));
    QCOMPARE(sent.header("x-oss-security-token"), QByteArray("ExampleToken"));
    QCOMPARE(sent.header("x-oss-date"), QByteArray("20260301T120000Z"));
    QCOMPARE(signatureOf(sent), QStringLiteral("cn-beijing"));
}

void TestOssClient::putReplacing()
{
    OssWatch watch(m_client->put(exampleTarget(), bodyOf("hello"), false));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(m_transport->sent.constFirst().header("x-oss-forbid-overwrite"), QByteArray());
    QVERIFY(!watch.outcome().answer->crc64.has_value());
}

void TestOssClient::optionalChecksum()
{
    OssBody body = bodyOf("hello");
    body.contentMd5 = "XUFAKrxLKna5cZ2REBfFkg==";
    body.contentType.clear();
    OssWatch watch(m_client->put(exampleTarget(), body, true));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(m_transport->sent.constFirst().header("Content-MD5"),
             QByteArray("XUFAKrxLKna5cZ2REBfFkg=="));
    QCOMPARE(m_transport->sent.constFirst().header("Content-Type"),
             QByteArray("application/octet-stream"));
}

void TestOssClient::pathStyle()
{
    OssTarget target = exampleTarget();
    target.endpoint = {.scheme = "http", .host = "127.0.0.1", .port = 8080};
    OssWatch watch(m_client->put(target, bodyOf("hello"), true));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(m_transport->sent.constFirst().host, QByteArray("127.0.0.1"));
    QCOMPARE(m_transport->sent.constFirst().target,
             QByteArray("/media/100010/%E5%9B%BE%20a%2Bb.png"));
}

void TestOssClient::head()
{
    m_transport->respond = [](const SentRequest&) {
        return okWith({{"Content-Length", "1234"},
                       {"Content-Type", "image/png"},
                       {"x-oss-hash-crc64ecma", "5"}});
    };
    OssWatch watch(m_client->head(exampleTarget()));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(m_transport->sent.constFirst().method, QByteArray("HEAD"));
    QCOMPARE(watch.outcome().answer->size, 1234);
    QCOMPARE(watch.outcome().answer->contentType, QByteArray("image/png"));
    QCOMPARE(watch.outcome().answer->crc64, 5ULL);

    m_transport->respond = [](const SentRequest&) {
        return answerOf(
            404, {},
            {{"x-oss-request-id", "R"},
             {"x-oss-err", QByteArray("<Error><Code>NoSuchKey</Code></Error>").toBase64()}});
    };
    OssWatch missing(m_client->head(exampleTarget()));
    QTRY_COMPARE(missing.count(), 1);
    QCOMPARE(missing.kind(), QStringLiteral("rejected"));
    QCOMPARE(missing.outcome().answer.error().code, QStringLiteral("NoSuchKey"));
    QCOMPARE(missing.outcome().answer.error().httpStatus, 404);
}

void TestOssClient::probe()
{
    const OssTarget target = exampleTarget();
    for (const int status : {206, 200, 403, 404, 500}) {
        m_transport->sent.clear();
        m_transport->respond = [&](const SentRequest&) {
            return answerOf(status, "x",
                            {{"Content-Range", "bytes 0-0/77"},
                             {"Content-Type", "video/mp4"},
                             {"x-oss-hash-crc64ecma", "9"}});
        };
        OssWatch watch(
            m_client->anonymousProbe(objectUrl(target.endpoint, target.bucket, target.key)));
        QTRY_COMPARE(watch.count(), 1);
        QVERIFY(watch.outcome().answer.ok());
        QCOMPARE(watch.outcome().answer->status, status);
        QCOMPARE(watch.outcome().answer->size, 77);
        QCOMPARE(watch.outcome().answer->contentType, QByteArray("video/mp4"));
        QCOMPARE(watch.outcome().answer->crc64, 9ULL);
        const SentRequest sent = m_transport->sent.constFirst();
        QCOMPARE(sent.header("Range"), QByteArray("bytes=0-0"));
        QCOMPARE(sent.header("Authorization"), QByteArray());
        QCOMPARE(sent.header("x-oss-security-token"), QByteArray());
        QCOMPARE(sent.target, QByteArray("/100010/%E5%9B%BE%20a%2Bb.png"));
    }
}

void TestOssClient::probeTellsWhatIsNoAnswer_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("ofOss");
    QTest::addColumn<QString>("kind"); // empty: it is the object's
    const auto error = [](const char* code) {
        return QByteArray("<Error><Code>") + code + "</Code><Message>m</Message></Error>";
    };
    QTest::newRow("the object") << 206 << QByteArray("x") << true << QString();
    QTest::newRow("empty object") << 200 << QByteArray() << true << QString();
    QTest::newRow("private") << 403 << error("AccessDenied") << true
                             << QStringLiteral("permissionDenied");
    QTest::newRow("absent") << 404 << error("NoSuchKey") << true << QStringLiteral("rejected");
    QTest::newRow("throttled") << 429 << error("QpsLimitExceeded") << true
                               << QStringLiteral("throttled");
    QTest::newRow("too slow") << 400 << error("RequestTimeout") << true
                              << QStringLiteral("timeout");
    QTest::newRow("error in 200") << 200 << error("InternalError") << true
                                  << QStringLiteral("serviceUnavailable");
    QTest::newRow("portal") << 200 << QByteArray("<html>Sign in</html>") << false
                            << QStringLiteral("intercepted");
    QTest::newRow("broken proxy") << 502 << QByteArray("<html>oops</html>") << false
                                  << QStringLiteral("serviceUnavailable");
}

void TestOssClient::probeTellsWhatIsNoAnswer()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, ofOss);
    QFETCH(QString, kind);
    m_transport->respond = [&](const SentRequest&) {
        HttpHeaders headers;
        if (ofOss)
            headers.append(HttpHeader{"x-oss-request-id", "R"});
        return answerOf(status, body, headers);
    };
    const OssTarget target = exampleTarget();
    OssWatch watch(m_client->anonymousProbe(objectUrl(target.endpoint, target.bucket, target.key)));
    QTRY_COMPARE(watch.count(), 1);
    QVERIFY(watch.outcome().answer.ok());
    const std::optional<Error> refusal = watch.outcome().answer->refusal;
    QCOMPARE(refusal ? errorKindName(refusal->kind) : QString(), kind);
    if (refusal)
        QCOMPARE(refusal->httpStatus, status);
}

void TestOssClient::multipart()
{
    const OssTarget target = exampleTarget();
    const QString id = QStringLiteral("0004B9/+");
    m_transport->respond = [](const SentRequest& sent) {
        if (sent.target.endsWith("?uploads")) {
            return okWith({},
                          "<InitiateMultipartUploadResult><UploadId>0004B9/+</UploadId>"
                          "</InitiateMultipartUploadResult>");
        }
        if (sent.method == "GET") {
            return okWith({},
                          "<ListPartsResult><IsTruncated>false</IsTruncated><Part>"
                          "<PartNumber>3</PartNumber><ETag>\"E\"</ETag></Part>"
                          "</ListPartsResult>");
        }
        if (sent.method == "POST") {
            return okWith({{"x-oss-hash-crc64ecma", "7"}},
                          "<CompleteMultipartUploadResult><ETag>\"F-1\"</ETag>"
                          "</CompleteMultipartUploadResult>");
        }
        return okWith({{"ETag", "\"E\""}});
    };
    OssWatch initiated(m_client->initiate(target, "video/mp4", true));
    QTRY_COMPARE(initiated.count(), 1);
    QCOMPARE(initiated.outcome().answer->uploadId, id);
    OssWatch part(m_client->uploadPart(target, id, 3, bodyOf("part")));
    QTRY_COMPARE(part.count(), 1);
    QCOMPARE(part.outcome().answer->etag, QByteArray("E"));
    OssWatch listed(m_client->listParts(target, id, 2));
    QTRY_COMPARE(listed.count(), 1);
    QCOMPARE(listed.outcome().answer->parts.size(), 1);
    OssWatch completed(m_client->complete(target, id, {{.number = 3, .etag = "E"}}, true));
    QTRY_COMPARE(completed.count(), 1);
    QCOMPARE(completed.outcome().answer->etag, QByteArray("F-1"));
    QCOMPARE(completed.outcome().answer->crc64, 7ULL);
    OssWatch aborted(m_client->abortUpload(target, id));
    QTRY_COMPARE(aborted.count(), 1);
    QVERIFY(aborted.outcome().answer.ok());

    const QByteArray path = "/100010/%E5%9B%BE%20a%2Bb.png?";
    QCOMPARE(m_transport->sent[0].method, QByteArray("POST"));
    QCOMPARE(m_transport->sent[0].target, path + "uploads");
    QCOMPARE(m_transport->sent[0].header("Content-Type"), QByteArray("video/mp4"));
    QCOMPARE(m_transport->sent[0].header("x-oss-forbid-overwrite"), QByteArray("true"));
    QCOMPARE(m_transport->sent[1].target, path + "partNumber=3&uploadId=0004B9%2F%2B");
    QCOMPARE(m_transport->sent[1].header("x-oss-forbid-overwrite"), QByteArray());
    QCOMPARE(m_transport->sent[2].target,
             path + "max-parts=1000&part-number-marker=2&uploadId=0004B9%2F%2B");
    QCOMPARE(m_transport->sent[3].target, path + "uploadId=0004B9%2F%2B");
    QVERIFY(m_transport->sent[3].body.contains("<PartNumber>3</PartNumber>"));
    QCOMPARE(m_transport->sent[3].header("x-oss-forbid-overwrite"), QByteArray("true"));
    QCOMPARE(m_transport->sent[4].method, QByteArray("DELETE"));
}

void TestOssClient::errorsAreReported_data()
{
    QTest::addColumn<HttpOutcome>("answer");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("unknown");
    QTest::newRow("denied") << errorWith(403, "AccessDenied") << QStringLiteral("permissionDenied")
                            << false;
    QTest::newRow("token") << errorWith(403, "SecurityTokenExpired")
                           << QStringLiteral("tokenRejected") << false;
    QTest::newRow("exists") << errorWith(409, "FileAlreadyExists") << QStringLiteral("objectExists")
                            << false;
    QTest::newRow("busy") << errorWith(503, "ServiceUnavailable")
                          << QStringLiteral("serviceUnavailable") << false;
    QTest::newRow("refused") << failureOf(ErrorKind::ConnectionRefused, false)
                             << QStringLiteral("connectionRefused") << false;
    QTest::newRow("lost") << failureOf(ErrorKind::ConnectionLost, true)
                          << QStringLiteral("connectionLost") << true;
    QTest::newRow("200 with an error")
        << errorWith(200, "InternalError") << QStringLiteral("serviceUnavailable") << true;
    QTest::newRow("portal") << answerOf(200, "<html>Log in</html>") << QStringLiteral("intercepted")
                            << true;
}

void TestOssClient::errorsAreReported()
{
    QFETCH(HttpOutcome, answer);
    QFETCH(bool, unknown);
    m_transport->respond = [&](const SentRequest&) { return answer; };
    OssWatch watch(m_client->put(exampleTarget(), bodyOf("hello"), true));
    QTRY_COMPARE(watch.count(), 1);
    QTEST(watch.kind(), "kind");
    QCOMPARE(watch.outcome().outcomeUnknown, unknown);
    QCOMPARE(m_transport->sent.size(), 1);
}

void TestOssClient::unknownOutcomes()
{
    m_transport->respond = [](const SentRequest&) { return okWith({}, "not XML"); };
    OssWatch completed(m_client->complete(exampleTarget(), QStringLiteral("U"),
                                          {{.number = 1, .etag = "E"}}, true));
    QTRY_COMPARE(completed.count(), 1);
    QCOMPARE(completed.kind(), QStringLiteral("invalidAnswer"));
    QVERIFY(completed.outcome().outcomeUnknown);
    QCOMPARE(completed.outcome().answer.error().requestId, QStringLiteral("R"));
}

void TestOssClient::bodyThatCannotBeOpened()
{
    OssBody body;
    body.open = []() -> Result<std::unique_ptr<QIODevice>> {
        Error error;
        error.kind = ErrorKind::FileMissing;
        return error;
    };
    OssWatch watch(m_client->put(exampleTarget(), body, true));
    QCOMPARE(watch.count(), 0);
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QStringLiteral("fileMissing"));
    QVERIFY(!watch.outcome().outcomeUnknown);
    QCOMPARE(m_transport->sent.size(), 0);
}

void TestOssClient::clockIsCorrectedOnce()
{
    int opened = 0;
    m_transport->respond = [](const SentRequest& sent) {
        return sent.header("x-oss-date").startsWith("20260301T13")
            ? okWith()
            : errorWith(403, "RequestTimeTooSkewed",
                        "<ServerTime>2026-03-01T13:00:00.000Z</ServerTime>");
    };
    OssWatch watch(m_client->put(exampleTarget(), bodyOf("hello", &opened), true));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QString());
    QCOMPARE(opened, 2);
    QCOMPARE(m_transport->sent.constLast().body, QByteArray("hello"));

    m_transport->sent.clear();
    m_transport->respond = [](const SentRequest&) {
        return errorWith(403, "RequestTimeTooSkewed");
    };
    OssWatch hopeless(m_client->put(exampleTarget(), bodyOf("hello"), true));
    QTRY_COMPARE(hopeless.count(), 1);
    QCOMPARE(hopeless.kind(), QStringLiteral("clockSkew"));
    QCOMPARE(m_transport->sent.size(), 2);
}

void TestOssClient::clockIsLearntFromSuccess()
{
    m_transport->respond = [](const SentRequest&) {
        return okWith({{"Date", "Sun, 01 Mar 2026 12:10:00 GMT"}});
    };
    OssWatch first(m_client->head(exampleTarget()));
    QTRY_COMPARE(first.count(), 1);
    OssWatch second(m_client->head(exampleTarget()));
    QTRY_COMPARE(second.count(), 1);
    QCOMPARE(m_transport->sent.constLast().header("x-oss-date"), QByteArray("20260301T121000Z"));
    // Something on the way is no authority on time.
    m_transport->respond = [](const SentRequest&) {
        return answerOf(200, "<html/>", {{"Date", "Sun, 01 Mar 2026 20:00:00 GMT"}});
    };
    OssWatch portal(m_client->head(exampleTarget()));
    QTRY_COMPARE(portal.count(), 1);
    OssWatch last(m_client->head(exampleTarget()));
    QTRY_COMPARE(last.count(), 1);
    QCOMPARE(m_transport->sent.constLast().header("x-oss-date"), QByteArray("20260301T121000Z"));
}

void TestOssClient::namedRegionIsFound()
{
    QList<SigningFacts> learnt;
    connect(m_client.get(), &OssClient::signingLearnt, this,
            [&](const SigningFacts& facts) { learnt.append(facts); });
    m_transport->respond = [](const SentRequest& sent) {
        return signatureOf(sent) == QLatin1String("us-west-1")
            ? okWith()
            : errorWith(400, "InvalidArgument", "<EC>0002-00000226</EC><Region>us-west-1</Region>");
    };
    OssWatch watch(m_client->put(targetAtCustomDomain(), bodyOf("hello"), true));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QString());
    QCOMPARE(learnt.size(), 1);
    QCOMPARE(learnt.constFirst(),
             (SigningFacts{QStringLiteral("media"), QStringLiteral("store.example.com"),
                           QStringLiteral("us-west-1"), false}));
    OssWatch next(m_client->put(targetAtCustomDomain(), bodyOf("hello"), true));
    QTRY_COMPARE(next.count(), 1);
    QStringList signatures;
    for (const SentRequest& sent : m_transport->sent)
        signatures.append(signatureOf(sent));
    QCOMPARE(signatures,
             (QStringList{QStringLiteral("ap-southeast-1"), QStringLiteral("us-west-1"),
                          QStringLiteral("us-west-1")}));
    QCOMPARE(learnt.size(), 1);
}

void TestOssClient::v1AfterV4WasRefused()
{
    m_transport->respond = [](const SentRequest& sent) {
        return signatureOf(sent) == QLatin1String("V1")
            ? okWith()
            : errorWith(400, "InvalidArgument", "<EC>0002-00000201</EC>");
    };
    OssTarget target = targetAtCustomDomain();
    target.preferredRegion = QStringLiteral("cn-hangzhou");
    for (int i = 0; i < 2; ++i) {
        OssWatch watch(m_client->put(target, bodyOf("hello"), true));
        QTRY_COMPARE(watch.count(), 1);
        QCOMPARE(watch.kind(), QString());
    }
    QStringList signatures;
    for (const SentRequest& sent : m_transport->sent)
        signatures.append(signatureOf(sent));
    QCOMPARE(
        signatures,
        (QStringList{QStringLiteral("cn-hangzhou"), QStringLiteral("V1"), QStringLiteral("V1")}));
}

//! Nothing is learnt from a failure: the next request begins with V4 again.
void TestOssClient::wrongSecretDoesNotStick()
{
    m_transport->respond = [](const SentRequest&) {
        return errorWith(403, "SignatureDoesNotMatch");
    };
    for (int i = 0; i < 2; ++i) {
        m_transport->sent.clear();
        OssWatch watch(m_client->put(exampleTarget(), bodyOf("hello"), true));
        QTRY_COMPARE(watch.count(), 1);
        QCOMPARE(watch.kind(), QStringLiteral("signatureRejected"));
        QCOMPARE(m_transport->sent.size(), 2);
        QCOMPARE(signatureOf(m_transport->sent[0]), QStringLiteral("cn-beijing"));
        QCOMPARE(signatureOf(m_transport->sent[1]), QStringLiteral("V1"));
    }
}

void TestOssClient::knownFactsAreUsed()
{
    m_client->setKnown({QStringLiteral("media"), QStringLiteral("store.example.com"),
                        QStringLiteral("eu-central-1"), false});
    OssWatch watch(m_client->put(targetAtCustomDomain(), bodyOf("hello"), true));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(signatureOf(m_transport->sent.constFirst()), QStringLiteral("eu-central-1"));
}

void TestOssClient::abortEndsOnce()
{
    m_transport->respond = [](const SentRequest&) { return std::nullopt; };
    OssCall* call = m_client->put(exampleTarget(), bodyOf("hello"), true);
    OssWatch watch(call);
    call->abort();
    call->abort();
    QCOMPARE(watch.count(), 0);
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QStringLiteral("cancelled"));
    QVERIFY(watch.outcome().outcomeUnknown);
    QTest::qWait(20);
    QCOMPARE(watch.count(), 1);
    QCOMPARE(m_transport->aborted, 1);
}

void TestOssClient::destructionEndsEveryCall()
{
    m_transport->respond = [](const SentRequest&) { return std::nullopt; };
    OssWatch one(m_client->put(exampleTarget(), bodyOf("hello"), true));
    OssWatch two(m_client->head(exampleTarget()));
    OssCall* aborted = m_client->head(exampleTarget());
    OssWatch three(aborted);
    aborted->abort();
    m_client.reset();
    for (const OssWatch* watch : {&one, &two, &three}) {
        QCOMPARE(watch->count(), 1);
        QCOMPARE(watch->kind(), QStringLiteral("cancelled"));
    }
    QTest::qWait(20);
    QCOMPARE(one.count(), 1);
    QCOMPARE(m_transport->aborted, 3);
}

QTEST_GUILESS_MAIN(TestOssClient)
#include "tst_ossclient.moc"
