// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/linkvisit.h"

#include <QtCore/QTemporaryFile>
#include <QtTest/QTest>

#include <utility>

using namespace ChatApp;

namespace {

class AnsweredCall final : public HttpCall {
public:
    using HttpCall::HttpCall;
    void abort() override { }
};

//! Answers every request with the same outcome and keeps the last request.
class AnsweringTransport final : public HttpTransport {
public:
    explicit AnsweringTransport(HttpOutcome outcome) : m_outcome(std::move(outcome)) { }

    HttpCall* send(HttpRequest request) override
    {
        last = std::move(request);
        auto* call = new AnsweredCall(this);
        QMetaObject::invokeMethod(
            call, [this, call] { Q_EMIT call->finished(m_outcome); }, Qt::QueuedConnection);
        return call;
    }

    HttpRequest last;

private:
    const HttpOutcome m_outcome;
};

HttpOutcome answer(int status, const QByteArray& body)
{
    HttpResponse response;
    response.status = status;
    response.body = body;
    return {.response = response, .requestTaken = true};
}

} // namespace

class TestLinkVisit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestIsThatOfAStranger();
    void outcomes_data();
    void outcomes();
    void emptyFileIsAskedForWhole();
};

void TestLinkVisit::requestIsThatOfAStranger()
{
    UploadRecord record;
    record.url = QStringLiteral("http://127.0.0.1:8080/bucket/dir/%E5%9B%BE%2B-1.png");
    record.identity.size = 10;
    AnsweringTransport transport(answer(403, {}));
    QTRY_VERIFY(visitLink(transport, record).isValid());
    QCOMPARE(transport.last.method, QByteArray("GET"));
    QCOMPARE(transport.last.scheme, QByteArray("http"));
    QCOMPARE(transport.last.host, QByteArray("127.0.0.1"));
    QCOMPARE(transport.last.port, 8080);
    QCOMPARE(transport.last.target, QByteArray("/bucket/dir/%E5%9B%BE%2B-1.png"));
    QCOMPARE(transport.last.headers, (HttpHeaders{{"Range", "bytes=0-9"}}));
}

void TestLinkVisit::outcomes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("kind");
    QTest::newRow("part") << 206 << QByteArray("content") << QString();
    QTest::newRow("whole") << 200 << QByteArray("content") << QString();
    QTest::newRow("private") << 403 << QByteArray("content") << QStringLiteral("rejected");
    QTest::newRow("other bytes") << 200 << QByteArray("contenT")
                                 << QStringLiteral("checksumMismatch");
    QTest::newRow("too few") << 206 << QByteArray("conten") << QStringLiteral("checksumMismatch");
}

void TestLinkVisit::outcomes()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, kind);

    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("content");
    QVERIFY(file.flush());
    UploadRecord record;
    record.path = file.fileName();
    record.url = QStringLiteral("http://127.0.0.1:1/b/k");
    record.identity.size = 7;
    AnsweringTransport transport(answer(status, body));
    const QFuture<Result<qint64>> future = visitLink(transport, record);
    QTRY_VERIFY(future.isFinished());
    const Result<qint64> result = future.result();
    QCOMPARE(result ? QString() : errorKindName(result.error().kind), kind);
    if (result)
        QCOMPARE(*result, 7);
}

void TestLinkVisit::emptyFileIsAskedForWhole()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    UploadRecord record;
    record.path = file.fileName();
    record.url = QStringLiteral("http://127.0.0.1:1/b/k");
    AnsweringTransport transport(answer(200, {}));
    const QFuture<Result<qint64>> future = visitLink(transport, record);
    QTRY_VERIFY(future.isFinished());
    QVERIFY(future.result().ok());
    QVERIFY(transport.last.headers.isEmpty());
}

QTEST_GUILESS_MAIN(TestLinkVisit)
#include "tst_linkvisit.moc"
