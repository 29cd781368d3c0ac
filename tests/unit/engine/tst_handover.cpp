// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/requestlistener.h"
#include "engine/handover.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>

using namespace ChatApp;

namespace {

HandoverRequest requestFor(const QStringList& paths)
{
    HandoverRequest request;
    for (const QString& path : paths)
        request.files.append({path, false});
    request.target.accessKeyId = QStringLiteral("ExampleKeyId");
    request.target.endpoint = QStringLiteral("cams.example");
    request.target.spaceId = {QStringLiteral("42")};
    return request;
}

} // namespace

class TestHandover : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestsComeThrough();
    void theWireFormat();
    void longListsTakeSeveralLines();
    void badRequestsAreRefused_data();
    void badRequestsAreRefused();
    void answersComeThrough();
    void badAnswers_data();
    void badAnswers();
};

void TestHandover::requestsComeThrough()
{
    HandoverRequest request =
        requestFor({QStringLiteral("/a\nb\".png"), QString::fromUtf8("/图片 😀.png")});
    request.files[1].replace = true;
    request.target.accountName = QStringLiteral("shop");
    request.target.region = QStringLiteral("eu-central-1");
    const QList<HandoverLine> lines = handoverLines(request);
    QCOMPARE(lines.size(), 1);
    QCOMPARE(lines.constFirst().files, 2);
    QVERIFY(!lines.constFirst().line.contains('\n'));
    const Result<HandoverRequest> parsed = parseHandover(lines.constFirst().line);
    QVERIFY(parsed.ok());
    QVERIFY(*parsed == request);
}

//! Other programs may speak it, and no secret goes over it.
void TestHandover::theWireFormat()
{
    QCOMPARE(handoverLines(requestFor({QStringLiteral("/a.png")})).constFirst().line,
             QByteArray(R"({"command":"enqueue","files":[{"path":"/a.png","replace":false}],)"
                        R"("target":{"accessKeyId":"ExampleKeyId","account":"",)"
                        R"("endpoint":"cams.example","region":"","space":"42"}})"));
}

void TestHandover::longListsTakeSeveralLines()
{
    QStringList paths;
    for (int i = 0; i < 2500; ++i)
        paths.append(QStringLiteral("/%1").arg(i));
    for (int i = 0; i < 300; ++i)
        paths.append(QLatin1Char('/') + QString(4000, QChar(0x56FE)));
    QStringList arrived;
    for (const HandoverLine& line : handoverLines(requestFor(paths))) {
        QVERIFY(line.line.size() < maxRequestBytes);
        const Result<HandoverRequest> parsed = parseHandover(line.line);
        QVERIFY(parsed.ok());
        QCOMPARE(parsed->files.size(), line.files);
        QVERIFY(line.files <= 1000);
        for (const HandoverFile& file : parsed->files)
            arrived.append(file.path);
    }
    QCOMPARE(arrived, paths);
}

void TestHandover::badRequestsAreRefused_data()
{
    QTest::addColumn<QByteArray>("line");
    const QByteArray good = handoverLines(requestFor({QStringLiteral("/a.png")})).constFirst().line;
    QVERIFY(parseHandover(good).ok());
    const auto row = [&good](const char* name, const char* from, const char* to) {
        QByteArray line = good;
        line.replace(from, to);
        QTest::newRow(name) << line;
    };
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("hello");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("cut off") << good.chopped(1);
    QTest::newRow("two documents") << good + good;
    QTest::newRow("deep") << QByteArray(100'000, '[');
    row("other command", "enqueue", "remove");
    row("member unknown", "\"command\"", "\"secret\":\"x\",\"command\"");
    row("no command", "\"command\":\"enqueue\",", "");
    row("command of a wrong type", "\"enqueue\"", "1");
    row("no files", "[{\"path\":\"/a.png\",\"replace\":false}]", "[]");
    row("files of a wrong type", "[{\"path\":\"/a.png\",\"replace\":false}]", "{}");
    row("file of a wrong type", "{\"path\":\"/a.png\",\"replace\":false}", "\"/a.png\"");
    row("relative path", "/a.png", "a.png");
    row("empty path", "/a.png", "");
    row("path with a zero byte", "/a.png", "/a\\u0000.png");
    row("replace of a wrong type", "false", "\"no\"");
    row("file with more", "false", "false,\"start\":true");
    row("no space", "\"42\"", "\"\"");
    row("space of a wrong type", "\"42\"", "42");
    row("no credentials named", "ExampleKeyId", "");
    row("target with more", "\"space\"", "\"accessKeySecret\":\"x\",\"space\"");
}

void TestHandover::badRequestsAreRefused()
{
    QFETCH(QByteArray, line);
    const Result<HandoverRequest> parsed = parseHandover(line);
    QVERIFY(!parsed.ok());
    QCOMPARE(parsed.error().kind, ErrorKind::Usage);
    QVERIFY(!parsed.error().message.isEmpty());
}

void TestHandover::answersComeThrough()
{
    const HandoverAnswer given{
        .ids = {UploadId{7}, UploadId{qint64{1} << 40}},
        .failures = {{QStringLiteral("/图"),
                      Error{.kind = ErrorKind::FileMissing, .message = QStringLiteral("m")}}}};
    const Result<HandoverAnswer> parsed = parseHandoverAnswer(handoverAnswerLine(given));
    QVERIFY(parsed.ok());
    QCOMPARE(parsed->ids, given.ids);
    QCOMPARE(parsed->failures.size(), 1);
    QCOMPARE(parsed->failures.constFirst().path, QStringLiteral("/图"));
    QCOMPARE(parsed->failures.constFirst().error, given.failures.constFirst().error);

    const Error refusal{.kind = ErrorKind::AccountUnknown, .message = QStringLiteral("shop")};
    const Result<HandoverAnswer> refused = parseHandoverAnswer(handoverAnswerLine(refusal));
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error(), refusal);
}

void TestHandover::badAnswers_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char* line :
         {"", "[]", "{}", R"({"ok":1})", R"({"ok":true})", R"({"ok":true,"ids":[],"failures":1})",
          R"({"ok":true,"ids":["1"],"failures":[]})", R"({"ok":true,"ids":[-1],"failures":[]})",
          R"({"ok":true,"ids":[1],"failures":[{}]})", R"({"ok":false})",
          R"({"ok":false,"error":{"kind":"usage"}})",
          R"({"ok":true,"ids":[],"failures":[],"more":1})"}) {
        QTest::newRow(line) << QByteArray(line);
    }
}

void TestHandover::badAnswers()
{
    QFETCH(QByteArray, line);
    const Result<HandoverAnswer> parsed = parseHandoverAnswer(line);
    QVERIFY(!parsed.ok());
    QCOMPARE(parsed.error().kind, ErrorKind::InvalidAnswer);
}

QTEST_APPLESS_MAIN(TestHandover)
#include "tst_handover.moc"
