// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/osserrors.h"

#include <QtTest/QTest>

using namespace ChatApp;

class TestOssErrors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void codes_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("ec");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* code, int status, const char* kind, const char* ec = "") {
            QTest::addRow("%s %s %d", code, ec, status)
                << QString::fromLatin1(code) << QString::fromLatin1(ec) << status
                << QString::fromLatin1(kind);
        };
        row("InvalidAccessKeyId", 403, "tokenRejected");
        row("InvalidAccessKeyId", 403, "tokenRejected", "0002-00000003");
        row("SecurityTokenExpired", 403, "tokenRejected", "0002-00000007");
        row("InvalidSecurityToken", 400, "tokenRejected", "0002-00000006");
        row("RequestTimeTooSkewed", 403, "clockSkew", "0002-00000504");
        row("SignatureDoesNotMatch", 403, "signatureRejected");
        row("InvalidArgument", 400, "signatureRejected", "0002-00000226");
        row("InvalidArgument", 400, "signatureRejected", "0002-00000201");
        row("InvalidArgument", 400, "rejected", "0017-00000279");
        row("InvalidArgument", 400, "rejected");
        row("AccessDenied", 403, "permissionDenied");
        row("FileAlreadyExists", 409, "objectExists", "0026-00000002");
        row("NoSuchUpload", 404, "uploadMissing");
        row("NoSuchBucket", 404, "bucketMissing");
        row("NoSuchKey", 404, "rejected");
        row("InvalidDigest", 400, "checksumMismatch");
        row("InvalidPart", 400, "rejected");
        row("EntityTooSmall", 400, "rejected", "0042-00000213");
        row("EntityTooLarge", 400, "fileTooLarge");
        row("RequestTimeout", 400, "timeout");
        row("QpsLimitExceeded", 503, "throttled");
        row("InternalError", 500, "serviceUnavailable");
        row("ServiceUnavailable", 503, "serviceUnavailable");
        row("SomethingNew", 500, "serviceUnavailable");
        row("SomethingNew", 429, "throttled");
        row("SomethingNew", 403, "permissionDenied");
        row("SomethingNew", 408, "timeout");
        row("SomethingNew", 400, "rejected");
        row("MissingContentLength", 411, "rejected");
    }
    void codes()
    {
        QFETCH(QString, code);
        QFETCH(QString, ec);
        QFETCH(int, status);
        QTEST(errorKindName(ossErrorKind(code, ec, status)), "kind");
    }

    void refusalWithBody()
    {
        const OssRefusal refusal = readOssRefusal(
            {.status = 403,
             .headers = {{"x-oss-request-id", "H"}},
             .body = "<Error><Code>AccessDenied</Code><Message>no</Message><RequestId>R</RequestId>"
                     "<EC>0003-00000001</EC></Error>"});
        QCOMPARE(refusal.error.kind, ErrorKind::PermissionDenied);
        QCOMPARE(refusal.error.code, QStringLiteral("AccessDenied"));
        QCOMPARE(refusal.error.requestId, QStringLiteral("R"));
        QCOMPARE(refusal.error.ec, QStringLiteral("0003-00000001"));
        QCOMPARE(refusal.error.httpStatus, 403);
    }

    //! The answer to HEAD has no body.
    void refusalInAHeader()
    {
        const QByteArray document = QByteArray("<Error><Code>SecurityTokenExpired</Code>"
                                               "<RequestId>R</RequestId></Error>")
                                        .toBase64();
        const OssRefusal refusal = readOssRefusal({.status = 403,
                                                   .headers = {{"x-oss-request-id", "R"},
                                                               {"x-oss-err", document},
                                                               {"x-oss-ec", "0002-00000007"}},
                                                   .body = {}});
        QCOMPARE(refusal.error.kind, ErrorKind::TokenRejected);
        QCOMPARE(refusal.error.ec, QStringLiteral("0002-00000007"));
    }

    void headOfNothing()
    {
        const OssRefusal refusal =
            readOssRefusal({.status = 404, .headers = {{"x-oss-request-id", "R"}}, .body = {}});
        QCOMPARE(refusal.error.kind, ErrorKind::Rejected);
        QCOMPARE(refusal.error.code, QStringLiteral("NoSuchKey"));
        QCOMPARE(refusal.error.httpStatus, 404);
    }

    void strangers_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("kind");
        QTest::newRow("portal") << 200 << QByteArray("<html>Log in</html>")
                                << QStringLiteral("intercepted");
        QTest::newRow("filter") << 403 << QByteArray("<html>Blocked</html>")
                                << QStringLiteral("intercepted");
        QTest::newRow("gateway") << 502 << QByteArray("<html>Bad gateway</html>")
                                 << QStringLiteral("serviceUnavailable");
        QTest::newRow("nothing") << 200 << QByteArray() << QStringLiteral("invalidAnswer");
        QTest::newRow("bare 403") << 403 << QByteArray() << QStringLiteral("permissionDenied");
    }
    void strangers()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QTEST(errorKindName(
                  readOssRefusal({.status = status, .headers = {}, .body = body}).error.kind),
              "kind");
    }

    void retryAfterIsSeconds()
    {
        const OssRefusal refusal =
            readOssRefusal({.status = 503,
                            .headers = {{"x-oss-request-id", "R"}, {"Retry-After", "2"}},
                            .body = "<Error><Code>ServiceUnavailable</Code></Error>"});
        QCOMPARE(refusal.error.retryAfter, std::chrono::milliseconds(2000));
    }

    //! What the service repeats of our request is not passed on.
    void stringToSignIsNotPartOfTheMessage()
    {
        const OssRefusal refusal = readOssRefusal(
            {.status = 403,
             .headers = {{"x-oss-request-id", "R"}},
             .body = "<Error><Code>SignatureDoesNotMatch</Code><Message>no match</Message>"
                     "<StringToSign>x-oss-security-token:ExampleToken</StringToSign></Error>"});
        QVERIFY(!describeError(refusal.error).contains(QLatin1String("ExampleToken")));
    }
};

QTEST_GUILESS_MAIN(TestOssErrors)
#include "tst_osserrors.moc"
