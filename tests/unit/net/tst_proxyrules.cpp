// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "net/proxyrules.h"

#include <QtTest/QTest>

using namespace ChatApp;

namespace {

QProcessEnvironment environmentOf(const QStringList& assignments)
{
    QProcessEnvironment environment;
    for (const QString& one : assignments) {
        const qsizetype equals = one.indexOf(QLatin1Char('='));
        environment.insert(one.left(equals), one.mid(equals + 1));
    }
    return environment;
}

} // namespace

class TestProxyRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void environment_data()
    {
        QTest::addColumn<QString>("variables");
        QTest::addColumn<QByteArray>("scheme");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QString>("proxy"); // "host:port", or empty for none
        const auto row = [](const char* name, const char* variables, const char* host,
                            const char* proxy, const char* scheme = "https") {
            QTest::newRow(name) << QString::fromLatin1(variables) << QByteArray(scheme)
                                << QByteArray(host) << QString::fromLatin1(proxy);
        };
        row("nothing set", "", "a.example.com", "");
        row("lower case", "https_proxy=http://p:3128", "a.example.com", "p:3128");
        row("upper case", "HTTPS_PROXY=http://p:3128", "a.example.com", "p:3128");
        row("lower case wins", "https_proxy=http://low:1 HTTPS_PROXY=http://up:2", "a.example.com",
            "low:1");
        row("empty lower case falls through", "https_proxy= HTTPS_PROXY=http://up:2",
            "a.example.com", "up:2");
        row("the other scheme's", "http_proxy=http://p:3128", "a.example.com", "");
        row("plain", "http_proxy=http://p:3128", "a.example.com", "p:3128", "http");
        row("HTTP_PROXY may come from a header", "HTTP_PROXY=http://p:3128", "a.example.com", "",
            "http");
        row("no_proxy", "https_proxy=http://p:1 no_proxy=example.com", "a.example.com", "");
        row("NO_PROXY", "https_proxy=http://p:1 NO_PROXY=example.com", "a.example.com", "");
        row("no_proxy of others", "https_proxy=http://p:1 no_proxy=example.org", "a.example.com",
            "p:1");
        row("loopback name", "https_proxy=http://p:1", "localhost", "");
        row("loopback address", "https_proxy=http://p:1", "127.0.0.1", "");
        row("loopback IPv6", "http_proxy=http://p:1", "::1", "", "http");
    }
    void environment()
    {
        QFETCH(QString, variables);
        QFETCH(QByteArray, scheme);
        QFETCH(QByteArray, host);
        const ProxyRules rules(
            TransportConfig{},
            environmentOf(variables.split(QLatin1Char(' '), Qt::SkipEmptyParts)));
        const Result<QNetworkProxy> proxy = rules.proxyFor(scheme, host, 443);
        QVERIFY(proxy.ok());
        const QString found = proxy->type() == QNetworkProxy::NoProxy
            ? QString()
            : QStringLiteral("%1:%2").arg(proxy->hostName()).arg(proxy->port());
        QTEST(found, "proxy");
    }

    void modes()
    {
        const QProcessEnvironment environment =
            environmentOf({QStringLiteral("https_proxy=http://p:1")});
        TransportConfig config;
        config.proxyMode = TransportConfig::ProxyMode::None;
        QCOMPARE(ProxyRules(config, environment).proxyFor("https", "a.example", 443)->type(),
                 QNetworkProxy::NoProxy);
        config.proxyMode = TransportConfig::ProxyMode::Fixed;
        config.fixedProxy = "socks5://fixed.example:9050";
        const Result<QNetworkProxy> fixed =
            ProxyRules(config, environment).proxyFor("https", "a.example", 443);
        QCOMPARE(fixed->type(), QNetworkProxy::Socks5Proxy);
        QCOMPARE(fixed->hostName(), QStringLiteral("fixed.example"));
        QCOMPARE(fixed->port(), quint16(9050));
        QCOMPARE(ProxyRules(config, environment).proxyFor("https", "127.0.0.1", 443)->type(),
                 QNetworkProxy::NoProxy);
    }

    void parse_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("type"); // -1: refused
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        const auto row = [](const char* text, int type, const char* host = "", int port = 0) {
            QTest::newRow(text) << QByteArray(text) << type << QString::fromLatin1(host) << port;
        };
        row("http://p.example:3128", QNetworkProxy::HttpProxy, "p.example", 3128);
        row("http://p.example:3128/", QNetworkProxy::HttpProxy, "p.example", 3128);
        row("p.example:3128", QNetworkProxy::HttpProxy, "p.example", 3128);
        row("p.example", QNetworkProxy::HttpProxy, "p.example", 80);
        row("http://[::1]:3128", QNetworkProxy::HttpProxy, "::1", 3128);
        row("socks5://p.example", QNetworkProxy::Socks5Proxy, "p.example", 1080);
        row("socks5h://p.example:9050", QNetworkProxy::Socks5Proxy, "p.example", 9050);
        row("https://p.example:3128", -1);
        row("http://p.example:99999", -1);
        row("http://p.example/x", -1);
        row("http://", -1);
        row("http://p.example:3128?x", -1);
    }
    void parse()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, type);
        const Result<QNetworkProxy> proxy = parseProxy(text);
        QCOMPARE(proxy.ok(), type != -1);
        if (!proxy) {
            QCOMPARE(proxy.error().kind, ErrorKind::Proxy);
            return;
        }
        QCOMPARE(static_cast<int>(proxy->type()), type);
        QTEST(proxy->hostName(), "host");
        QTEST(static_cast<int>(proxy->port()), "port");
    }

    void credentials()
    {
        const Result<QNetworkProxy> proxy = parseProxy("http://me:Example%40Secret@p.example:1");
        QCOMPARE(proxy->user(), QStringLiteral("me"));
        QCOMPARE(proxy->password(), QStringLiteral("Example@Secret"));
        const Result<QNetworkProxy> refused = parseProxy("ftp://me:ExampleSecret@p.example:1");
        QVERIFY(!refused.error().message.contains(QLatin1String("ExampleSecret")));
    }

    void bypass_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("bypassed");
        const auto row = [](const char* list, const char* host, bool bypassed) {
            QTest::newRow(
                qPrintable(QStringLiteral("%1 | %2").arg(QLatin1String(list), QLatin1String(host))))
                << QByteArray(list) << QByteArray(host) << bypassed;
        };
        row("*", "a.example.com", true);
        row("example.com", "example.com", true);
        row("example.com", "a.example.com", true);
        row("example.com", "notexample.com", false);
        row(".example.com", "a.example.com", true);
        row(".example.com", "example.com", true);
        row("*.example.com", "a.b.example.com", true);
        row("EXAMPLE.com", "A.Example.COM", true);
        row("x.org, example.com", "a.example.com", true);
        row("x.org example.com", "a.example.com", true);
        row("example.com:443", "a.example.com", true);
        row("example.com:8443", "a.example.com", false);
        row("10.1.2.3", "10.1.2.3", true);
        row("10.1.2.3", "10.1.2.33", false);
        row("1.2.3", "10.1.2.3", false);
        row("10.0.0.0/8", "10.1.2.3", true);
        row("10.0.0.0/8", "11.1.2.3", false);
        row("10.0.0.0/8", "10.example.com", false);
        row("2001:db8::1", "2001:db8:0::1", true);
        row("[2001:db8::1]:443", "2001:db8::1", true);
        row("[2001:db8::1]:80", "2001:db8::1", false);
        row("", "a.example.com", false);
        row(",, ,.", "a.example.com", false);
    }
    void bypass()
    {
        QFETCH(QByteArray, list);
        QFETCH(QByteArray, host);
        QTEST(bypassesProxy(list, host, 443), "bypassed");
    }
};

QTEST_GUILESS_MAIN(TestProxyRules)
#include "tst_proxyrules.moc"
