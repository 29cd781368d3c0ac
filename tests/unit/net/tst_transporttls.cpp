// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "net/qnamtransport.h"
#include "support/outcomewatch.h"
#include "support/rawserver.h"
#include "support/testcertificates.h"

#include <QtCore/QBuffer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace ChatApp;

class TestTransportTls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void certificate_data()
    {
        QTest::addColumn<QByteArray>("subjectAltName");
        QTest::addColumn<bool>("expired");
        QTest::addColumn<bool>("caKnown");
        QTest::addColumn<QString>("problem"); // part of the message; empty: accepted
        QTest::newRow("extra CA") << QByteArray("IP:127.0.0.1") << false << true << QString();
        QTest::newRow("unknown CA")
            << QByteArray("IP:127.0.0.1") << false << false << QStringLiteral("issuer certificate");
        QTest::newRow("wrong host") << QByteArray("DNS:oss.example.invalid") << false << true
                                    << QStringLiteral("host name did not match");
        QTest::newRow("wrong address")
            << QByteArray("IP:127.0.0.2") << false << true << QStringLiteral("host name did not");
        QTest::newRow("expired") << QByteArray("IP:127.0.0.1") << true << true
                                 << QStringLiteral("expired");
    }
    void certificate()
    {
        QFETCH(QByteArray, subjectAltName);
        QFETCH(bool, expired);
        QFETCH(bool, caKnown);
        QFETCH(QString, problem);
        RawServer server(
            serverTlsConfiguration(makeTestServerCertificate(m_ca, subjectAltName, expired)));
        server.onWhole = [](RawConnection& peer) { peer.reply("200 OK"); };
        auto transport = makeTransport(caKnown ? m_ca : m_otherCa);
        const QByteArray body(1'000'000, 'x');
        OutcomeWatch watch(transport->send(put(server, body)));
        QTRY_COMPARE(watch.count(), 1);
        if (problem.isEmpty()) {
            QCOMPARE(watch.status(), 200);
            QVERIFY(server.requests().constFirst().body == body);
            return;
        }
        QCOMPARE(watch.kind(), QStringLiteral("tls"));
        const QString message = watch.outcome().response.error().message;
        QVERIFY2(message.contains(problem), qPrintable(message));
        QVERIFY(!watch.outcome().requestTaken);
        QCOMPARE(server.requestCount(), 0);
    }

    void plainServer()
    {
        RawServer server;
        server.onConnected = [](RawConnection& peer) {
            peer.write("HTTP/1.1 400 Bad Request\r\n\r\n");
        };
        auto transport = makeTransport(m_ca);
        OutcomeWatch watch(transport->send(put(server, "x")));
        QTRY_COMPARE(watch.count(), 1);
        QCOMPARE(watch.kind(), QStringLiteral("tls"));
        QVERIFY(!watch.outcome().requestTaken);
    }

    //! As in the plain case: one request, whatever becomes of the connection.
    void nothingIsSentTwice()
    {
        RawServer server(serverTlsConfiguration(makeTestServerCertificate(m_ca, "IP:127.0.0.1")));
        server.onWhole = [](RawConnection& peer) { peer.close(); };
        auto transport = makeTransport(m_ca);
        OutcomeWatch watch(transport->send(put(server, "body")));
        QTRY_COMPARE(watch.count(), 1);
        QCOMPARE(watch.kind(), QStringLiteral("connectionLost"));
        QVERIFY(watch.outcome().requestTaken);
        QTest::qWait(100);
        QCOMPARE(server.requestCount(), 1);
    }

    void unusableCaFile_data()
    {
        QTest::addColumn<bool>("exists");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("missing") << false << QByteArray();
        QTest::newRow("empty") << true << QByteArray();
        QTest::newRow("not PEM") << true << QByteArray("hello");
        QTest::newRow("only a key") << true << m_ca.key;
        QTest::newRow("damaged") << true
                                 << QByteArray("-----BEGIN CERTIFICATE-----\nMIIB\n"
                                               "-----END CERTIFICATE-----\n");
    }
    void unusableCaFile()
    {
        QFETCH(bool, exists);
        QFETCH(QByteArray, content);
        TransportConfig config;
        config.extraCaFile = m_folder.filePath(QStringLiteral("unusable.pem"));
        QFile::remove(config.extraCaFile);
        if (exists)
            writeFile(config.extraCaFile, content);
        const auto transport = QnamTransport::create(config);
        QVERIFY(!transport.ok());
        QCOMPARE(transport.error().kind, ErrorKind::Usage);
        QVERIFY(transport.error().message.contains(config.extraCaFile));
    }

private:
    void writeFile(const QString& path, const QByteArray& content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    std::unique_ptr<QnamTransport> makeTransport(const TestCertificate& extraCa)
    {
        TransportConfig config;
        config.proxyMode = TransportConfig::ProxyMode::None;
        config.extraCaFile = m_folder.filePath(QStringLiteral("ca.pem"));
        writeFile(config.extraCaFile, extraCa.certificate);
        return QnamTransport::create(config).value();
    }

    static HttpRequest put(const RawServer& server, const QByteArray& body)
    {
        HttpRequest request;
        request.method = "PUT";
        request.host = "127.0.0.1";
        request.port = server.port();
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(body);
        buffer->open(QIODevice::ReadOnly);
        request.bodyDevice = std::move(buffer);
        request.bodySize = body.size();
        return request;
    }

    QTemporaryDir m_folder;
    TestCertificate m_ca = makeTestCa("Example Test CA");
    TestCertificate m_otherCa = makeTestCa("Another Test CA");
};

QTEST_GUILESS_MAIN(TestTransportTls)
#include "tst_transporttls.moc"
