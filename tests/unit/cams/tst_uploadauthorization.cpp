// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cams/uploadauthorization.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace ChatApp;

namespace {

const QDateTime localTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
// The service's clock is ten minutes ahead.
const AnswerTime answerTime{.local = localTime, .server = localTime.addSecs(600)};

QJsonObject goodData()
{
    return {{QStringLiteral("AccessKeyId"), QStringLiteral("STS.ExampleId")},
            {QStringLiteral("AccessKeySecret"), QStringLiteral("ExampleSecret")},
            {QStringLiteral("SecurityToken"), QStringLiteral("ExampleToken+/==")},
            {QStringLiteral("BucketName"), QStringLiteral("media")},
            {QStringLiteral("Dir"), QStringLiteral("100010")},
            {QStringLiteral("EndPoint"), QStringLiteral("https://oss-ap-southeast-1.aliyuncs.com")},
            {QStringLiteral("Expire"), 3600}};
}

QJsonObject answerWith(const QJsonObject& data)
{
    return {{QStringLiteral("RequestId"), QStringLiteral("R-1")},
            {QStringLiteral("Code"), QStringLiteral("OK")},
            {QStringLiteral("Data"), data}};
}

Result<UploadAuthorization> parseWith(const char* field, const QJsonValue& value)
{
    QJsonObject data = goodData();
    if (value.isUndefined())
        data.remove(QLatin1String(field));
    else
        data.insert(QLatin1String(field), value);
    return parseUploadAuthorization(answerWith(data), answerTime);
}

} // namespace

class TestUploadAuthorization : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wholeAnswer()
    {
        const auto result = parseUploadAuthorization(answerWith(goodData()), answerTime);
        QVERIFY(result.ok());
        QCOMPARE(result->credentials.accessKeyId, QStringLiteral("STS.ExampleId"));
        QCOMPARE(result->credentials.accessKeySecret.expose(), QByteArray("ExampleSecret"));
        QCOMPARE(result->credentials.securityToken.expose(), QByteArray("ExampleToken+/=="));
        QCOMPARE(result->bucket, QStringLiteral("media"));
        QCOMPARE(result->dir, QStringLiteral("100010"));
        QCOMPARE(result->endpoint, (Endpoint{"https", "oss-ap-southeast-1.aliyuncs.com", -1}));
        QCOMPARE(result->requestId, QStringLiteral("R-1"));
        QCOMPARE(result->expiresAt, localTime.addSecs(3600));
        QCOMPARE(result->renewAt, localTime.addSecs(2880));
    }

    void fieldNamesInLowerCase()
    {
        QJsonObject data;
        const QJsonObject good = goodData();
        for (auto it = good.begin(); it != good.end(); ++it)
            data.insert(it.key().toLower(), it.value());
        const auto result = parseUploadAuthorization(
            {{QStringLiteral("data"), data}, {QStringLiteral("requestid"), QStringLiteral("R")}},
            answerTime);
        QVERIFY(result.ok());
        QCOMPARE(result->requestId, QStringLiteral("R"));
    }

    void expire_data()
    {
        QTest::addColumn<QJsonValue>("expire");
        QTest::addColumn<qint64>("life"); // seconds
        const qint64 serverEpoch = answerTime.server.toSecsSinceEpoch();
        const auto row = [](const char* name, const QJsonValue& value, qint64 life) {
            QTest::newRow(name) << value << life;
        };
        row("seconds", 3600, 3600);
        row("seconds as a string", QStringLiteral("3600"), 3600);
        row("one second", 1, 1);
        row("epoch seconds", serverEpoch + 1800, 1800);
        row("epoch seconds as a string", QString::number(serverEpoch + 1800), 1800);
        row("epoch milliseconds", (serverEpoch + 1800) * 1000, 1800);
        row("zero", 0, 900);
        row("negative", -5, 900);
        row("missing", QJsonValue(QJsonValue::Undefined), 900);
        row("null", QJsonValue(), 900);
        row("not a number", QStringLiteral("soon"), 900);
        row("an object", QJsonObject(), 900);
        row("epoch in the past", serverEpoch - 10, 900);
        row("too long to be true", 999'999'999, 24 * 3600);
        row("absurd", 1e300, 24 * 3600);
    }
    void expire()
    {
        QFETCH(QJsonValue, expire);
        QFETCH(qint64, life);
        const auto result = parseWith("Expire", expire);
        QVERIFY(result.ok());
        QCOMPARE(localTime.secsTo(result->expiresAt), life);
        QCOMPARE(localTime.msecsTo(result->renewAt), life * 800);
    }

    void withoutDateTheLocalClockCounts()
    {
        QJsonObject data = goodData();
        data.insert(QStringLiteral("Expire"), localTime.toSecsSinceEpoch() + 1000);
        const auto result =
            parseUploadAuthorization(answerWith(data), {.local = localTime, .server = {}});
        QCOMPARE(result->expiresAt, localTime.addSecs(1000));
    }

    void endpoint_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // scheme://authority
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(expected);
        };
        row("oss-ap-southeast-1.aliyuncs.com", "https://oss-ap-southeast-1.aliyuncs.com");
        row("https://oss.com", "https://oss.com");
        row("https://oss.com/", "https://oss.com");
        row("https://oss.com///", "https://oss.com");
        row("HTTPS://OSS.com", "https://oss.com");
        row("https://media.oss-ap-southeast-1.aliyuncs.com",
            "https://oss-ap-southeast-1.aliyuncs.com");
        row("media.oss-ap-southeast-1.aliyuncs.com/", "https://oss-ap-southeast-1.aliyuncs.com");
        row("mediathek.example.com", "https://mediathek.example.com");
        row("https://oss.com:8443", "https://oss.com:8443");
        row("http://127.0.0.1:8080", "http://127.0.0.1:8080");
        row("http://localhost:8080/", "http://localhost:8080");
    }
    void endpoint()
    {
        QFETCH(QString, text);
        const auto result = parseWith("EndPoint", text);
        QVERIFY(result.ok());
        QTEST(QString::fromLatin1(result->endpoint.scheme + "://" + result->endpoint.authority()),
              "expected");
    }

    void dir_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("100010", "100010");
        row("/100010", "100010");
        row("100010/", "100010");
        row("//100010//", "100010");
        row("a/b/c", "a/b/c");
        row("a..b/..c", "a..b/..c");
        row("目录/é", "目录/é");
        row("", "");
        row("/", "");
    }
    void dir()
    {
        QFETCH(QString, text);
        const auto result = parseWith("Dir", text);
        QVERIFY(result.ok());
        QTEST(result->dir, "expected");
    }

    void refused_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* field, const QJsonValue& value,
                            const char* kind = "invalidAnswer") {
            QTest::addRow("%s: %s", field, qPrintable(value.toVariant().toString()))
                << QString::fromLatin1(field) << value << QString::fromLatin1(kind);
        };
        for (const char* field :
             {"AccessKeyId", "AccessKeySecret", "SecurityToken", "BucketName", "EndPoint"}) {
            row(field, QJsonValue(QJsonValue::Undefined));
            row(field, QString());
            row(field, QStringLiteral("   "));
            row(field, 5);
            row(field, QStringLiteral("Example\r\nSecret: x"));
        }
        row("Dir", QJsonValue(QJsonValue::Undefined));
        row("Dir", QStringLiteral(".."));
        row("Dir", QStringLiteral("a/../b"));
        row("Dir", QStringLiteral("./a"));
        row("Dir", QStringLiteral("a\nb"));
        row("BucketName", QStringLiteral("Media"));
        row("BucketName", QStringLiteral("media.example.com/"));
        row("BucketName", QStringLiteral("-media"));
        row("EndPoint", QStringLiteral("https://oss.com/path"));
        row("EndPoint", QStringLiteral("https://user@oss.com"));
        row("EndPoint", QStringLiteral("ftp://oss.com"));
        row("EndPoint", QStringLiteral("http://oss-ap-southeast-1.aliyuncs.com"),
            "plainHttpRefused");
        row("EndPoint", QStringLiteral("http://10.0.0.1"), "plainHttpRefused");
    }
    void refused()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        const auto result = parseWith(field.toLatin1().constData(), value);
        QVERIFY(!result.ok());
        QTEST(errorKindName(result.error().kind), "kind");
        if (result.error().kind == ErrorKind::InvalidAnswer)
            QVERIFY2(result.error().message.contains(field), qPrintable(result.error().message));
        QVERIFY(!result.error().message.contains(QLatin1String("Example")));
    }

    void noData()
    {
        const auto result = parseUploadAuthorization({}, answerTime);
        QCOMPARE(result.error().kind, ErrorKind::InvalidAnswer);
        QVERIFY(result.error().message.contains(QLatin1String("Data")));
    }
};

QTEST_GUILESS_MAIN(TestUploadAuthorization)
#include "tst_uploadauthorization.moc"
