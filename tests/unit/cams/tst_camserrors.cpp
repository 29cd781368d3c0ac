// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cams/camserrors.h"

#include <QtTest/QTest>

using namespace ChatApp;

namespace {

HttpResponse responseOf(int status, const QByteArray& body,
                        const QByteArray& contentType = "application/json",
                        const HttpHeaders& more = {})
{
    HttpHeaders headers = more;
    headers.append(HttpHeader{"Content-Type", contentType});
    return {.status = status, .headers = headers, .body = body};
}

} // namespace

class TestCamsErrors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void codes_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* code, int status, const char* kind) {
            QTest::addRow("%s %d", code, status)
                << QString::fromLatin1(code) << status << QString::fromLatin1(kind);
        };
        row("Product.Unsubscript", 400, "notSubscribed");
        row("Ram.PermissionDeny", 400, "permissionDenied");
        row("Forbidden.RAM", 403, "permissionDenied");
        row("NoPermission", 403, "permissionDenied");
        row("Authentication.NoAuth", 400, "permissionDenied");
        row("CHAT.APIError", 500, "permissionDenied");
        row("System.LimitControl", 400, "throttled");
        row("Throttling", 400, "throttled");
        row("Throttling.User", 400, "throttled");
        row("Throttling.Api", 429, "throttled");
        row("Throttling.User.Flow", 503, "throttled");
        row("Unknown.ResourceOwnerId", 400, "ownerUnknown");
        row("InvalidAccessKeyId.NotFound", 404, "accessKeyInvalid");
        row("InvalidAccessKeyId.Inactive", 400, "accessKeyInvalid");
        row("SignatureDoesNotMatch", 400, "signatureRejected");
        row("IncompleteSignature", 400, "signatureRejected");
        row("SignatureNonceUsed", 400, "signatureRejected");
        row("InvalidTimeStamp.Expired", 400, "clockSkew");
        row("InvalidSecurityToken.Expired", 400, "tokenRejected");
        row("InvalidSecurityToken.MismatchWithAccessKey", 400, "tokenRejected");
        row("MissingSecurityToken", 400, "tokenRejected");
        row("MissingCustSpaceId", 400, "spaceInvalid");
        row("InvalidParameter.CustSpaceId", 400, "spaceInvalid");
        row("MissingParameter", 400, "rejected");
        row("MissingType", 400, "rejected");
        row("InvalidAction.NotFound", 404, "rejected");
        row("InvalidParameter.FileUrlError", 400, "rejected");
        row("ERR-OPERATION-MAAP-0060", 400, "spaceInvalid");
        row("ERR-COMMON-001", 500, "serviceUnavailable");
        row("999999", 400, "serviceUnavailable");
        row("ServiceUnavailable", 503, "serviceUnavailable");
        row("InternalError", 500, "serviceUnavailable");
        row("Something.New", 500, "serviceUnavailable");
        row("Something.New", 429, "throttled");
        row("Something.New", 403, "permissionDenied");
        row("Something.New", 400, "rejected");
        row("Something.New", 200, "rejected");
        row("", 400, "rejected");
    }
    void codes()
    {
        QFETCH(QString, code);
        QFETCH(int, status);
        QTEST(errorKindName(camsErrorKind(code, QString(), status)), "kind");
    }

    void messageCanNameTheSpace()
    {
        QCOMPARE(camsErrorKind(QStringLiteral("InvalidParameter"),
                               QStringLiteral("CustSpaceId is not valid."), 400),
                 ErrorKind::SpaceInvalid);
        QCOMPARE(camsErrorKind(QStringLiteral("Ram.PermissionDeny"),
                               QStringLiteral("No permission for CustSpaceId"), 400),
                 ErrorKind::PermissionDenied);
    }

    void answers_data()
    {
        QTest::addColumn<HttpResponse>("response");
        QTest::addColumn<QString>("kind"); // empty: success
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("requestId");
        const auto row = [](const char* name, const HttpResponse& response, const char* kind,
                            const char* code = "", const char* requestId = "") {
            QTest::newRow(name) << response << QString::fromLatin1(kind)
                                << QString::fromLatin1(code) << QString::fromLatin1(requestId);
        };
        row("ok", responseOf(200, R"({"Code":"OK","RequestId":"R","Data":{}})"), "");
        row("lower-case keys", responseOf(200, R"({"code":"OK","requestId":"R"})"), "");
        row("AccessDeniedDetail as a string",
            responseOf(200, R"({"Code":"OK","AccessDeniedDetail":"None"})"), "");
        row("AccessDeniedDetail as an object",
            responseOf(403,
                       R"({"Code":"NoPermission","RequestId":"R",
                           "AccessDeniedDetail":{"AuthAction":"cams:x"}})"),
            "permissionDenied", "NoPermission", "R");
        row("200 with another code",
            responseOf(200, R"({"Code":"Product.Unsubscript","RequestId":"R"})"), "notSubscribed",
            "Product.Unsubscript", "R");
        row("lower-case error",
            responseOf(400, R"({"code":"System.LimitControl","requestid":"R"})"), "throttled",
            "System.LimitControl", "R");
        row("200 without a code", responseOf(200, R"({"RequestId":"R"})"), "invalidAnswer", "",
            "R");
        row("400 without a code", responseOf(400, R"({"RequestId":"R"})"), "rejected", "", "R");
        row("OK with status 500", responseOf(500, R"({"Code":"OK"})"), "serviceUnavailable", "OK");
        row("a number as code", responseOf(200, R"({"Code":999999,"RequestId":"R"})"),
            "serviceUnavailable", "999999", "R");
        row("XML",
            responseOf(400,
                       "<?xml version='1.0'?><Error><RequestId>R</RequestId>"
                       "<Code>InvalidAccessKeyId.NotFound</Code><Message>m</Message></Error>",
                       "text/xml;charset=utf-8"),
            "accessKeyInvalid", "InvalidAccessKeyId.NotFound", "R");
        row("HTML", responseOf(200, "<!DOCTYPE html><html>Log in</html>", "text/html"),
            "intercepted");
        row("HTML named JSON", responseOf(200, "  <html>Log in</html>"), "intercepted");
        row("HTML from a gateway", responseOf(502, "<html>Bad gateway</html>", "text/html"),
            "serviceUnavailable");
        row("empty", responseOf(200, ""), "invalidAnswer");
        row("text", responseOf(200, "hello", "text/plain"), "invalidAnswer");
        row("an array", responseOf(200, "[1]"), "invalidAnswer");
        row("cut short", responseOf(200, R"({"Code":"OK","Data":{)"), "invalidAnswer");
        row("request id in a header",
            responseOf(400, R"({"Code":"NoPermission"})", "application/json",
                       {{"x-acs-request-id", "H"}}),
            "permissionDenied", "NoPermission", "H");
    }
    void answers()
    {
        QFETCH(HttpResponse, response);
        QFETCH(QString, kind);
        const Result<QJsonObject> answer = readCamsAnswer(response);
        QCOMPARE(answer.ok() ? QString() : errorKindName(answer.error().kind), kind);
        if (answer)
            return;
        QTEST(answer.error().code, "code");
        QTEST(answer.error().requestId, "requestId");
        QCOMPARE(answer.error().httpStatus, response.status);
    }

    void retryAfterIsMilliseconds()
    {
        const auto answer =
            readCamsAnswer(responseOf(400, R"({"Code":"Throttling.User"})", "application/json",
                                      {{"x-acs-retry-after", "1500"}}));
        QCOMPARE(answer.error().retryAfter, std::chrono::milliseconds(1500));
        QVERIFY(!readCamsAnswer(responseOf(400, R"({"Code":"Throttling"})"))
                     .error()
                     .retryAfter.has_value());
    }

    //! The service repeats the signed headers in its message, the security token among them.
    void stringToSignIsCutOff()
    {
        const auto answer = readCamsAnswer(responseOf(
            400, R"({"Code":"SignatureDoesNotMatch","Message":"Specified signature is not matched.
                     server string to sign is:POST x-acs-security-token:ExampleToken"})"));
        QVERIFY(!answer.ok());
        QVERIFY(!answer.error().message.contains(QLatin1String("ExampleToken")));
    }
};

QTEST_GUILESS_MAIN(TestCamsErrors)
#include "tst_camserrors.moc"
