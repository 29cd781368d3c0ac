// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/logredaction.h"

#include <QtTest/QTest>

using namespace ChatApp;

class TestLogRedaction : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void credentialsAreHidden_data();
    void credentialsAreHidden();
    void ordinaryMessagesStay_data();
    void ordinaryMessagesStay();
};

void TestLogRedaction::credentialsAreHidden_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("secret");

    const auto row = [](const char* name, const char* message, const char* secret) {
        QVERIFY(QByteArray(message).contains(secret));
        QTest::newRow(name) << QString::fromLatin1(message) << QString::fromLatin1(secret);
    };
    row("header", "authorization: Whatever abc def", "def");
    row("json header", R"({"Authorization":"Whatever ExampleSecret"})", "ExampleSecret");
    row("acs3", "sent ACS3-HMAC-SHA256 Credential=LTAI,SignedHeaders=host,Signature=0a1b2c",
        "0a1b");
    row("oss4", "OSS4-HMAC-SHA256 Credential=STS.x/20260101, Signature=0a1b2c", "0a1b2c");
    row("oss1", "OSS STS.Example:AbCdEfGhIjKlMnOpQrStUvWxYz0=", "AbCdEfGh");
    row("query", "https://h/k?x-oss-signature=0a1b2c&x=1", "0a1b2c");
    row("query v1", "https://h/k?Expires=1&Signature=ab%2Bcd%3D", "ab%2Bcd");
    row("encoded query", "url=k%3Fx-oss-security-token%3DExampleToken", "ExampleToken");
    row("token header", "x-oss-security-token: ExampleToken", "ExampleToken");
    row("acs token header", "x-acs-security-token=ExampleToken", "ExampleToken");
    row("json token", R"("SecurityToken":"ExampleToken","Bucket":"b")", "ExampleToken");
    row("json secret", R"("AccessKeySecret" : "ExampleSecret")", "ExampleSecret");
    row("variable", "ALIBABA_CLOUD_ACCESS_KEY_SECRET=ExampleSecret", "ExampleSecret");
    row("variable token", "ALIBABA_CLOUD_SECURITY_TOKEN=ExampleToken", "ExampleToken");
    row("xml", "<SignatureProvided>0a1b2c</SignatureProvided>", "0a1b2c");
    row("xml string to sign", "<StringToSign>PUT\n\nExampleToken</StringToSign>", "ExampleToken");
    row("bare token", "got CAISExampleExampleExampleExample1 from", "CAISExample");
    row("proxy", "proxy http://someone:ExamplePassword@proxy:3128", "ExamplePassword");
    row("bearer", "Bearer ExampleBearerToken", "ExampleBearerToken");
}

void TestLogRedaction::credentialsAreHidden()
{
    QFETCH(QString, message);
    QFETCH(QString, secret);
    const QString redacted = redactedLogMessage(message);
    QVERIFY2(!redacted.contains(secret), qPrintable(redacted));
    QVERIFY2(redacted.contains(QLatin1String("[hidden]")), qPrintable(redacted));
}

void TestLogRedaction::ordinaryMessagesStay_data()
{
    QTest::addColumn<QString>("message");
    for (const char* message :
         {"upload 7: permissionDenied code=Ram.PermissionDeny status=400 request=ABC-1",
          "https://bucket.oss-ap-southeast-1.aliyuncs.com/dir/picture-abcdefgh.png",
          "the secret store is locked", "signatureRejected code=SignatureDoesNotMatch status=403",
          "token of space 1 expires in 3600 s", "OSS answered 200"})
        QTest::newRow(message) << QString::fromLatin1(message);
}

void TestLogRedaction::ordinaryMessagesStay()
{
    QFETCH(QString, message);
    QCOMPARE(redactedLogMessage(message), message);
}

QTEST_GUILESS_MAIN(TestLogRedaction)
#include "tst_logredaction.moc"
