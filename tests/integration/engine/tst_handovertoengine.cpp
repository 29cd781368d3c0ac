// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "engine/handover.h"
#include "enginefixture.h"
#include "platform/localrequests.h"

#include <QtTest/QtTest>

using namespace ChatApp;

//! Files that another process hands over, from its line to the object at the server.
class TestHandoverToEngine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAccountsFilesAreUploaded();
    void theEnvironmentsFilesAreUploaded();
    void nonsenseIsAnswered();
    void aShutdownAnswersFirst_data();
    void aShutdownAnswersFirst();

private:
    Result<HandoverAnswer> send(EngineFixture& fixture, const QByteArray& line)
    {
        const auto future = begin(fixture, line);
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
            qFatal("no answer came");
        const Result<QByteArray> answer = future.result();
        return answer ? parseHandoverAnswer(*answer) : answer.error();
    }
    QFuture<Result<QByteArray>> begin(EngineFixture& fixture, const QByteArray& line)
    {
        return sendLocalRequest(fixture.profile() + QStringLiteral("/state"), line, &m_context);
    }

    QObject m_context;
};

void TestHandoverToEngine::anAccountsFilesAreUploaded()
{
    EngineFixture fixture(EngineFixture::Options{.listens = true});
    fixture.addAccount(QStringLiteral("shop"));
    HandoverRequest request;
    request.files = {{fixture.writeFile(QStringLiteral("a.png"), "a"), false},
                     {QStringLiteral("/nowhere/b.png"), false},
                     {fixture.writeFile(QStringLiteral("c.png"), "c"), true}};
    request.target.accountName = QStringLiteral("shop");
    request.target.spaceId = fixture.target().spaceId;
    const Result<HandoverAnswer> answer = send(fixture, handoverLines(request).constFirst().line);
    QVERIFY(answer.ok());
    QCOMPARE(answer->ids.size(), 2);
    QCOMPARE(answer->failures.size(), 1);
    QCOMPARE(answer->failures.constFirst().path, QStringLiteral("/nowhere/b.png"));
    QCOMPARE(answer->failures.constFirst().error.kind, ErrorKind::FileMissing);
    QVERIFY(fixture.waitEnded(answer->ids));
    const UploadRecord first = fixture.snapshot(answer->ids.at(0)).record;
    QCOMPARE(first.state, UploadState::Done);
    QCOMPARE(first.target.accountName, QStringLiteral("shop"));
    QVERIFY(!first.target.accountId.value.isEmpty());
    QVERIFY(!first.replace);
    QVERIFY(fixture.snapshot(answer->ids.at(1)).record.replace);
    QCOMPARE(fixture.sandbox().objects().size(), 2);
}

void TestHandoverToEngine::theEnvironmentsFilesAreUploaded()
{
    EngineFixture fixture(EngineFixture::Options{.listens = true});
    HandoverRequest request;
    request.files = {{fixture.writeFile(QStringLiteral("a.png"), "a"), false}};
    request.target = fixture.target();
    request.target.accountName.clear();
    const Result<HandoverAnswer> answer = send(fixture, handoverLines(request).constFirst().line);
    QVERIFY(answer.ok());
    QVERIFY(fixture.waitEnded(answer->ids));
    QCOMPARE(fixture.sandbox().objects().size(), 1);

    request.target.endpoint = QStringLiteral("http://cams.example");
    const Result<HandoverAnswer> refused = send(fixture, handoverLines(request).constFirst().line);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().kind, ErrorKind::PlainHttpRefused);
}

void TestHandoverToEngine::nonsenseIsAnswered()
{
    EngineFixture fixture(EngineFixture::Options{.listens = true});
    for (const char* line : {"", "hello", "{}", R"({"command":"shutdown"})"}) {
        const Result<HandoverAnswer> answer = send(fixture, line);
        QVERIFY(!answer.ok());
        QCOMPARE(answer.error().kind, ErrorKind::Usage);
    }
    QVERIFY(fixture.unfinished().isEmpty());
}

void TestHandoverToEngine::aShutdownAnswersFirst_data()
{
    QTest::addColumn<int>("delay");
    for (const int delay : {0, 1, 2, 5, 10, 20, 50})
        QTest::addRow("%d ms", delay) << delay;
}

//! Either it was not taken in, or it is stored and the other side knows.
void TestHandoverToEngine::aShutdownAnswersFirst()
{
    QFETCH(int, delay);
    EngineFixture fixture(EngineFixture::Options{.listens = true});
    HandoverRequest request;
    const QString path = fixture.writeFile(QStringLiteral("a.png"), "a");
    request.files = QList<HandoverFile>(500, {path, false});
    request.target = fixture.target();
    request.target.accountName.clear();
    const auto future = begin(fixture, handoverLines(request).constFirst().line);
    QTest::qWait(delay); // sent, taken in, stored, answered or none of these
    fixture.restart();
    QVERIFY(QTest::qWaitFor([&] { return future.isFinished(); }, 20'000));
    const Result<QByteArray> answer = future.result();
    const qsizetype stored = fixture.unfinished().size() + fixture.history().size();
    if (answer) {
        QCOMPARE(stored, parseHandoverAnswer(*answer).ok() ? 500 : 0);
    } else {
        QCOMPARE(stored, 0);
    }
}

QTEST_GUILESS_MAIN(TestHandoverToEngine)
#include "tst_handovertoengine.moc"
