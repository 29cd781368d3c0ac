// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/objecturl.h"
#include "oss/ossregion.h"

#include <QtTest/QTest>

using namespace ChatApp;

class TestOssRegion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void region_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QString>("region");
        const auto row = [](const char* host, const char* region) {
            QTest::newRow(host) << QByteArray(host) << QString::fromLatin1(region);
        };
        row("oss-ap-southeast-1.aliyuncs.com", "ap-southeast-1");
        row("OSS-AP-SouthEast-1.Aliyuncs.com", "ap-southeast-1");
        row("oss-cn-hangzhou-internal.aliyuncs.com", "cn-hangzhou");
        row("oss-ap-southeast-1-internal.aliyuncs.com", "ap-southeast-1");
        row("bucket.oss-cn-hangzhou.aliyuncs.com", "cn-hangzhou");
        row("my-bucket-1.oss-us-west-1-internal.aliyuncs.com", "us-west-1");
        row("cn-hangzhou.oss.aliyuncs.com", "cn-hangzhou");
        row("ap-southeast-1.oss-internal.aliyuncs.com", "ap-southeast-1");
        row("s3.oss-cn-beijing.aliyuncs.com", "cn-beijing");
        row("vpc100-oss-cn-beijing.aliyuncs.com", "cn-beijing");
        row("oss-accelerate.aliyuncs.com", "");
        row("oss-accelerate-overseas.aliyuncs.com", "");
        row("bucket.oss-accelerate.aliyuncs.com", "");
        row("cb-123.cn-hangzhou.oss-cloudbox.aliyuncs.com", "");
        row("oss.com", "");
        row("media.example.com", "");
        row("oss-ap-southeast-1.aliyuncs.com.example.com", "");
        row("oss-ap-southeast-1.example.com", "");
        row("127.0.0.1", "");
        row("::1", "");
        row("localhost", "");
        row("", "");
    }
    void region()
    {
        QFETCH(QByteArray, host);
        QTEST(regionOfHost(host), "region");
    }

    void url_data()
    {
        QTest::addColumn<Endpoint>("endpoint");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("url");
        const Endpoint singapore{"https", "oss-ap-southeast-1.aliyuncs.com", -1};
        const auto row = [](const char* name, const Endpoint& endpoint, const char* key,
                            const char* url) {
            QTest::newRow(name) << endpoint << QString::fromUtf8(key) << QString::fromLatin1(url);
        };
        row("virtual host", singapore, "d/a.png",
            "https://media.oss-ap-southeast-1.aliyuncs.com/d/a.png");
        row("reserved characters", singapore, "d/a+b=c&d%20e?f#g h~'()*",
            "https://media.oss-ap-southeast-1.aliyuncs.com/d/"
            "a%2Bb%3Dc%26d%2520e%3Ff%23g%20h~%27%28%29%2A");
        row("CJK and emoji", singapore, "图片😀.png",
            "https://media.oss-ap-southeast-1.aliyuncs.com/"
            "%E5%9B%BE%E7%89%87%F0%9F%98%80.png");
        row("port", {"https", "store.example.com", 8443}, "k",
            "https://media.store.example.com:8443/k");
        row("IPv4", {"http", "127.0.0.1", 8080}, "d/k", "http://127.0.0.1:8080/media/d/k");
        row("IPv6", {"http", "::1", 8080}, "d/k", "http://[::1]:8080/media/d/k");
        row("localhost", {"http", "localhost", -1}, "k", "http://localhost/media/k");
    }
    void url()
    {
        QFETCH(Endpoint, endpoint);
        QFETCH(QString, key);
        QTEST(objectUrl(endpoint, QStringLiteral("media"), key).toString(), "url");
    }
};

QTEST_GUILESS_MAIN(TestOssRegion)
#include "tst_ossregion.moc"
