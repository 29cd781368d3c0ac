// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "net/qnamtransport.h"
#include "support/outcomewatch.h"
#include "support/rawserver.h"
#include "upload/fileprobe.h"
#include "upload/partreader.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace ChatApp;
using namespace std::chrono_literals;

namespace {

//! Passes everything on, and counts how often it is asked.
class CountingDevice : public QIODevice {
public:
    CountingDevice(std::unique_ptr<QIODevice> source, std::shared_ptr<int> reads)
        : m_source(std::move(source))
        , m_reads(std::move(reads))
    {
        connect(m_source.get(), &QIODevice::readyRead, this, &QIODevice::readyRead);
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool atEnd() const override { return m_source->atEnd(); }

protected:
    qint64 readData(char* data, qint64 maxSize) override
    {
        ++*m_reads;
        return m_source->read(data, maxSize);
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    std::unique_ptr<QIODevice> m_source;
    std::shared_ptr<int> m_reads;
};

} // namespace

//! PartReader under a limit, on the real transport.
class TestPacedBody : public QObject {
    Q_OBJECT
private:
    QString write(const QByteArray& content);
    std::unique_ptr<PartReader> open(const QString& path, qint64 offset, qint64 length);
    void makeTransport(std::chrono::milliseconds stallTimeout);
    HttpCall* put(const RawServer& server, std::unique_ptr<QIODevice> body, qint64 size,
                  const char* scheme = "http");

    SystemClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<Bandwidth> m_bandwidth;
    std::unique_ptr<QnamTransport> m_transport;

private Q_SLOTS:
    void init();
    void cleanup();
    void readsNothingAndSaysWhenThereIsMore();
    void arrivesWholeAndInTime();
    void ourOwnSlownessIsNoTimeout();
    void aStallOfThePeerStillIs();
    void soIsAConnectionThatDoesNotCome();
    void bodiesShareEvenly();
    void aCallThatEndsLeavesTheOthersTheirTurns();
};

void TestPacedBody::init()
{
    m_bandwidth = std::make_unique<Bandwidth>(m_clock);
    makeTransport(10s);
}

void TestPacedBody::cleanup()
{
    m_transport.reset();
    m_bandwidth.reset();
}

void TestPacedBody::makeTransport(std::chrono::milliseconds stallTimeout)
{
    TransportConfig config;
    config.proxyMode = TransportConfig::ProxyMode::None;
    config.sendStallTimeout = stallTimeout;
    config.connectTimeout = stallTimeout;
    m_transport = QnamTransport::create(config).value();
}

QString TestPacedBody::write(const QByteArray& content)
{
    QString path = m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write a test file");
    return path;
}

std::unique_ptr<PartReader> TestPacedBody::open(const QString& path, qint64 offset, qint64 length)
{
    return PartReader::open(path, identityAt(path).value(), offset, length, m_bandwidth.get())
        .value();
}

HttpCall* TestPacedBody::put(const RawServer& server, std::unique_ptr<QIODevice> body, qint64 size,
                             const char* scheme)
{
    HttpRequest request;
    request.method = "PUT";
    request.scheme = scheme;
    request.host = "127.0.0.1";
    request.port = server.port();
    request.bodyDevice = std::move(body);
    request.bodySize = size;
    return m_transport->send(std::move(request));
}

void TestPacedBody::readsNothingAndSaysWhenThereIsMore()
{
    m_bandwidth->setLimit(2000);
    const std::unique_ptr<PartReader> reader = open(write(QByteArray(2500, 'x')), 0, 2500);
    int ready = 0;
    connect(reader.get(), &QIODevice::readyRead, this, [&ready] { ++ready; });
    char buffer[4096];
    QCOMPARE(reader->read(buffer, sizeof buffer), 0);
    QVERIFY(!reader->atEnd());
    QVERIFY(!reader->readout()->failure);
    QTRY_COMPARE(ready, 1);
    QCOMPARE(reader->read(buffer, sizeof buffer), 512);
    QCOMPARE(reader->readout()->bytesRead, 512);
    m_bandwidth->setLimit(0);
    QCOMPARE(reader->read(buffer, sizeof buffer), 1988);
    QVERIFY(reader->atEnd());
    QCOMPARE(reader->readout()->crc64, Crc64::of(QByteArray(2500, 'x')));
    QCOMPARE(reader->read(buffer, sizeof buffer), -1);
}

void TestPacedBody::arrivesWholeAndInTime()
{
    constexpr qint64 rate = 200'000; // turns of 10,000
    constexpr qint64 size = 150'000;
    QByteArray content(size + 2000, Qt::Uninitialized);
    for (qsizetype i = 0; i < content.size(); ++i)
        content[i] = static_cast<char>(i * 7 + i / 251);
    RawServer server;
    server.onWhole = [](RawConnection& peer) { peer.reply("200 OK"); };
    const QString path = write(content);
    m_bandwidth->setLimit(rate);
    const auto reads = std::make_shared<int>(0);
    QElapsedTimer timer;
    timer.start();
    auto reader = open(path, 1000, size);
    const auto readout = reader->readout();
    OutcomeWatch watch(
        put(server, std::make_unique<CountingDevice>(std::move(reader), reads), size));
    QTRY_COMPARE(watch.count(), 1);
    QVERIFY2(timer.elapsed() >= (size - rate / 10) * 1000 / rate, "faster than allowed");
    QCOMPARE(watch.kind(), QString());
    QCOMPARE(watch.status(), 200);
    QCOMPARE(watch.bytesSent(), size);
    QCOMPARE(server.requestCount(), 1);
    QVERIFY(server.requests().constFirst().body == content.mid(1000, size));
    QCOMPARE(readout->crc64, Crc64::of(content.mid(1000, size)));
    // A turn is read in up to three steps, with one in vain before it.
    QVERIFY2(*reads <= 4 * (size / 10'000) + 10, qPrintable(QString::number(*reads)));
}

void TestPacedBody::ourOwnSlownessIsNoTimeout()
{
    makeTransport(150ms);
    RawServer server;
    server.onWhole = [](RawConnection& peer) { peer.reply("200 OK"); };
    m_bandwidth->setLimit(1000); // a turn every half second
    OutcomeWatch watch(put(server, open(write(QByteArray(1200, 'x')), 0, 1200), 1200));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QString());
    QCOMPARE(server.requestCount(), 1);
    QVERIFY(server.requests().constFirst().isWhole());
}

void TestPacedBody::aStallOfThePeerStillIs()
{
    constexpr qint64 size = 48 * 1024 * 1024;
    makeTransport(300ms);
    RawServer server;
    server.onConnected = [](RawConnection& peer) { peer.stopReading(); };
    QFile file(m_folder.filePath(QStringLiteral("sparse")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(size));
    file.close();
    m_bandwidth->setLimit(qint64{100} * 1024 * 1024);
    OutcomeWatch watch(put(server, open(file.fileName(), 0, size), size));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QStringLiteral("timeout"));
    QVERIFY(watch.outcome().requestTaken);
    QVERIFY(watch.bytesSent() < size);
}

//! A port where nobody speaks TLS: the body is not asked before the connection stands.
void TestPacedBody::soIsAConnectionThatDoesNotCome()
{
    makeTransport(300ms);
    RawServer server;
    m_bandwidth->setLimit(1000);
    OutcomeWatch watch(put(server, open(write(QByteArray(5000, 'x')), 0, 5000), 5000, "https"));
    QTRY_COMPARE(watch.count(), 1);
    QCOMPARE(watch.kind(), QStringLiteral("timeout"));
    QVERIFY(!watch.outcome().requestTaken);
}

void TestPacedBody::bodiesShareEvenly()
{
    constexpr qint64 size = 200'000;
    constexpr qint64 rate = 800'000; // turns of 40,000
    const QString path = write(QByteArray(size, 'x'));
    RawServer server;
    m_bandwidth->setLimit(rate);
    QList<qint64> whenTheFirstWasWhole;
    server.onWhole = [&](RawConnection& peer) {
        if (whenTheFirstWasWhole.isEmpty()) {
            for (const RawRequest& request : server.requests())
                whenTheFirstWasWhole.append(request.body.size());
        }
        peer.reply("200 OK");
    };
    constexpr int count = 4;
    std::vector<std::unique_ptr<OutcomeWatch>> watches;
    watches.reserve(count);
    for (int i = 0; i < count; ++i)
        watches.push_back(std::make_unique<OutcomeWatch>(put(server, open(path, 0, size), size)));
    for (const auto& watch : watches) {
        QTRY_COMPARE(watch->count(), 1);
        QCOMPARE(watch->status(), 200);
    }
    QCOMPARE(whenTheFirstWasWhole.size(), count);
    for (const qint64 bytes : std::as_const(whenTheFirstWasWhole))
        QVERIFY2(bytes >= size - 2 * rate / 20, qPrintable(QString::number(bytes)));
}

void TestPacedBody::aCallThatEndsLeavesTheOthersTheirTurns()
{
    const QString path = write(QByteArray(100'000, 'x'));
    RawServer server;
    server.onWhole = [](RawConnection& peer) { peer.reply("200 OK"); };
    m_bandwidth->setLimit(200'000);
    HttpCall* first = put(server, open(path, 0, 100'000), 100'000);
    OutcomeWatch ended(first);
    OutcomeWatch goesOn(put(server, open(path, 0, 100'000), 100'000));
    QTRY_VERIFY(ended.bytesSent() > 0);
    first->abort();
    QTRY_COMPARE(goesOn.count(), 1);
    QCOMPARE(goesOn.status(), 200);
    QCOMPARE(ended.kind(), QStringLiteral("cancelled"));
}

QTEST_GUILESS_MAIN(TestPacedBody)
#include "tst_pacedbody.moc"
