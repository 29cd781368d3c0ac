// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "net/endpoint.h"
#include "net/httptransport.h"

#include <QtTest/QTest>

using namespace ChatApp;

class TestEndpoint : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void accepted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("scheme");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<QByteArray>("authority");
        const auto row = [](const char* text, const char* scheme, const char* host, int port,
                            const char* authority) {
            QTest::newRow(text) << QString::fromUtf8(text) << QByteArray(scheme) << QByteArray(host)
                                << port << QByteArray(authority);
        };
        row("cams.ap-southeast-1.aliyuncs.com", "https", "cams.ap-southeast-1.aliyuncs.com", -1,
            "cams.ap-southeast-1.aliyuncs.com");
        row(" CAMS.example.com ", "https", "cams.example.com", -1, "cams.example.com");
        row("cams.example.com:8443", "https", "cams.example.com", 8443, "cams.example.com:8443");
        row("https://cams.example.com", "https", "cams.example.com", -1, "cams.example.com");
        row("HTTPS://cams.example.com/", "https", "cams.example.com", -1, "cams.example.com");
        row("https://cams.example.com:443/", "https", "cams.example.com", 443, "cams.example.com");
        row("http://127.0.0.1:8080", "http", "127.0.0.1", 8080, "127.0.0.1:8080");
        row("http://127.1.2.3", "http", "127.1.2.3", -1, "127.1.2.3");
        row("http://localhost:80/", "http", "localhost", 80, "localhost");
        row("http://[::1]:8080", "http", "::1", 8080, "[::1]:8080");
        row("https://10.0.0.1", "https", "10.0.0.1", -1, "10.0.0.1");
        row("[2001:db8::1]", "https", "2001:db8::1", -1, "[2001:db8::1]");
        row("bücher.example", "https", "xn--bcher-kva.example", -1, "xn--bcher-kva.example");
    }
    void accepted()
    {
        QFETCH(QString, text);
        const Result<Endpoint> endpoint = parseEndpoint(text);
        QVERIFY2(endpoint.ok(), endpoint ? "" : qPrintable(endpoint.error().message));
        QTEST(endpoint->scheme, "scheme");
        QTEST(endpoint->host, "host");
        QTEST(endpoint->port, "port");
        QTEST(endpoint->authority(), "authority");
    }

    void refused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* text, const char* kind = "usage") {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(kind);
        };
        row("");
        row("   ");
        row("https://");
        row("https:///");
        row("ftp://cams.example.com");
        row("://cams.example.com");
        row("https://user@cams.example.com");
        row("https://user:word@cams.example.com");
        row("https://cams.example.com/path");
        row("https://cams.example.com//");
        row("cams.example.com?x=1");
        row("cams.example.com#x");
        row("cams.example.com:");
        row("cams.example.com:0");
        row("cams.example.com:65536");
        row("cams.example.com:+80");
        row("cams.example.com:80:80");
        row("cams..example.com");
        row("-cams.example.com");
        row("cams example.com");
        row("cams.example.com\nX: y");
        row("cams.example.com\\x");
        row("https://[::1");
        row("https://[cams.example.com]");
        row("2001:db8::1");
        row("http://cams.example.com", "plainHttpRefused");
        row("http://10.0.0.1:8080", "plainHttpRefused");
        row("http://127.0.0.1.example.com", "plainHttpRefused");
        row("http://localhost.example.com", "plainHttpRefused");
        row("http://[2001:db8::1]", "plainHttpRefused");
        row("http://127.1", "plainHttpRefused");
        row("http://2130706433", "plainHttpRefused");
    }
    void refused()
    {
        QFETCH(QString, text);
        const Result<Endpoint> endpoint = parseEndpoint(text);
        QVERIFY(!endpoint.ok());
        QTEST(errorKindName(endpoint.error().kind), "kind");
    }

    //! A password that was pasted with the endpoint is not repeated in the error.
    void userInfoIsNotRepeated()
    {
        const Result<Endpoint> endpoint =
            parseEndpoint(QStringLiteral("https://me:ExampleSecret@cams.example.com"));
        QVERIFY(!endpoint.error().message.contains(QLatin1String("ExampleSecret")));
    }

    void loopback()
    {
        for (const char* host : {"localhost", "LOCALHOST", "127.0.0.1", "127.255.0.9", "::1"})
            QVERIFY2(isLoopbackHost(host), host);
        for (const char* host : {"", "localhost.", "localhost.example.com", "127.0.0.1.example.com",
                                 "128.0.0.1", "0.0.0.0", "::", "127.1", "2130706433", "10.0.0.1"})
            QVERIFY2(!isLoopbackHost(host), host);
    }
};

QTEST_GUILESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"
