// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/ossxml.h"

#include <QtTest/QTest>

using namespace ChatApp;

class TestOssXml : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void error()
    {
        const auto document = parseOssError(
            R"(<?xml version="1.0" encoding="UTF-8"?>
<Error>
  <Code>RequestTimeTooSkewed</Code>
  <Message>The difference is too large.</Message>
  <RequestId>5C3D9175B6FC201293AD****</RequestId>
  <HostId>media.oss-ap-southeast-1.aliyuncs.com</HostId>
  <Nested><Code>NotThis</Code></Nested>
  <RequestTime>2026-03-01T11:00:00.000Z</RequestTime>
  <ServerTime>2026-03-01T12:00:00.500Z</ServerTime>
  <EC>0002-00000504</EC>
  <RecommendDoc>https://api.aliyun.com/troubleshoot?q=0002-00000504</RecommendDoc>
</Error>)");
        QVERIFY(document.has_value());
        QCOMPARE(document->code, QStringLiteral("RequestTimeTooSkewed"));
        QCOMPARE(document->message, QStringLiteral("The difference is too large."));
        QCOMPARE(document->requestId, QStringLiteral("5C3D9175B6FC201293AD****"));
        QCOMPARE(document->ec, QStringLiteral("0002-00000504"));
        QCOMPARE(document->serverTime, QDateTime(QDate(2026, 3, 1), QTime(12, 0, 0, 500), Qt::UTC));
        QCOMPARE(document->region, QString());
    }

    void namedRegion_data()
    {
        QTest::addColumn<QByteArray>("elements");
        QTest::addColumn<QString>("region");
        const auto row = [](const char* elements, const char* region) {
            QTest::newRow(elements) << QByteArray(elements) << QString::fromLatin1(region);
        };
        row("<Region>cn-beijing</Region>", "cn-beijing");
        row("<Region>oss-cn-beijing</Region>", "cn-beijing");
        row("<BucketRegion>us-west-1</BucketRegion>", "us-west-1");
        row("<ExpectedRegion>us-west-1</ExpectedRegion>", "us-west-1");
        row("<Endpoint>oss-cn-hangzhou.aliyuncs.com</Endpoint>", "cn-hangzhou");
        row("<Endpoint>media.oss-cn-hangzhou-internal.aliyuncs.com</Endpoint>", "cn-hangzhou");
        row("<Endpoint>oss-cn-hangzhou.aliyuncs.com</Endpoint><Region>cn-beijing</Region>",
            "cn-beijing");
        row("<Message>the region 'us-west-1' is wrong; expecting 'cn-beijing'</Message>",
            "cn-beijing");
        row("<Message>Invalid signing region in Authorization header.</Message>", "");
        row("<Region>Beijing!</Region>", "");
        row("<Endpoint>media.example.com</Endpoint>", "");
        row("", "");
    }
    void namedRegion()
    {
        QFETCH(QByteArray, elements);
        const auto document = parseOssError("<Error><Code>X</Code>" + elements + "</Error>");
        QVERIFY(document.has_value());
        QTEST(document->region, "region");
    }

    void notAnError_data()
    {
        QTest::addColumn<QByteArray>("body");
        for (const char* body : {"", "hello", "<html><body>Log in</body></html>", "<Error>",
                                 "<Error/>", "<Error><Code/></Error>", "{\"Code\":\"X\"}",
                                 "<CompleteMultipartUploadResult/>", "\xff\xfe\x00"})
            QTest::newRow(body) << QByteArray(body);
    }
    void notAnError()
    {
        QFETCH(QByteArray, body);
        QVERIFY(!parseOssError(body).has_value());
    }

    void initiate()
    {
        QCOMPARE(parseInitiateResult("<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>k</Key>"
                                     "<UploadId>0004B9</UploadId><New><UploadId>no</UploadId></New>"
                                     "</InitiateMultipartUploadResult>"),
                 QStringLiteral("0004B9"));
        for (const char* body :
             {"", "<InitiateMultipartUploadResult/>",
              "<InitiateMultipartUploadResult><UploadId/></InitiateMultipartUploadResult>",
              "<InitiateMultipartUploadResult><UploadId>0004B9</UploadId>",
              "<Other><UploadId>0004B9</UploadId></Other>"})
            QVERIFY2(!parseInitiateResult(body).has_value(), body);
    }

    void listParts()
    {
        const auto page = parseListPartsResult(
            "<ListPartsResult><UploadId>U</UploadId><MaxParts>2</MaxParts>"
            "<Part><PartNumber>5</PartNumber><LastModified>x</LastModified>"
            "<ETag>\"ABC\"</ETag><Size>6291456</Size>"
            "<HashCrc64ecma>18446744073709551615</HashCrc64ecma></Part>"
            "<Part><PartNumber>1</PartNumber><ETag>\"DEF\"</ETag><Size>?</Size></Part>"
            "<NextPartNumberMarker>5</NextPartNumberMarker><IsTruncated>true</IsTruncated>"
            "</ListPartsResult>");
        QVERIFY(page.has_value());
        QCOMPARE(page->parts.size(), 2);
        QCOMPARE(page->parts[0], (OssPart{1, "DEF", -1, std::nullopt}));
        QCOMPARE(page->parts[1], (OssPart{5, "ABC", 6291456, 18446744073709551615ULL}));
        QCOMPARE(page->nextMarker, 5);
    }

    void lastPageOfParts()
    {
        const auto page =
            parseListPartsResult("<ListPartsResult><NextPartNumberMarker>5</NextPartNumberMarker>"
                                 "<IsTruncated>false</IsTruncated></ListPartsResult>");
        QVERIFY(page.has_value());
        QVERIFY(page->parts.isEmpty());
        QVERIFY(!page->nextMarker.has_value());
    }

    void damagedPartsAreNoPage()
    {
        for (const char* body :
             {"", "<ListPartsResult><Part/></ListPartsResult>",
              "<ListPartsResult><Part><PartNumber>x</PartNumber></Part></ListPartsResult>",
              "<ListPartsResult><Part><PartNumber>1</PartNumber></Part>"})
            QVERIFY2(!parseListPartsResult(body).has_value(), body);
    }

    void complete()
    {
        QCOMPARE(parseCompleteResult("<CompleteMultipartUploadResult><Location>l</Location>"
                                     "<ETag>\"B864DB-2\"</ETag></CompleteMultipartUploadResult>"),
                 QByteArray("B864DB-2"));
        QVERIFY(!parseCompleteResult("<Error><Code>InternalError</Code></Error>").has_value());
        QVERIFY(!parseCompleteResult("").has_value());
    }

    void completeDocument()
    {
        QCOMPARE(completeUploadDocument({{.number = 2, .etag = "B"}, {.number = 1, .etag = "A&"}}),
                 QByteArray("<CompleteMultipartUpload>"
                            "<Part><PartNumber>1</PartNumber><ETag>&quot;A&amp;&quot;</ETag></Part>"
                            "<Part><PartNumber>2</PartNumber><ETag>&quot;B&quot;</ETag></Part>"
                            "</CompleteMultipartUpload>"));
    }

    //! An entity bomb stays small, and outside entities are not fetched.
    void hostileEntities()
    {
        QByteArray bomb = "<!DOCTYPE Error [<!ENTITY a0 \"xxxxxxxxxxxxxxxxxxxx\">";
        for (int i = 1; i < 12; ++i) {
            const QByteArray before = "&a" + QByteArray::number(i - 1) + ';';
            bomb += "<!ENTITY a" + QByteArray::number(i) + " \"" + before.repeated(10) + "\">";
        }
        bomb += "]><Error><Code>X</Code><Message>&a11;</Message></Error>";
        const auto document = parseOssError(bomb);
        QVERIFY(!document || document->message.size() < 10'000);
        const auto outside =
            parseOssError("<!DOCTYPE Error [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>"
                          "<Error><Code>X</Code><Message>&f;</Message></Error>");
        QVERIFY(!outside || outside->message.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestOssXml)
#include "tst_ossxml.moc"
