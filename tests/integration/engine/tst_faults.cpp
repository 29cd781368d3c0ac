// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "enginefixture.h"

#include "core/crc64.h"

#include <QtTest/QtTest>

using namespace ChatApp;
using Type = SandboxFault::Type;
using Op = SandboxOperation;

Q_DECLARE_METATYPE(ChatApp::SandboxFaultRule)

//! Each fault of the sandbox's plan that concerns one PUT: a single one ends in a verified object,
//! an endless one in a named error; and each was really hit.
class TestFaults : public QObject {
    Q_OBJECT
private:
    static SandboxFault fault(Type type)
    {
        SandboxFault made;
        made.type = type;
        return made;
    }
    static SandboxFault status(int code, const char* name, int retryAfterMs = 0)
    {
        SandboxFault made = fault(Type::Status);
        made.status = code;
        made.code = QString::fromLatin1(name);
        made.retryAfter = std::chrono::milliseconds{retryAfterMs};
        return made;
    }

private Q_SLOTS:
    void singleFault_data();
    void singleFault();
    void endlessFault_data();
    void endlessFault();
    void verificationUnderDenial();
    void tokenExpiresBetweenUploads();
    void redirectIsNotFollowed();
    void clockSkewIsLearntOnce();
};

void TestFaults::singleFault_data()
{
    QTest::addColumn<SandboxFaultRule>("rule");
    const auto row = [](const char* name, Op operation, const SandboxFault& made) {
        QTest::addRow("%s %s", qPrintable(sandboxOperationName(operation)), name)
            << SandboxFaultRule::nth(operation, 1, made);
    };
    SandboxFault skew = fault(Type::ClockSkew);
    skew.skew = std::chrono::hours{2};
    SandboxFault halfway = fault(Type::CloseAfterBytes);
    halfway.bytes = 100'000;
    SandboxFault afterHead = fault(Type::CloseAfterBytes);
    afterHead.bytes = 0;
    SandboxFault late = fault(Type::Slow);
    late.delay = std::chrono::milliseconds{500};
    SandboxFault slow = fault(Type::Slow);
    slow.bytesPerSecond = 1'000'000;
    SandboxFault errorAfterCommit = status(500, "InternalError");
    errorAfterCommit.commit = true;
    SandboxFault error200 = fault(Type::ErrorIn200);
    error200.code = QStringLiteral("InternalError");
    SandboxFault throttle = fault(Type::Throttle);
    throttle.retryAfter = std::chrono::milliseconds{200};

    for (const Op operation : {Op::GetChatappUploadAuthorization, Op::PutObject}) {
        row("503", operation, status(503, "ServiceUnavailable"));
        row("500", operation, status(500, "InternalError"));
        row("close before reply", operation, fault(Type::CloseBeforeReply));
        row("commit then close", operation, fault(Type::CommitThenClose));
        row("stall", operation, fault(Type::Stall));
        row("late", operation, late);
        row("throttle", operation, throttle);
        row("clock skew", operation, skew);
        row("garbage", operation, fault(Type::Garbage));
        row("not http", operation, fault(Type::NotHttp));
        row("huge answer", operation, fault(Type::Huge));
        row("web page", operation, fault(Type::Html));
        row("error in 200", operation, error200);
    }
    row("closed halfway", Op::PutObject, halfway);
    row("closed after the head", Op::PutObject, afterHead);
    row("slow", Op::PutObject, slow);
    row("wrong crc", Op::PutObject, fault(Type::WrongCrc));
    row("missing crc", Op::PutObject, fault(Type::MissingCrc));
    row("expired token", Op::PutObject, fault(Type::ExpiredToken));
    row("error after commit", Op::PutObject, errorAfterCommit);
    row("request timeout", Op::PutObject, status(400, "RequestTimeout"));
    row("qps limit", Op::PutObject, status(503, "QpsLimitExceeded", 100));
}

void TestFaults::singleFault()
{
    QFETCH(SandboxFaultRule, rule);
    EngineFixture fixture;
    fixture.sandbox().setFaultPlan(SandboxFaultPlan({rule}));
    const QByteArray content = QByteArray("0123456789").repeated(30'000);
    const UploadSnapshot upload =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("a.txt"), content));

    QVERIFY2(fixture.sandbox().faultHits(0) > 0, "the fault was not met");
    // An answer whose checksum is not the file's is no success by itself: the server was asked.
    if (rule.fault.type == Type::WrongCrc || rule.fault.type == Type::MissingCrc)
        QCOMPARE(fixture.sandbox().stats().requests.value(Op::HeadObject), 1);
    if (upload.record.error)
        qWarning("%s", qPrintable(describeError(*upload.record.error)));
    QCOMPARE(upload.record.state, UploadState::Done);
    QCOMPARE(upload.record.crc64, std::optional<quint64>(Crc64::of(content)));
    const auto object = fixture.sandbox().object(upload.record.key);
    QVERIFY(object.has_value());
    QCOMPARE(object->crc64, Crc64::of(content));
    QCOMPARE(fixture.sandbox().objects().size(), 1);
    QCOMPARE(fixture.openLink(upload.record.url), std::optional<QByteArray>(content));
    QCOMPARE(fixture.history().size(), 1);
}

void TestFaults::endlessFault_data()
{
    QTest::addColumn<SandboxFaultRule>("rule");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* name, Op operation, const SandboxFault& made, ErrorKind kind,
                        const char* code = "") {
        QTest::addRow("%s %s", qPrintable(sandboxOperationName(operation)), name)
            << SandboxFaultRule::always(operation, made) << kind << QString::fromLatin1(code);
    };
    const Op cams = Op::GetChatappUploadAuthorization;
    SandboxFault redirect = fault(Type::Redirect);
    redirect.location = QStringLiteral("http://127.0.0.1:9/");
    SandboxFault throttle = fault(Type::Throttle);
    throttle.retryAfter = std::chrono::milliseconds{20};

    row("not subscribed", cams, status(400, "Product.Unsubscript"), ErrorKind::NotSubscribed,
        "Product.Unsubscript");
    row("not permitted", cams, status(400, "Ram.PermissionDeny"), ErrorKind::PermissionDenied,
        "Ram.PermissionDeny");
    row("flow control", cams, status(400, "System.LimitControl", 20), ErrorKind::Throttled,
        "System.LimitControl");
    row("foreign space", cams, status(400, "Unknown.ResourceOwnerId"), ErrorKind::OwnerUnknown,
        "Unknown.ResourceOwnerId");
    row("unknown key", cams, status(404, "InvalidAccessKeyId.NotFound"),
        ErrorKind::AccessKeyInvalid, "InvalidAccessKeyId.NotFound");
    row("signature", cams, status(400, "SignatureDoesNotMatch"), ErrorKind::SignatureRejected,
        "SignatureDoesNotMatch");
    row("throttled", cams, throttle, ErrorKind::Throttled);
    row("503", cams, status(503, "ServiceUnavailable"), ErrorKind::ServiceUnavailable,
        "ServiceUnavailable");
    row("redirect", cams, redirect, ErrorKind::Intercepted);
    row("web page", cams, fault(Type::Html), ErrorKind::Intercepted);
    row("garbage", cams, fault(Type::Garbage), ErrorKind::InvalidAnswer);
    row("huge", cams, fault(Type::Huge), ErrorKind::InvalidAnswer);
    row("closed", cams, fault(Type::CloseBeforeReply), ErrorKind::ConnectionLost);

    row("denied", Op::PutObject, status(403, "AccessDenied"), ErrorKind::PermissionDenied,
        "AccessDenied");
    row("no bucket", Op::PutObject, status(404, "NoSuchBucket"), ErrorKind::BucketMissing,
        "NoSuchBucket");
    row("503", Op::PutObject, status(503, "ServiceUnavailable"), ErrorKind::ServiceUnavailable,
        "ServiceUnavailable");
    row("redirect", Op::PutObject, redirect, ErrorKind::Intercepted);
    row("closed", Op::PutObject, fault(Type::CloseBeforeReply), ErrorKind::ConnectionLost);
    row("expired token", Op::PutObject, fault(Type::ExpiredToken), ErrorKind::TokenRejected);
}

void TestFaults::endlessFault()
{
    QFETCH(SandboxFaultRule, rule);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, code);
    EngineFixture::Options options;
    options.maxAttempts = 3;
    EngineFixture fixture(options);
    fixture.sandbox().setFaultPlan(SandboxFaultPlan({rule}));
    const UploadSnapshot upload =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("a.txt"), "abc"));
    QVERIFY(fixture.sandbox().faultHits(0) > 0);
    QVERIFY2(fixture.sandbox().faultHits(0) <= 20, "attempts are bounded");
    QCOMPARE(upload.record.state, UploadState::Failed);
    QCOMPARE(errorKindName(upload.record.error->kind), errorKindName(kind));
    if (!code.isEmpty()) {
        QCOMPARE(upload.record.error->code, code);
        QVERIFY(upload.record.error->httpStatus >= 400);
        QVERIFY(!upload.record.error->requestId.isEmpty());
    }
    QVERIFY(upload.record.url.isEmpty());
    QVERIFY(fixture.sandbox().objects().isEmpty());
    const QList<UploadRecord> rows = fixture.history();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.constFirst().error->kind, kind);
}

void TestFaults::verificationUnderDenial()
{
    // HEAD is denied: the anonymous reader's answer counts.
    EngineFixture fixture;
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::nth(Op::PutObject, 1, fault(Type::CommitThenClose)),
                          SandboxFaultRule::always(Op::HeadObject, fault(Type::Deny))}));
    const UploadSnapshot upload =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("a.txt"), "abc"));
    QCOMPARE(upload.record.state, UploadState::Done);
    QVERIFY(fixture.sandbox().faultHits(1) > 0);
    QCOMPARE(fixture.sandbox().requestCount(Op::GetObject), 1);
    QCOMPARE(fixture.sandbox().objects().size(), 1);

    // Nobody may read: a fresh key, once, and that one's own answer counts.
    EngineFixture closed;
    SandboxBehavior behavior = closed.sandbox().behavior();
    behavior.privateObjects = true;
    closed.sandbox().setBehavior(behavior);
    closed.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::nth(Op::PutObject, 1, fault(Type::CommitThenClose)),
                          SandboxFaultRule::always(Op::HeadObject, fault(Type::Deny))}));
    const UploadSnapshot second =
        closed.uploadOne(closed.writeFile(QStringLiteral("a.txt"), "abc"));
    QCOMPARE(second.record.state, UploadState::Done);
    QCOMPARE(closed.sandbox().objects().size(), 2);
    QVERIFY(closed.sandbox().object(second.record.key).has_value());
}

void TestFaults::tokenExpiresBetweenUploads()
{
    EngineFixture::Options options;
    options.sandbox.behavior.tokenLifetime = std::chrono::seconds{1};
    EngineFixture fixture(options);
    for (int i = 0; i < 4; ++i) {
        const UploadSnapshot upload = fixture.uploadOne(
            fixture.writeFile(QStringLiteral("%1.txt").arg(i), QByteArray::number(i)));
        QCOMPARE(upload.record.state, UploadState::Done);
        const int before = fixture.sandbox().requestCount(Op::GetChatappUploadAuthorization);
        QVERIFY(before >= 1);
        QTest::qWait(400); // time itself is what is tested: tokens live for one second
    }
    QVERIFY(fixture.sandbox().requestCount(Op::GetChatappUploadAuthorization) >= 2);
}

void TestFaults::redirectIsNotFollowed()
{
    EngineFixture other;
    EngineFixture fixture;
    SandboxFault redirect = fault(Type::Redirect);
    redirect.status = 307;
    redirect.location = other.sandbox().endpoint() + QStringLiteral("/stolen");
    EngineFixture::Options options;
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(Op::PutObject, redirect)}));
    const UploadSnapshot upload =
        fixture.uploadOne(fixture.writeFile(QStringLiteral("a.txt"), "abc"));
    QCOMPARE(upload.record.error->kind, ErrorKind::Intercepted);
    QVERIFY(other.sandbox().log().isEmpty());
}

void TestFaults::clockSkewIsLearntOnce()
{
    EngineFixture::Options options;
    options.sandbox.behavior.clockOffset = std::chrono::hours{26};
    EngineFixture fixture(options);
    QStringList paths;
    for (int i = 0; i < 5; ++i)
        paths.append(fixture.writeFile(QStringLiteral("%1.txt").arg(i), "abc"));
    const QList<UploadId> first = fixture.upload({paths.takeFirst()});
    QVERIFY(fixture.waitEnded(first));
    QCOMPARE(fixture.snapshot(first.constFirst()).record.state, UploadState::Done);
    const int refused = fixture.sandbox().stats().refused.value(Op::PutObject)
        + fixture.sandbox().stats().refused.value(Op::GetChatappUploadAuthorization);
    QVERIFY2(refused >= 1 && refused <= 2, "each service's clock is learnt from one refusal");
    const QList<UploadId> rest = fixture.upload(paths);
    QVERIFY(fixture.waitEnded(rest));
    for (const UploadId& id : rest)
        QCOMPARE(fixture.snapshot(id).record.state, UploadState::Done);
    QCOMPARE(fixture.sandbox().stats().refused.value(Op::PutObject)
                 + fixture.sandbox().stats().refused.value(Op::GetChatappUploadAuthorization),
             refused);
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
