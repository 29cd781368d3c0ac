// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cams/camsclient.h"
#include "core/crc64.h"
#include "net/qnamtransport.h"
#include "oss/ossclient.h"
#include "support/sandboxfixture.h"

#include <QtCore/QBuffer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace ChatApp;
using namespace std::chrono_literals;
using Test::SandboxFixture;

namespace {

//! One client of everything, as an engine would build it.
class Wire {
public:
    explicit Wire(SandboxFixture& sandbox) : m_sandbox(sandbox)
    {
        TransportConfig config;
        config.proxyMode = TransportConfig::ProxyMode::None;
        config.extraCaFile = sandbox.caFile();
        m_transport = QnamTransport::create(config).value();
        m_cams = std::make_unique<CamsClient>(*m_transport, m_clock);
        m_oss = std::make_unique<OssClient>(*m_transport, m_clock);
    }

    Result<UploadAuthorization> authorize()
    {
        CamsCaller caller;
        caller.credentials.accessKeyId = m_sandbox.account().accessKeyId;
        caller.credentials.accessKeySecret =
            SecretString(m_sandbox.account().accessKeySecret.toUtf8());
        caller.endpoint = parseEndpoint(m_sandbox.endpoint()).value();
        auto future = m_cams->getChatappUploadAuthorization(caller, {m_sandbox.spaceId()});
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10'000))
            return Error{};
        return future.result();
    }

    //! The target of `name` in the folder that the sandbox gives; fails the test if it gives none.
    OssTarget target(const QString& name)
    {
        const Result<UploadAuthorization> authorization = authorize();
        if (!authorization)
            qFatal("%s", qPrintable(describeError(authorization.error())));
        return {.credentials = authorization->credentials,
                .endpoint = authorization->endpoint,
                .bucket = authorization->bucket,
                .key = authorization->dir + QLatin1Char('/') + name,
                .preferredRegion = {}};
    }

    OssOutcome wait(OssCall* call)
    {
        // Not qWaitFor(): it sleeps between the 16 KiB pieces of a body.
        QSignalSpy finished(call, &OssCall::finished);
        if (!finished.wait(20'000))
            qFatal("a call does not end");
        return finished.constFirst().constFirst().value<OssOutcome>();
    }

    OssOutcome put(const OssTarget& target, const QByteArray& content, bool forbidOverwrite = true)
    {
        OssBody body;
        body.size = content.size();
        body.contentType = "image/png";
        body.open = [content]() -> Result<std::unique_ptr<QIODevice>> {
            auto buffer = std::make_unique<QBuffer>();
            buffer->setData(content);
            buffer->open(QIODevice::ReadOnly);
            return std::unique_ptr<QIODevice>(std::move(buffer));
        };
        return wait(m_oss->put(target, body, forbidOverwrite));
    }

    OssClient& oss() { return *m_oss; }

private:
    SandboxFixture& m_sandbox;
    SystemClock m_clock;
    std::unique_ptr<QnamTransport> m_transport;
    std::unique_ptr<CamsClient> m_cams;
    std::unique_ptr<OssClient> m_oss;
};

QString kindOf(const OssOutcome& outcome)
{
    return outcome.answer ? QString() : errorKindName(outcome.answer.error().kind);
}

QStringList signaturesOf(const SandboxFixture& sandbox, SandboxOperation operation)
{
    QStringList signatures;
    for (const SandboxLogEntry& entry : sandbox.log(operation))
        signatures.append(entry.signature);
    return signatures;
}

SandboxConfig configOf(const SandboxBehavior& behavior)
{
    SandboxConfig config;
    config.behavior = behavior;
    return config;
}

} // namespace

#define START(sandbox) QVERIFY2((sandbox).problem().isEmpty(), qPrintable((sandbox).problem()))

class TestWireOnSandbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wholeJob_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::newRow("http") << false;
        QTest::newRow("TLS") << true;
    }
    void wholeJob()
    {
        QFETCH(bool, tls);
        SandboxFixture sandbox(tls ? SandboxFixture::Transport::Tls
                                   : SandboxFixture::Transport::Http);
        START(sandbox);
        Wire wire(sandbox);
        const OssTarget target = wire.target(QStringLiteral("a.png"));
        const QByteArray content(3'000'000, 'z');
        const OssOutcome sent = wire.put(target, content);
        QCOMPARE(kindOf(sent), QString());
        QCOMPARE(sent.answer->crc64, Crc64::of(content));
        QVERIFY(!sent.answer->requestId.isEmpty());
        QVERIFY(sandbox.server().content(target.key) == content);
        QCOMPARE(sandbox.server().object(target.key)->contentType, QByteArray("image/png"));

        const OssOutcome head = wire.wait(wire.oss().head(target));
        QCOMPARE(head.answer->size, content.size());
        QCOMPARE(head.answer->crc64, Crc64::of(content));
        const OssOutcome probe = wire.wait(
            wire.oss().anonymousProbe(objectUrl(target.endpoint, target.bucket, target.key)));
        QCOMPARE(probe.answer->status, 206);
        QCOMPARE(probe.answer->contentType, QByteArray("image/png"));
        QCOMPARE(probe.answer->size, content.size());

        QCOMPARE(kindOf(wire.put(target, "other")), QStringLiteral("objectExists"));
        QVERIFY(sandbox.server().content(target.key) == content);
        QCOMPARE(kindOf(wire.put(target, "other", false)), QString());
        QCOMPARE(sandbox.server().content(target.key), QByteArray("other"));
        QCOMPARE(signaturesOf(sandbox, SandboxOperation::PutObject),
                 QStringList(3, QStringLiteral("V4")));
    }

    void emptyObject()
    {
        SandboxFixture sandbox;
        START(sandbox);
        Wire wire(sandbox);
        const OssTarget target = wire.target(QStringLiteral("empty.txt"));
        const OssOutcome sent = wire.put(target, {});
        QCOMPARE(kindOf(sent), QString());
        QCOMPARE(sent.answer->crc64, 0ULL);
        QCOMPARE(sandbox.server().object(target.key)->size, 0);
    }

    void keysArriveAsTheyAre_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"plain.png", "with space.png", "a+b=c&d%20e?f#g.png", "!'()*~@$,;:[]-_.txt",
              "图片 é e\xCC\x81 😀.png", "-dash.png", "..hidden", "a..b..", "100%.png", "a%2Fb"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }
    void keysArriveAsTheyAre()
    {
        QFETCH(QString, name);
        SandboxFixture sandbox;
        START(sandbox);
        Wire wire(sandbox);
        const OssTarget target = wire.target(name);
        QCOMPARE(kindOf(wire.put(target, "content")), QString());
        QCOMPARE(sandbox.server().content(target.key), QByteArray("content"));
        const OssOutcome probe = wire.wait(
            wire.oss().anonymousProbe(objectUrl(target.endpoint, target.bucket, target.key)));
        QCOMPARE(probe.answer->status, 206);
    }

    void multipart()
    {
        SandboxFixture sandbox;
        START(sandbox);
        Wire wire(sandbox);
        const OssTarget target = wire.target(QStringLiteral("movie.mp4"));
        const OssOutcome initiated = wire.wait(wire.oss().initiate(target, "video/mp4", true));
        QCOMPARE(kindOf(initiated), QString());
        const QString id = initiated.answer->uploadId;
        const QByteArray content(150'000, 'p');
        for (int number = 1; number <= 2; ++number) {
            OssBody body;
            body.size = content.size();
            body.open = [&]() -> Result<std::unique_ptr<QIODevice>> {
                auto buffer = std::make_unique<QBuffer>();
                buffer->setData(content);
                buffer->open(QIODevice::ReadOnly);
                return std::unique_ptr<QIODevice>(std::move(buffer));
            };
            const OssOutcome part =
                wire.wait(wire.oss().uploadPart(target, id, number, std::move(body)));
            QCOMPARE(part.answer->crc64, Crc64::of(content));
        }
        const OssOutcome listed = wire.wait(wire.oss().listParts(target, id));
        QCOMPARE(listed.answer->parts.size(), 2);
        QCOMPARE(listed.answer->parts[1].size, content.size());
        const OssOutcome completed =
            wire.wait(wire.oss().complete(target, id, listed.answer->parts, true));
        QCOMPARE(kindOf(completed), QString());
        QCOMPARE(completed.answer->crc64, Crc64::of(content + content));

        const OssOutcome again = wire.wait(wire.oss().listParts(target, id));
        QCOMPARE(kindOf(again), QStringLiteral("uploadMissing"));
        OssTarget other = target;
        other.key += QStringLiteral(".2");
        const OssOutcome second = wire.wait(wire.oss().initiate(other, "video/mp4", true));
        QCOMPARE(kindOf(wire.wait(wire.oss().abortUpload(other, second.answer->uploadId))),
                 QString());
        QVERIFY(sandbox.server().uploads().isEmpty());
    }

    //! The loopback host names no region: each other way to find it, and never V1 where V4 works.
    void region_data()
    {
        QTest::addColumn<QString>("serverRegion");
        QTest::addColumn<QString>("preferred");
        QTest::addColumn<bool>("named");
        QTest::addColumn<bool>("acceptV4");
        QTest::addColumn<QStringList>("signatures"); // of two uploads
        const auto row = [](const char* name, const char* region, const char* preferred, bool named,
                            bool acceptV4, const char* signatures) {
            QTest::newRow(name) << QString::fromLatin1(region) << QString::fromLatin1(preferred)
                                << named << acceptV4
                                << QString::fromLatin1(signatures).split(QLatin1Char(' '));
        };
        row("default", "ap-southeast-1", "", false, true, "V4 V4");
        row("set by hand", "cn-beijing", "cn-beijing", false, true, "V4 V4");
        row("named in the refusal", "cn-beijing", "", true, true, "V4 V4 V4");
        row("set wrongly, named", "cn-beijing", "us-west-1", true, true, "V4 V4 V4");
        row("found nowhere", "cn-beijing", "", false, true, "V4 V1 V1");
        row("V4 unknown", "ap-southeast-1", "", false, false, "V4 V1 V1");
    }
    void region()
    {
        QFETCH(QString, serverRegion);
        QFETCH(QString, preferred);
        QFETCH(bool, named);
        QFETCH(bool, acceptV4);
        QFETCH(QStringList, signatures);
        SandboxBehavior behavior;
        behavior.region = serverRegion;
        behavior.nameRegionInRefusal = named;
        behavior.acceptV4 = acceptV4;
        SandboxFixture sandbox(SandboxFixture::Transport::Http, configOf(behavior));
        START(sandbox);
        Wire wire(sandbox);
        QList<SigningFacts> learnt;
        connect(&wire.oss(), &OssClient::signingLearnt, this,
                [&](const SigningFacts& facts) { learnt.append(facts); });
        OssTarget target = wire.target(QStringLiteral("a.png"));
        target.preferredRegion = preferred;
        QCOMPARE(kindOf(wire.put(target, "one")), QString());
        target.key += QStringLiteral("2");
        QCOMPARE(kindOf(wire.put(target, "two")), QString());
        QCOMPARE(signaturesOf(sandbox, SandboxOperation::PutObject), signatures);

        // The next run begins with what this one learnt.
        QCOMPARE(learnt.size(), 1);
        Wire next(sandbox);
        next.oss().setKnown(learnt.constFirst());
        target.key += QStringLiteral("3");
        QCOMPARE(kindOf(next.put(target, "three")), QString());
        QCOMPARE(signaturesOf(sandbox, SandboxOperation::PutObject).size(), signatures.size() + 1);
    }

    //! Several uploads that start together at an unknown bucket: each is refused at most once.
    void togetherAtAnUnknownBucket()
    {
        SandboxBehavior behavior;
        behavior.region = QStringLiteral("cn-beijing");
        behavior.nameRegionInRefusal = true;
        SandboxFixture sandbox(SandboxFixture::Transport::Http, configOf(behavior));
        START(sandbox);
        Wire wire(sandbox);
        const OssTarget target = wire.target(QStringLiteral("a"));
        int done = 0;
        constexpr int uploads = 6;
        for (int round = 0; round < 2; ++round) {
            for (int i = 0; i < uploads; ++i) {
                OssTarget one = target;
                one.key += QString::number(round * uploads + i);
                OssBody body;
                body.size = 4;
                body.open = []() -> Result<std::unique_ptr<QIODevice>> {
                    auto buffer = std::make_unique<QBuffer>();
                    buffer->setData("body");
                    buffer->open(QIODevice::ReadOnly);
                    return std::unique_ptr<QIODevice>(std::move(buffer));
                };
                connect(wire.oss().put(one, std::move(body), true), &OssCall::finished, this,
                        [&](const OssOutcome& outcome) { done += outcome.answer.ok() ? 1 : 0; });
            }
            QTRY_COMPARE(done, (round + 1) * uploads);
        }
        const QList<SandboxLogEntry> log = sandbox.log(SandboxOperation::PutObject);
        QVERIFY(log.size() <= 3 * uploads);
        for (qsizetype i = 0; i < log.size(); ++i) {
            QCOMPARE(log[i].signature, QStringLiteral("V4"));
            if (i >= 2 * uploads)
                QCOMPARE(log[i].status, 200);
        }
    }

    void clockOfTheServiceIsLearnt()
    {
        SandboxBehavior behavior;
        behavior.clockOffset = 2h;
        SandboxFixture sandbox(SandboxFixture::Transport::Http, configOf(behavior));
        START(sandbox);
        Wire wire(sandbox);
        const OssTarget target = wire.target(QStringLiteral("a.png"));
        QCOMPARE(sandbox.log(SandboxOperation::GetChatappUploadAuthorization).size(), 2);
        QCOMPARE(kindOf(wire.put(target, "content")), QString());
        QCOMPARE(sandbox.log(SandboxOperation::PutObject).size(), 2);
        QCOMPARE(kindOf(wire.wait(wire.oss().head(target))), QString());
        QCOMPARE(sandbox.log(SandboxOperation::HeadObject).size(), 1);
    }

    void answersOfCams_data()
    {
        QTest::addColumn<SandboxFault::Type>("fault");
        QTest::addColumn<QString>("kind");
        using Type = SandboxFault::Type;
        const auto row = [](const char* name, Type fault, const char* kind) {
            QTest::newRow(name) << fault << QString::fromLatin1(kind);
        };
        row("throttled", Type::Throttle, "throttled");
        row("denied", Type::Deny, "permissionDenied");
        row("garbage", Type::Garbage, "invalidAnswer");
        row("huge", Type::Huge, "invalidAnswer");
        row("web page", Type::Html, "intercepted");
        row("redirect", Type::Redirect, "intercepted");
        row("hangs up", Type::CloseBeforeReply, "connectionLost");
        row("not HTTP", Type::NotHttp, "connectionLost");
    }
    void answersOfCams()
    {
        QFETCH(SandboxFault::Type, fault);
        SandboxFixture sandbox;
        START(sandbox);
        sandbox.plan(SandboxOperation::GetChatappUploadAuthorization, 1, fault);
        Wire wire(sandbox);
        const Result<UploadAuthorization> answer = wire.authorize();
        QVERIFY(!answer.ok());
        QTEST(errorKindName(answer.error().kind), "kind");
        QCOMPARE(sandbox.server().faultHits(0), 1);
        QCOMPARE(sandbox.server().requestCount(SandboxOperation::GetChatappUploadAuthorization), 1);
    }

    void answersToPut_data()
    {
        QTest::addColumn<SandboxFault::Type>("fault");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("unknown");
        QTest::addColumn<bool>("stored");
        using Type = SandboxFault::Type;
        const auto row = [](const char* name, Type fault, const char* kind, bool unknown,
                            bool stored = false) {
            QTest::newRow(name) << fault << QString::fromLatin1(kind) << unknown << stored;
        };
        row("token expired", Type::ExpiredToken, "tokenRejected", false);
        row("denied", Type::Deny, "permissionDenied", false);
        row("hangs up", Type::CloseBeforeReply, "connectionLost", true);
        row("cut", Type::CloseAfterBytes, "connectionLost", true);
        row("stored, hangs up", Type::CommitThenClose, "connectionLost", true, true);
        row("garbage", Type::Garbage, "intercepted", true);
        row("web page", Type::Html, "intercepted", true);
        row("redirect", Type::Redirect, "intercepted", true);
        row("error in 200", Type::ErrorIn200, "serviceUnavailable", true);
        row("no CRC", Type::MissingCrc, "", false, true);
    }
    void answersToPut()
    {
        QFETCH(SandboxFault::Type, fault);
        QFETCH(bool, unknown);
        QFETCH(bool, stored);
        SandboxFixture sandbox;
        START(sandbox);
        sandbox.plan(SandboxOperation::PutObject, 1, fault);
        Wire wire(sandbox);
        const OssTarget target = wire.target(QStringLiteral("a.png"));
        const OssOutcome outcome = wire.put(target, QByteArray(2'000'000, 'x'));
        QTEST(kindOf(outcome), "kind");
        QCOMPARE(outcome.outcomeUnknown, unknown);
        QCOMPARE(sandbox.server().object(target.key).has_value(), stored);
        QCOMPARE(sandbox.server().faultHits(0), 1);
        QCOMPARE(sandbox.server().requestCount(SandboxOperation::PutObject), 1);
        if (outcome.answer)
            QVERIFY(!outcome.answer->crc64.has_value());
    }
};

QTEST_GUILESS_MAIN(TestWireOnSandbox)
#include "tst_wireonsandbox.moc"
