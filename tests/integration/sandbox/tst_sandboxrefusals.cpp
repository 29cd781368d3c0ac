// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/random.h"
#include "support/sandboxclient.h"
#include "support/sandboxfixture.h"

#include <QtCore/QCryptographicHash>
#include <QtTest/QTest>

#include <functional>

using namespace ChatApp;
using namespace ChatApp::Test;

namespace {

const QByteArray upload = "GetChatappUploadAuthorization";

struct Scene {
    SandboxFixture& sandbox;
    SandboxClient& client;
    RawCredentials credentials;

    QByteArray key(const QByteArray& name) const { return credentials.directory + '/' + name; }
    QByteArray space() const { return "CustSpaceId=" + sandbox.spaceId().toUtf8(); }
    RawRequest put(const QByteArray& name, const QByteArray& body = "content") const
    {
        return client.oss("PUT", key(name), body);
    }
    RawRequest signedPut(const QByteArray& name, const QByteArray& field = {},
                         const QByteArray& value = {}) const
    {
        RawRequest request = put(name);
        if (!field.isEmpty())
            request.set(field, value);
        return client.v4(request, credentials);
    }
    RawRequest call() const { return client.camsCall(upload, space()); }
    //! Changes a call and signs it again.
    RawRequest changedCall(const QByteArray& name, const QByteArray& value) const
    {
        RawRequest request = call();
        request.set(name, value);
        client.signCams(request);
        return request;
    }
    QByteArray uploadId(const QByteArray& name) const
    {
        const RawAnswer answer =
            client.send(client.v4(client.oss("POST", key(name), {}, "uploads"), credentials));
        return answer.element("UploadId");
    }
    QByteArray part(const QByteArray& name, const QByteArray& id, int number,
                    const QByteArray& body) const
    {
        const QByteArray query = "partNumber=" + QByteArray::number(number) + "&uploadId=" + id;
        const RawAnswer answer =
            client.send(client.v4(client.oss("PUT", key(name), body, query), credentials));
        return answer.headers.value("etag");
    }
    RawAnswer complete(const QByteArray& name, const QByteArray& id,
                       const QList<std::pair<int, QByteArray>>& parts) const
    {
        QByteArray xml = "<CompleteMultipartUpload>";
        for (const auto& [number, etag] : parts)
            xml += "<Part><PartNumber>" + QByteArray::number(number) + "</PartNumber><ETag>" + etag
                + "</ETag></Part>";
        xml += "</CompleteMultipartUpload>";
        return client.send(
            client.v4(client.oss("POST", key(name), xml, "uploadId=" + id), credentials));
    }
};

using Step = std::function<RawAnswer(Scene&)>;

} // namespace

Q_DECLARE_METATYPE(Step)

//! Wrong requests over real sockets, each refused with its documented code, leaving nothing behind.
class TestSandboxRefusals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusals_data();
    void refusals();
    void rightRequestsPass();
    void throttlesTheSixthCall();
    void headRefusalIsInAHeader();
    void signatureMismatchExplainsItself();
    void shortBodyLeavesNothing();

private:
    static void camsRows();
    static void accountRows();
    static void signatureRows();
    static void tokenRows();
    static void headerRows();
    static void multipartRows();
};

namespace {

void row(const char* name, int status, const char* code, const char* ec, const Step& step)
{
    QTest::newRow(name) << step << status << QByteArray(code) << QByteArray(ec);
}

Step sends(RawRequest (*make)(const Scene&))
{
    return [make](Scene& scene) { return scene.client.send(make(scene)); };
}

Step withAccountState(SandboxAccount::State state)
{
    return [state](Scene& scene) {
        SandboxAccount account = scene.sandbox.account();
        account.state = state;
        scene.sandbox.server().setAccount(account);
        return scene.client.send(scene.call());
    };
}

Step withBehavior(void (*change)(SandboxBehavior&), RawRequest (*make)(const Scene&))
{
    return [change, make](Scene& scene) {
        SandboxBehavior behavior = scene.sandbox.server().behavior();
        change(behavior);
        scene.sandbox.server().setBehavior(behavior);
        return scene.client.send(make(scene));
    };
}

} // namespace

void TestSandboxRefusals::camsRows()
{
    row("cams: no authorization", 400, "MissingAuthorization", "", sends([](const Scene& s) {
            RawRequest request = s.call();
            request.remove("Authorization");
            return request;
        }));
    row("cams: GET", 405, "UnsupportedHTTPMethod", "", sends([](const Scene& s) {
            RawRequest request = s.call();
            request.method = "GET";
            s.client.signCams(request);
            return request;
        }));
    row("cams: wrong signature", 400, "SignatureDoesNotMatch", "", sends([](const Scene& s) {
            RawRequest request = s.call();
            request.target += "&OwnerId=1";
            return request;
        }));
    row("cams: hash of another body", 400, "SignatureDoesNotMatch", "", sends([](const Scene& s) {
            return s.changedCall("x-acs-content-sha256", QByteArray(64, '0'));
        }));
    row("cams: unsigned x-acs header", 400, "IncompleteSignature", "", sends([](const Scene& s) {
            RawRequest request = s.call();
            request.set("x-acs-extra", "1");
            return request;
        }));
    row("cams: another host", 400, "SignatureDoesNotMatch", "", sends([](const Scene& s) {
            RawRequest request = s.call();
            request.set("Host", "cams.ap-southeast-1.aliyuncs.com");
            return request;
        }));
    row("cams: padded header", 400, "InvalidHeader.Padded", "", sends([](const Scene& s) {
            RawRequest request = s.call();
            request.set("x-acs-version", "2020-06-06 ");
            return request;
        }));
    row("cams: old date", 400, "InvalidTimeStamp.Expired", "",
        sends([](const Scene& s) { return s.changedCall("x-acs-date", "2023-10-26T10:22:32Z"); }));
    row("cams: no date", 400, "InvalidTimeStamp.Format", "",
        sends([](const Scene& s) { return s.changedCall("x-acs-date", "yesterday"); }));
    row("cams: wrong version", 404, "InvalidVersion", "",
        sends([](const Scene& s) { return s.changedCall("x-acs-version", "2019-01-01"); }));
    row("cams: unknown action", 404, "InvalidAction.NotFound", "",
        sends([](const Scene& s) { return s.client.camsCall("SendChatappMessage", s.space()); }));
    row("cams: no space", 400, "MissingCustSpaceId", "",
        sends([](const Scene& s) { return s.client.camsCall(upload, {}); }));
    row("cams: foreign space", 400, "Unknown.ResourceOwnerId", "",
        sends([](const Scene& s) { return s.client.camsCall(upload, "CustSpaceId=foreign"); }));
    row("cams: the same parameter twice", 400, "InvalidParameter.Duplicate", "",
        sends(
            [](const Scene& s) { return s.client.camsCall(upload, s.space() + '&' + s.space()); }));
    row("cams: unknown parameter", 400, "UnsupportedParameter", "",
        sends([](const Scene& s) { return s.client.camsCall(upload, s.space() + "&Type=image"); }));
    row("cams: a body", 400, "UnexpectedBody", "", sends([](const Scene& s) {
            RawRequest request = s.call();
            request.body = "a=b";
            request.set("Content-Length", "3");
            request.set("x-acs-content-sha256",
                        QCryptographicHash::hash(request.body, QCryptographicHash::Sha256).toHex());
            s.client.signCams(request);
            return request;
        }));
    row("cams: nonce used before", 400, "SignatureNonceUsed", "", [](Scene& s) {
        const RawRequest request = s.call();
        s.client.send(request);
        return s.client.send(request);
    });
}

void TestSandboxRefusals::accountRows()
{
    using State = SandboxAccount::State;
    row("cams: unknown key", 404, "InvalidAccessKeyId.NotFound", "", [](Scene& s) {
        SandboxAccount account = s.sandbox.account();
        account.accessKeyId = QStringLiteral("ExampleUnknown");
        return s.client.send(
            SandboxClient(s.sandbox.server().port(), account).camsCall(upload, s.space()));
    });
    row("cams: wrong secret", 400, "SignatureDoesNotMatch", "", [](Scene& s) {
        SandboxAccount account = s.sandbox.account();
        account.accessKeySecret = QStringLiteral("ExampleSecretWrong");
        return s.client.send(
            SandboxClient(s.sandbox.server().port(), account).camsCall(upload, s.space()));
    });
    row("cams: token of an STS caller missing", 400, "MissingSecurityToken", "", [](Scene& s) {
        SandboxAccount account = s.sandbox.account();
        account.securityToken = QStringLiteral("ExampleToken");
        s.sandbox.server().setAccount(account);
        return s.client.send(s.call());
    });
    row("cams: not subscribed", 400, "Product.Unsubscript", "",
        withAccountState(State::NotSubscribed));
    row("cams: no permission", 400, "Ram.PermissionDeny", "",
        withAccountState(State::PermissionDenied));
    row("cams: flow control", 400, "System.LimitControl", "",
        withAccountState(State::FlowControlled));
    row("cams: key switched off", 400, "InvalidAccessKeyId.Inactive", "",
        withAccountState(State::Inactive));
}

void TestSandboxRefusals::signatureRows()
{
    row("oss: anonymous put", 403, "AccessDenied", "0003-00000905",
        sends([](const Scene& s) { return s.put("a"); }));
    row("oss: V4, another key than signed", 403, "SignatureDoesNotMatch", "0002-00000227",
        sends([](const Scene& s) {
            RawRequest request = s.signedPut("a");
            request.target += "b";
            return request;
        }));
    row("oss: V4, an x-oss header not signed", 403, "SignatureDoesNotMatch", "0002-00000227",
        sends([](const Scene& s) {
            RawRequest request = s.signedPut("a");
            request.set("x-oss-object-acl", "private");
            return request;
        }));
    row("oss: V1, another type than signed", 403, "SignatureDoesNotMatch", "0002-00000040",
        sends([](const Scene& s) {
            RawRequest request = s.client.v1(s.put("a"), s.credentials);
            request.set("Content-Type", "image/png");
            return request;
        }));
    row("oss: wrong region", 400, "InvalidArgument", "0002-00000226", sends([](const Scene& s) {
            return s.client.v4(s.put("a"), s.credentials, "eu-central-1");
        }));
    row("oss: V4 switched off", 400, "InvalidArgument", "0002-00000201",
        withBehavior([](SandboxBehavior& b) { b.acceptV4 = false; },
                     [](const Scene& s) { return s.signedPut("a"); }));
    row("oss: V1 switched off", 403, "AccessDenied", "",
        withBehavior([](SandboxBehavior& b) { b.acceptV1 = false; },
                     [](const Scene& s) { return s.client.v1(s.put("a"), s.credentials); }));
    row("oss: garbled authorization", 400, "InvalidArgument", "0002-00000201",
        sends([](const Scene& s) {
            RawRequest request = s.put("a");
            request.set("Authorization", "OSS4-HMAC-SHA256 Credential=x,Signature=y");
            return request;
        }));
    row("oss: payload hash", 400, "InvalidArgument", "", sends([](const Scene& s) {
            return s.signedPut("a", "x-oss-content-sha256", QByteArray(64, 'a'));
        }));
    row("oss: old date", 403, "RequestTimeTooSkewed", "0002-00000504", [](Scene& s) {
        SandboxClient late = s.client;
        late.now = late.now.addSecs(-16 * 60);
        return late.send(late.v4(s.put("a"), s.credentials));
    });
    row("oss: V1 without a date", 403, "AccessDenied", "", sends([](const Scene& s) {
            RawRequest request = s.client.v1(s.put("a"), s.credentials);
            request.remove("Date");
            return request;
        }));
}

void TestSandboxRefusals::tokenRows()
{
    row("oss: unknown key", 403, "InvalidAccessKeyId", "0002-00000902", sends([](const Scene& s) {
            RawCredentials unknown = s.credentials;
            unknown.accessKeyId = "STS.ExampleUnknown";
            return s.client.v4(s.put("a"), unknown);
        }));
    row("oss: no token", 403, "InvalidAccessKeyId", "0002-00000003", sends([](const Scene& s) {
            RawCredentials bare = s.credentials;
            bare.token.clear();
            return s.client.v4(s.put("a"), bare);
        }));
    row("oss: another token", 403, "InvalidSecurityToken", "0002-00000008",
        sends([](const Scene& s) {
            RawCredentials mixed = s.credentials;
            mixed.token = "ExampleOtherToken";
            return s.client.v4(s.put("a"), mixed);
        }));
    row("oss: expired token", 403, "SecurityTokenExpired", "0002-00000007", [](Scene& s) {
        SandboxBehavior behavior = s.sandbox.server().behavior();
        behavior.clockOffset = std::chrono::hours(1);
        s.sandbox.server().setBehavior(behavior);
        return s.client.send(s.signedPut("a"));
    });
    row("oss: outside Dir", 403, "AccessDenied", "0003-00001201", sends([](const Scene& s) {
            return s.client.v4(s.client.oss("PUT", "elsewhere/a", "x"), s.credentials);
        }));
    row("oss: Dir as a mere prefix", 403, "AccessDenied", "0003-00001201",
        sends([](const Scene& s) {
            return s.client.v4(s.client.oss("PUT", s.credentials.directory + "x/a", "x"),
                               s.credentials);
        }));
    row("oss: no such bucket", 404, "NoSuchBucket", "0015-00000101", [](Scene& s) {
        SandboxClient elsewhere = s.client;
        elsewhere.setBucket("nobucket");
        return elsewhere.send(elsewhere.v4(elsewhere.oss("PUT", s.key("a"), "x"), s.credentials));
    });
    row("oss: private object read by anybody", 403, "AccessDenied", "0003-00000001", [](Scene& s) {
        s.client.send(s.signedPut("secret", "x-oss-object-acl", "private"));
        return s.client.send(s.client.oss("GET", s.key("secret")));
    });
    row("oss: private bucket read by anybody", 403, "AccessDenied", "0003-00000001",
        withBehavior([](SandboxBehavior& b) { b.privateObjects = true; },
                     [](const Scene& s) { return s.client.oss("GET", s.key("seed")); }));
    row("oss: no such key", 404, "NoSuchKey", "0026-00000001",
        sends([](const Scene& s) { return s.client.oss("GET", s.key("absent")); }));
}

void TestSandboxRefusals::headerRows()
{
    row("oss: wrong Content-MD5", 400, "InvalidDigest", "0016-00000601", sends([](const Scene& s) {
            return s.signedPut(
                "a", "Content-MD5",
                QCryptographicHash::hash("other", QCryptographicHash::Md5).toBase64());
        }));
    row("oss: Content-MD5 that is none", 400, "InvalidDigest", "0016-00000601",
        sends([](const Scene& s) { return s.signedPut("a", "Content-MD5", "eHl6"); }));
    row("oss: forbidden overwrite", 409, "FileAlreadyExists", "0026-00000002",
        sends(
            [](const Scene& s) { return s.signedPut("seed", "x-oss-forbid-overwrite", "true"); }));
    row("oss: forbid-overwrite maybe", 400, "InvalidArgument", "0017-00000279",
        sends([](const Scene& s) { return s.signedPut("a", "x-oss-forbid-overwrite", "maybe"); }));
    row("oss: unknown ACL", 400, "InvalidArgument", "",
        sends([](const Scene& s) { return s.signedPut("a", "x-oss-object-acl", "everybody"); }));
    row("oss: public ACL blocked", 403, "AccessDenied", "0003-00000801",
        withBehavior(
            [](SandboxBehavior& b) { b.publicAclAllowed = false; },
            [](const Scene& s) { return s.signedPut("a", "x-oss-object-acl", "public-read"); }));
    row("oss: padded header", 400, "InvalidArgument", "",
        sends([](const Scene& s) { return s.signedPut("a", "x-oss-meta-origin", "  padded"); }));
    row("oss: no length", 411, "MissingContentLength", "", sends([](const Scene& s) {
            RawRequest request = s.signedPut("a");
            request.remove("Content-Length");
            request.body.clear();
            return request;
        }));
    row("oss: chunked", 411, "MissingContentLength", "", sends([](const Scene& s) {
            RawRequest request = s.signedPut("a");
            request.remove("Content-Length");
            request.set("Transfer-Encoding", "chunked");
            request.body = "1\r\nx\r\n0\r\n\r\n";
            return request;
        }));
    row("oss: key of 1024 bytes", 400, "InvalidObjectName", "", sends([](const Scene& s) {
            return s.signedPut(QByteArray(1023 - s.credentials.directory.size(), 'k'));
        }));
    row("oss: key begins with a slash", 400, "InvalidObjectName", "", sends([](const Scene& s) {
            return s.client.v4(s.client.oss("PUT", "/a", "x"), s.credentials);
        }));
    row("oss: traffic limit too low", 400, "InvalidArgument", "",
        sends([](const Scene& s) { return s.signedPut("a", "x-oss-traffic-limit", "819199"); }));
    row("oss: method that is none", 405, "MethodNotAllowed", "", sends([](const Scene& s) {
            return s.client.v4(s.client.oss("DELETE", s.key("seed")), s.credentials);
        }));
    row("oss: over the quota", 507, "QuotaExceeded", "0099-00000001",
        withBehavior([](SandboxBehavior& b) { b.quota = 10; },
                     [](const Scene& s) { return s.signedPut("a"); }));
}

void TestSandboxRefusals::multipartRows()
{
    row("multipart: part 0", 400, "InvalidArgument", "0042-00000214", [](Scene& s) {
        const QByteArray query = "partNumber=0&uploadId=" + s.uploadId("m");
        return s.client.send(
            s.client.v4(s.client.oss("PUT", s.key("m"), "x", query), s.credentials));
    });
    row("multipart: part 10001", 400, "InvalidArgument", "0042-00000214", [](Scene& s) {
        const QByteArray query = "partNumber=10001&uploadId=" + s.uploadId("m");
        return s.client.send(
            s.client.v4(s.client.oss("PUT", s.key("m"), "x", query), s.credentials));
    });
    row("multipart: no such upload", 404, "NoSuchUpload", "0042-00000002",
        sends([](const Scene& s) {
            return s.client.v4(s.client.oss("PUT", s.key("m"), "x", "partNumber=1&uploadId=ABCDEF"),
                               s.credentials);
        }));
    row("multipart: upload of another key", 404, "NoSuchUpload", "0042-00000002", [](Scene& s) {
        const QByteArray query = "partNumber=1&uploadId=" + s.uploadId("m");
        return s.client.send(
            s.client.v4(s.client.oss("PUT", s.key("n"), "x", query), s.credentials));
    });
    row("multipart: a part that was not sent", 400, "InvalidPart", "0042-00000205", [](Scene& s) {
        return s.complete("m", s.uploadId("m"), {{1, QByteArray(32, 'A')}});
    });
    row("multipart: another ETag", 400, "InvalidPart", "0042-00000205", [](Scene& s) {
        const QByteArray id = s.uploadId("m");
        s.part("m", id, 1, "x");
        return s.complete("m", id, {{1, QByteArray(32, 'A')}});
    });
    row("multipart: wrong order", 400, "InvalidPartOrder", "0042-00000206", [](Scene& s) {
        const QByteArray id = s.uploadId("m");
        const QByteArray one = s.part("m", id, 1, QByteArray(102'400, 'x'));
        const QByteArray two = s.part("m", id, 2, QByteArray(102'400, 'y'));
        return s.complete("m", id, {{2, two}, {1, one}});
    });
    row("multipart: small part in the middle", 400, "EntityTooSmall", "0042-00000213",
        [](Scene& s) {
            const QByteArray id = s.uploadId("m");
            const QByteArray one = s.part("m", id, 1, QByteArray(102'399, 'x'));
            const QByteArray two = s.part("m", id, 2, "y");
            return s.complete("m", id, {{1, one}, {2, two}});
        });
    row("multipart: nothing listed", 400, "MalformedXML", "0042-00000204",
        [](Scene& s) { return s.complete("m", s.uploadId("m"), {}); });
}

void TestSandboxRefusals::refusals_data()
{
    QTest::addColumn<Step>("step");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("ec");
    camsRows();
    accountRows();
    signatureRows();
    tokenRows();
    headerRows();
    multipartRows();
}

void TestSandboxRefusals::refusals()
{
    QFETCH(const Step, step);
    SandboxFixture sandbox;
    QVERIFY2(sandbox.problem().isEmpty(), qPrintable(sandbox.problem()));
    SandboxClient client(sandbox.server().port(), sandbox.account());
    Scene scene{sandbox, client, client.authorize()};
    client.setBucket(scene.credentials.bucket);
    QCOMPARE(client.send(scene.signedPut("seed")).status, 200);

    const RawAnswer answer = step(scene);

    QTEST(answer.code(), "code");
    QTEST(answer.status, "status");
    QFETCH(const QByteArray, ec);
    QCOMPARE(answer.headers.value("x-oss-ec"), ec);
    QCOMPARE(answer.element("EC"), ec);
    const SandboxLogEntry last = sandbox.server().log().constLast();
    QCOMPARE(last.status, answer.status);
    QCOMPARE(last.code.toUtf8(), answer.code());
    QVERIFY(!last.requestId.isEmpty());
    QVERIFY(answer.body.contains(last.requestId.toUtf8()));
    for (const SandboxObject& object : sandbox.server().objects())
        QVERIFY2(object.key.endsWith(QLatin1String("seed"))
                     || object.key.endsWith(QLatin1String("secret")),
                 qPrintable(object.key));
}

void TestSandboxRefusals::rightRequestsPass()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port(), sandbox.account());
    Scene scene{sandbox, client, client.authorize()};
    client.setBucket(scene.credentials.bucket);
    QCOMPARE(client.send(client.v1(scene.put("one"), scene.credentials)).status, 200);
    QCOMPARE(client.send(scene.signedPut("four", "x-oss-forbid-overwrite", "true")).status, 200);
    const RawAnswer status = client.send(client.camsCall("GetChatappOpenStatus", {}));
    QCOMPARE(status.status, 200);
    QCOMPARE(status.code(), "OK");
    QCOMPARE(sandbox.server().objects().size(), 2);
    QCOMPARE(sandbox.log(SandboxOperation::PutObject).at(0).signature, QStringLiteral("V1"));
    QCOMPARE(sandbox.log(SandboxOperation::PutObject).at(1).signature, QStringLiteral("V4"));
}

void TestSandboxRefusals::throttlesTheSixthCall()
{
    SandboxConfig config;
    config.behavior.throttleStatus = 429;
    config.behavior.throttleRetryAfter = std::chrono::milliseconds(700);
    SandboxFixture sandbox(SandboxFixture::Transport::Http, config);
    const SandboxClient client(sandbox.server().port(), sandbox.account());
    const QByteArray query = "CustSpaceId=" + sandbox.spaceId().toUtf8();
    for (int i = 0; i < 5; ++i)
        QCOMPARE(client.send(client.camsCall(upload, query)).status, 200);
    const RawAnswer sixth = client.send(client.camsCall(upload, query));
    QCOMPARE(sixth.status, 429);
    QCOMPARE(sixth.code(), "Throttling.User");
    QCOMPARE(sixth.headers.value("x-acs-retry-after"), "700");
    QCOMPARE(sandbox.server().stats().peakAuthorizations.value(sandbox.account().accessKeyId), 6);
    QTRY_COMPARE(client.send(client.camsCall(upload, query)).status, 200);
}

void TestSandboxRefusals::headRefusalIsInAHeader()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port(), sandbox.account());
    const RawCredentials credentials = client.authorize();
    client.setBucket(credentials.bucket);
    const RawAnswer answer =
        client.send(client.v4(client.oss("HEAD", credentials.directory + "/absent"), credentials));
    QCOMPARE(answer.status, 404);
    QVERIFY(answer.body.isEmpty());
    QCOMPARE(answer.headers.value("x-oss-ec"), "0026-00000001");
    const QByteArray xml = QByteArray::fromBase64(answer.headers.value("x-oss-err"));
    QVERIFY2(xml.contains("<Code>NoSuchKey</Code>"), xml.constData());
    QVERIFY(xml.contains(answer.headers.value("x-oss-request-id")));
}

void TestSandboxRefusals::signatureMismatchExplainsItself()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port(), sandbox.account());
    RawCredentials credentials = client.authorize();
    client.setBucket(credentials.bucket);
    const QByteArray right = credentials.secret;
    credentials.secret = "ExampleSecretWrong";
    const RawAnswer answer =
        client.send(client.v4(client.oss("PUT", credentials.directory + "/a", "x"), credentials));
    QVERIFY(answer.element("StringToSign").startsWith("OSS4-HMAC-SHA256\n"));
    QVERIFY(answer.element("CanonicalRequest").startsWith("PUT\n/" + credentials.bucket));
    QVERIFY(!answer.body.contains(right));
    QCOMPARE(answer.headers.value("content-type"), "application/xml");
    QVERIFY(!answer.headers.value("date").isEmpty());
}

void TestSandboxRefusals::shortBodyLeavesNothing()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port(), sandbox.account());
    const RawCredentials credentials = client.authorize();
    client.setBucket(credentials.bucket);
    const RawRequest request = client.v4(
        client.oss("PUT", credentials.directory + "/a", QByteArray(5000, 'x')), credentials);
    QCOMPARE(client.send(request, 2000, 4999).status, 0);
    QTRY_COMPARE(sandbox.log(SandboxOperation::PutObject).size(), 1);
    const SandboxLogEntry entry = sandbox.log(SandboxOperation::PutObject).constFirst();
    QCOMPARE(entry.bodyBytes, 4999);
    QVERIFY(!entry.answered && !entry.committed);
    QVERIFY(sandbox.server().objects().isEmpty());
    QCOMPARE(sandbox.server().stats().storedBytes, 0);
}

QTEST_GUILESS_MAIN(TestSandboxRefusals)
#include "tst_sandboxrefusals.moc"
