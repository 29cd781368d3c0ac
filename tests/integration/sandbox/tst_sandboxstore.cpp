// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/crc64.h"
#include "core/random.h"
#include "sandbox/embeddedsandbox.h"
#include "support/sandboxclient.h"
#include "support/sandboxfixture.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QUrl>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

#include <csignal>

#include <sys/resource.h>

using namespace ChatApp;
using namespace ChatApp::Test;

namespace {

qint64 peakMemoryKiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).simplified().split(' ').constFirst().toLongLong();
    }
    return -1;
}

} // namespace

//! What the sandbox does with right requests: bytes, checksums, multipart, ranges, limits.
class TestSandboxStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_sandbox.reset(); }
    void storesWhatWasSent();
    void keepsTypesAndHeaders();
    void ranges_data();
    void ranges();
    void multipart();
    void listsPartsInPages();
    void partsAreReplaced();
    void streamsToDisk();
    void quotaCountsWhatIsUnderWay();
    void failedWritesAreADiskFull();
    void credentialsAreFreshAndBelongToTheirDir();
    void formatsOfTheAnswer();
    void speaksTls();
    void keepsConnections();
    void holdsNoSecretInItsLog();
    void embeddedSandboxCleansUp();
    void removesItsData();
    void refusesOtherAddresses();

private:
    QByteArray key(const QByteArray& name) const { return m_credentials.directory + '/' + name; }
    RawAnswer ask(const QByteArray& method, const QByteArray& name, const QByteArray& body = {},
                  const QByteArray& query = {}) const
    {
        return m_client->send(
            m_client->v4(m_client->oss(method, key(name), body, query), m_credentials));
    }
    QJsonObject authorization() const;

    std::unique_ptr<SandboxFixture> m_sandbox;
    std::unique_ptr<SandboxClient> m_client;
    RawCredentials m_credentials;
};

void TestSandboxStore::init()
{
    m_sandbox = std::make_unique<SandboxFixture>();
    QVERIFY2(m_sandbox->problem().isEmpty(), qPrintable(m_sandbox->problem()));
    m_client = std::make_unique<SandboxClient>(m_sandbox->server().port(), m_sandbox->account());
    m_credentials = m_client->authorize();
    m_client->setBucket(m_credentials.bucket);
}

QJsonObject TestSandboxStore::authorization() const
{
    const RawAnswer answer = m_client->send(m_client->camsCall(
        "GetChatappUploadAuthorization", "CustSpaceId=" + m_sandbox->spaceId().toUtf8()));
    return QJsonDocument::fromJson(answer.body).object().value(QLatin1String("Data")).toObject();
}

void TestSandboxStore::storesWhatWasSent()
{
    for (const QByteArray& body : {QByteArray(), QByteArray("x"), systemRandomBytes(300'000)}) {
        const RawAnswer answer = ask("PUT", "a", body);
        QCOMPARE(answer.status, 200);
        const QByteArray md5 = QCryptographicHash::hash(body, QCryptographicHash::Md5);
        const QByteArray crc = QByteArray::number(quint64(Crc64::of(body)));
        QCOMPARE(answer.headers.value("etag"), '"' + md5.toHex().toUpper() + '"');
        QCOMPARE(answer.headers.value("x-oss-hash-crc64ecma"), crc);
        const auto object = m_sandbox->server().object(QString::fromUtf8(key("a")));
        QVERIFY(object);
        QCOMPARE(object->size, body.size());
        QCOMPARE(object->md5, md5.toHex());
        QCOMPARE(quint64(object->crc64), quint64(Crc64::of(body)));
        QCOMPARE(m_sandbox->server().content(object->key), body);
        QCOMPARE(m_sandbox->server().stats().storedBytes, body.size());
        const RawAnswer got = m_client->send(m_client->oss("GET", key("a")));
        QCOMPARE(got.body, body);
        QCOMPARE(got.headers.value("x-oss-hash-crc64ecma"), crc);
        const RawAnswer head = ask("HEAD", "a");
        QCOMPARE(head.headers.value("content-length"), QByteArray::number(body.size()));
        QCOMPARE(head.headers.value("x-oss-hash-crc64ecma"), crc);
    }
    QCOMPARE(m_sandbox->server().objects().size(), 1);
}

void TestSandboxStore::keepsTypesAndHeaders()
{
    RawRequest request = m_client->oss("PUT", key("a b+c%.png"), "x");
    request.set("Content-Type", "image/png");
    request.set("Cache-Control", "no-cache");
    request.set("Content-Disposition", "inline; filename=\"a.png\"");
    request.set("x-oss-meta-origin", "desktop");
    request.set("x-oss-object-acl", "public-read");
    QCOMPARE(m_client->send(m_client->v4(request, m_credentials)).status, 200);
    const RawAnswer got = m_client->send(m_client->oss("GET", key("a b+c%.png")));
    QCOMPARE(got.status, 200);
    QCOMPARE(got.headers.value("content-type"), "image/png");
    QCOMPARE(got.headers.value("cache-control"), "no-cache");
    QCOMPARE(got.headers.value("content-disposition"), "inline; filename=\"a.png\"");
    QCOMPARE(got.headers.value("x-oss-meta-origin"), "desktop");
    QCOMPARE(m_sandbox->server().objects().constFirst().acl, "public-read");
}

void TestSandboxStore::ranges_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("contentRange");
    const auto row = [](const char* range, int status, const char* body, const char* part) {
        QTest::newRow(range) << QByteArray(range) << status << QByteArray(body) << QByteArray(part);
    };
    row("bytes=0-0", 206, "0", "bytes 0-0/10");
    row("bytes=2-4", 206, "234", "bytes 2-4/10");
    row("bytes=7-", 206, "789", "bytes 7-9/10");
    row("bytes=-2", 206, "89", "bytes 8-9/10");
    row("bytes=10-11", 200, "0123456789", "");
    row("bytes=5-3", 200, "0123456789", "");
    row("lines=1-2", 200, "0123456789", "");
}

void TestSandboxStore::ranges()
{
    ask("PUT", "a", "0123456789");
    RawRequest request = m_client->oss("GET", key("a"));
    QFETCH(const QByteArray, range);
    request.set("Range", range);
    const RawAnswer answer = m_client->send(request);
    QTEST(answer.status, "status");
    QTEST(answer.body, "body");
    QTEST(answer.headers.value("content-range"), "contentRange");
    QCOMPARE(answer.headers.value("x-oss-hash-crc64ecma"),
             QByteArray::number(quint64(Crc64::of("0123456789"))));
}

void TestSandboxStore::multipart()
{
    const QByteArray id = ask("POST", "m", {}, "uploads").element("UploadId");
    QVERIFY(!id.isEmpty());
    const QList<QByteArray> bodies{systemRandomBytes(150'000), systemRandomBytes(102'400),
                                   systemRandomBytes(17)};
    QByteArray xml;
    for (const int number : {3, 1, 2}) { // in any order, with a gap (30 in place of 3)
        const int wire = number == 3 ? 30 : number;
        const QByteArray& body = bodies.at(number - 1);
        const RawAnswer answer =
            ask("PUT", "m", body, "partNumber=" + QByteArray::number(wire) + "&uploadId=" + id);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.value("x-oss-hash-crc64ecma"),
                 QByteArray::number(quint64(Crc64::of(body))));
    }
    const SandboxUpload open = m_sandbox->server().uploads().constFirst();
    QCOMPARE(open.parts.size(), 3);
    for (const SandboxPart& part : open.parts)
        xml += "<Part><PartNumber>" + QByteArray::number(part.number) + "</PartNumber><ETag>\""
            + part.etag + "\"</ETag></Part>";
    xml = "<CompleteMultipartUpload>" + xml + "</CompleteMultipartUpload>";
    const RawAnswer answer = ask("POST", "m", xml, "uploadId=" + id);
    QCOMPARE(answer.status, 200);
    const QByteArray whole = bodies.join();
    QCOMPARE(answer.headers.value("x-oss-hash-crc64ecma"),
             QByteArray::number(quint64(Crc64::of(whole))));
    QVERIFY(answer.element("ETag").endsWith("-3\""));
    QCOMPARE(m_sandbox->server().content(QString::fromUtf8(key("m"))), whole);
    QVERIFY(m_sandbox->server().uploads().isEmpty());
    QCOMPARE(m_sandbox->server().stats().storedBytes, whole.size());
    QCOMPARE(ask("POST", "m", xml, "uploadId=" + id).code(), "NoSuchUpload");
}

void TestSandboxStore::listsPartsInPages()
{
    const QByteArray id = ask("POST", "m", {}, "uploads").element("UploadId");
    for (int number = 1; number <= 5; ++number)
        ask("PUT", "m", "x", "partNumber=" + QByteArray::number(number) + "&uploadId=" + id);
    const RawAnswer first = ask("GET", "m", {}, "max-parts=2&part-number-marker=1&uploadId=" + id);
    QCOMPARE(first.element("IsTruncated"), "true");
    QCOMPARE(first.element("NextPartNumberMarker"), "3");
    QCOMPARE(first.body.count("<Part>"), 2);
    const RawAnswer rest = ask("GET", "m", {}, "max-parts=2&part-number-marker=3&uploadId=" + id);
    QCOMPARE(rest.element("IsTruncated"), "false");
    QCOMPARE(rest.body.count("<Part>"), 2);
    QCOMPARE(ask("DELETE", "m", {}, "uploadId=" + id).status, 204);
    QCOMPARE(ask("GET", "m", {}, "uploadId=" + id).code(), "NoSuchUpload");
    QCOMPARE(m_sandbox->server().stats().storedBytes, 0);
}

void TestSandboxStore::partsAreReplaced()
{
    const QByteArray id = ask("POST", "m", {}, "uploads").element("UploadId");
    ask("PUT", "m", "old content", "partNumber=1&uploadId=" + id);
    ask("PUT", "m", "new", "partNumber=1&uploadId=" + id);
    const SandboxUpload upload = m_sandbox->server().uploads().constFirst();
    QCOMPARE(upload.parts.size(), 1);
    QCOMPARE(upload.parts.constFirst().size, 3);
    QCOMPARE(m_sandbox->server().stats().storedBytes, 3);
}

void TestSandboxStore::streamsToDisk()
{
    constexpr qint64 size = 200LL * 1024 * 1024;
    const QByteArray piece = systemRandomBytes(64 * 1024);
    RawRequest request = m_client->oss("PUT", key("large"));
    request.set("Content-Length", QByteArray::number(size));
    request = m_client->v4(request, m_credentials);
    const qint64 before = peakMemoryKiB();
    QVERIFY(before > 0);
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_sandbox->server().port());
    QVERIFY(socket.waitForConnected());
    socket.write(request.head());
    Crc64 crc;
    for (qint64 sent = 0; sent < size; sent += piece.size()) {
        socket.write(piece);
        crc.update(piece);
        while (socket.bytesToWrite() > 0)
            QVERIFY(socket.waitForBytesWritten(20'000));
    }
    QByteArray answer;
    while (!answer.contains("\r\n\r\n") && socket.waitForReadyRead(20'000))
        answer += socket.readAll();
    QVERIFY(answer.startsWith("HTTP/1.1 200"));
    QVERIFY(answer.contains("x-oss-hash-crc64ecma: " + QByteArray::number(quint64(crc.value()))
                            + "\r\n"));
    const qint64 growth = peakMemoryKiB() - before;
    QVERIFY2(growth < 24 * 1024, qPrintable(QStringLiteral("grew by %1 KiB").arg(growth)));
    const auto object = m_sandbox->server().object(QString::fromUtf8(key("large")));
    QCOMPARE(object->size, size);
    QCOMPARE(QFileInfo(object->file).size(), size);
}

void TestSandboxStore::quotaCountsWhatIsUnderWay()
{
    SandboxBehavior behavior = m_sandbox->server().behavior();
    behavior.quota = 1000;
    m_sandbox->server().setBehavior(behavior);
    QCOMPARE(ask("PUT", "a", QByteArray(600, 'x')).status, 200);
    QCOMPARE(ask("PUT", "b", QByteArray(401, 'x')).code(), "QuotaExceeded");
    QCOMPARE(ask("PUT", "b", QByteArray(400, 'x')).status, 200);
    // Two that each fit, but not together: the second finds the first one's bytes reserved.
    behavior.quota = 2000;
    m_sandbox->server().setBehavior(behavior);
    const RawRequest first =
        m_client->v4(m_client->oss("PUT", key("c"), QByteArray(600, 'x')), m_credentials);
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_sandbox->server().port());
    QVERIFY(socket.waitForConnected());
    socket.write(first.head() + "x");
    QVERIFY(socket.waitForBytesWritten());
    SandboxEventFilter filter;
    filter.after = m_sandbox->server().events().constLast().number;
    filter.kind = SandboxEvent::Kind::Received;
    QVERIFY(m_sandbox->server().requestCount(SandboxOperation::PutObject) == 4
            || m_sandbox->server().waitForEvent(filter, std::chrono::seconds(5)));
    QCOMPARE(ask("PUT", "d", QByteArray(600, 'x')).code(), "QuotaExceeded");
    socket.abort();
    QTRY_COMPARE(m_sandbox->server().stats().openConnections, 0);
    QCOMPARE(ask("PUT", "d", QByteArray(600, 'x')).status, 200);
}

void TestSandboxStore::failedWritesAreADiskFull()
{
    // A limit on the size of files fails like a disk without room, and needs no small disk.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit usual{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &usual), 0);
    rlimit small = usual;
    small.rlim_cur = 100'000;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const RawAnswer refused = ask("PUT", "a", QByteArray(300'000, 'x'));
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &usual), 0);
    QCOMPARE(refused.status, 507);
    QCOMPARE(refused.code(), "DiskFull");
    QVERIFY(m_sandbox->server().objects().isEmpty());
    QCOMPARE(ask("PUT", "a", QByteArray(300'000, 'x')).status, 200);
    QCOMPARE(m_sandbox->server().stats().storedBytes, 300'000);
}

void TestSandboxStore::credentialsAreFreshAndBelongToTheirDir()
{
    const RawCredentials again = m_client->authorize();
    QVERIFY(again.accessKeyId != m_credentials.accessKeyId);
    QVERIFY(again.accessKeyId.startsWith("STS.SANDBOX"));
    QVERIFY(again.token != m_credentials.token);
    QCOMPARE(again.directory, m_credentials.directory);
    SandboxAccount account = m_sandbox->account();
    account.spaces.append(QStringLiteral("second space"));
    m_sandbox->server().setAccount(account);
    account.spaces.removeFirst();
    const RawCredentials other = SandboxClient(m_sandbox->server().port(), account).authorize();
    QVERIFY(!other.directory.isEmpty() && other.directory != m_credentials.directory);
    const RawRequest foreign = m_client->v4(m_client->oss("PUT", key("a"), "x"), other);
    QCOMPARE(m_client->send(foreign).code(), "AccessDenied");
}

void TestSandboxStore::formatsOfTheAnswer()
{
    using B = SandboxBehavior;
    QJsonObject data = authorization();
    QCOMPARE(data.value(QLatin1String("Expire")).toInteger(), 3600);
    QCOMPARE(data.value(QLatin1String("EndPoint")).toString(), m_sandbox->endpoint());
    SandboxBehavior behavior = m_sandbox->server().behavior();
    behavior.expireFormat = B::ExpireFormat::EpochMilliseconds;
    behavior.endpointFormat = B::EndpointFormat::Host;
    behavior.dirFormat = B::DirFormat::BothSlashes;
    behavior.tokenLifetime = std::chrono::seconds(60);
    m_sandbox->server().setBehavior(behavior);
    data = authorization();
    const qint64 expire = data.value(QLatin1String("Expire")).toInteger();
    QVERIFY(std::abs(expire - QDateTime::currentMSecsSinceEpoch() - 60'000) < 30'000);
    QCOMPARE(data.value(QLatin1String("EndPoint")).toString(), m_sandbox->endpoint().mid(7));
    QCOMPARE(data.value(QLatin1String("Dir")).toString().toUtf8(),
             '/' + m_credentials.directory + '/');
    behavior.expireFormat = B::ExpireFormat::EpochSeconds;
    behavior.endpointFormat = B::EndpointFormat::UrlWithSlash;
    behavior.dirFormat = B::DirFormat::LeadingSlash;
    m_sandbox->server().setBehavior(behavior);
    data = authorization();
    QVERIFY(data.value(QLatin1String("Expire")).toInteger() < 100'000'000'000);
    QCOMPARE(data.value(QLatin1String("EndPoint")).toString(),
             m_sandbox->endpoint() + QLatin1Char('/'));
    QCOMPARE(data.value(QLatin1String("Dir")).toString().toUtf8(), '/' + m_credentials.directory);
}

void TestSandboxStore::speaksTls()
{
    SandboxFixture sandbox(SandboxFixture::Transport::Tls);
    QVERIFY2(sandbox.problem().isEmpty(), qPrintable(sandbox.problem()));
    QVERIFY(sandbox.endpoint().startsWith(QLatin1String("https://127.0.0.1:")));
    QSslSocket socket;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(sandbox.caFile()));
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), sandbox.server().port());
    QVERIFY2(socket.waitForEncrypted(), qPrintable(socket.errorString()));
    const SandboxClient client(sandbox.server().port(), sandbox.account());
    socket.write(
        client
            .camsCall("GetChatappUploadAuthorization", "CustSpaceId=" + sandbox.spaceId().toUtf8())
            .head());
    QByteArray answer;
    while (!answer.contains("\"Code\"") && socket.waitForReadyRead(5000))
        answer += socket.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 200"), answer.constData());
    QVERIFY(answer.contains("https://127.0.0.1:"));
}

void TestSandboxStore::keepsConnections()
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_sandbox->server().port());
    QVERIFY(socket.waitForConnected());
    // Pipelined, one of them refused with its body unread: all answered in order.
    QByteArray bytes;
    for (const char* name : {"a", "b", "c"}) {
        RawRequest request = m_client->oss("PUT", key(name), QByteArray(1000, *name));
        request = m_client->v4(request, m_credentials);
        if (*name == 'b')
            request.set("Authorization", request.get("Authorization") + '0');
        bytes += request.head() + request.body;
    }
    socket.write(bytes);
    QByteArray answer;
    while (answer.count("HTTP/1.1 ") < 3 && socket.waitForReadyRead(5000))
        answer += socket.readAll();
    QCOMPARE(answer.count("HTTP/1.1 200"), 2);
    QCOMPARE(answer.count("HTTP/1.1 403"), 1);
    QCOMPARE(m_sandbox->server().objects().size(), 2);
    QCOMPARE(m_sandbox->server().stats().connections, 2); // the authorization's, and this one
}

void TestSandboxStore::holdsNoSecretInItsLog()
{
    ask("PUT", "a", "x");
    m_client->send(m_client->v1(m_client->oss("PUT", key("b"), "x"), m_credentials));
    for (const SandboxLogEntry& entry : m_sandbox->server().log()) {
        QByteArray all = entry.path + ' ' + entry.code.toUtf8();
        for (auto it = entry.headers.cbegin(); it != entry.headers.cend(); ++it)
            all += ' ' + it.key() + ' ' + it.value();
        for (auto it = entry.parameters.cbegin(); it != entry.parameters.cend(); ++it)
            all += ' ' + it.value();
        QVERIFY(!all.contains(m_credentials.token));
        QVERIFY(!all.contains(m_credentials.secret));
        QVERIFY(!all.contains("ignature="));
        QVERIFY(!entry.headers.contains("authorization"));
        QVERIFY(entry.headers.contains("host"));
    }
}

void TestSandboxStore::embeddedSandboxCleansUp()
{
    // A temporary folder of the test's own, because others run sandboxes too.
    QTemporaryDir temporary;
    const QByteArray usual = qgetenv("TMPDIR");
    qputenv("TMPDIR", temporary.path().toUtf8());
    {
        EmbeddedSandbox sandbox;
        const auto access = sandbox.start();
        QVERIFY(access);
        QVERIFY(access->endpoint.startsWith(QLatin1String("http://127.0.0.1:")));
        SandboxAccount account{access->accessKeyId, access->accessKeySecret, {}, {access->spaceId}};
        const quint16 port = quint16(QUrl(access->endpoint).port());
        SandboxClient client(port, account);
        const RawCredentials credentials = client.authorize();
        client.setBucket(credentials.bucket);
        QVERIFY(credentials.bucket.startsWith("sandbox-"));
        const RawRequest put =
            client.v4(client.oss("PUT", credentials.directory + "/a", "x"), credentials);
        QCOMPARE(client.send(put).status, 200);
        QVERIFY(!QDir(temporary.path()).isEmpty());
    }
    QVERIFY(QDir(temporary.path()).isEmpty());
    qputenv("TMPDIR", usual.isEmpty() ? QByteArray("/tmp") : usual);
}

void TestSandboxStore::removesItsData()
{
    QTemporaryDir parent;
    {
        SandboxConfig config;
        config.dataFolder = parent.path();
        SandboxFixture sandbox(SandboxFixture::Transport::Http, config);
        QVERIFY(sandbox.problem().isEmpty());
        QVERIFY(!QDir(parent.path()).isEmpty());
    }
    QVERIFY(QDir(parent.path()).isEmpty());
}

void TestSandboxStore::refusesOtherAddresses()
{
    SandboxConfig config;
    config.address = QStringLiteral("0.0.0.0");
    SandboxServer server;
    const auto started = server.start(config);
    QVERIFY(!started);
    QCOMPARE(started.error().kind, ErrorKind::Usage);
}

QTEST_GUILESS_MAIN(TestSandboxStore)
#include "tst_sandboxstore.moc"
