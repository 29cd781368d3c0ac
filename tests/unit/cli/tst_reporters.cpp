// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/jsonreporter.h"
#include "cli/textreporter.h"
#include "recordingconsole.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace ChatApp;
using namespace std::chrono_literals;

namespace {

const QString oddName = QStringLiteral("图 \n\x1b[2J.png");

UploadRecord doneRecord()
{
    UploadRecord record;
    record.id = {7};
    record.state = UploadState::Done;
    record.path = QStringLiteral("/tmp/picture.png");
    record.identity.size = 1234;
    record.key = QStringLiteral("dir/picture-abc.png");
    record.url = QStringLiteral("https://bucket.example/dir/picture-abc.png");
    record.crc64 = 11051210869376104954ULL;
    record.requestId = QStringLiteral("ABC-1");
    record.startedAt = QDateTime::fromMSecsSinceEpoch(1'000'000, Qt::UTC);
    record.endedAt = QDateTime::fromMSecsSinceEpoch(1'002'500, Qt::UTC);
    return record;
}

UploadSnapshot waiting(ErrorKind kind)
{
    UploadSnapshot upload;
    upload.record.state = UploadState::Waiting;
    upload.waitingFor = Error{.kind = kind};
    return upload;
}

QJsonObject onlyObject(const QByteArray& line)
{
    return line.count('\n') == 1 ? QJsonDocument::fromJson(line).object() : QJsonObject();
}

QStringList keysOf(const QJsonObject& object)
{
    QStringList keys = object.keys();
    keys.sort();
    return keys;
}

} // namespace

class TestReporters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonQueuedAndStarted();
    void jsonProgress();
    void jsonFinished();
    void jsonFailed();
    void jsonFailedTogetherNamesEveryFile();
    void skippedEntriesAreNoErrors();
    void jsonSummary();
    void jsonHistory();
    void linesForAPipe();
    void waitingIsSaidOncePerReason();
    void errorsGoToTheOtherStream();
    void liveLineIsReplacedAndCleared();
    void liveLineFollowsTheWidth();
    void coloursOnlyWhereWanted();
};

void TestReporters::jsonQueuedAndStarted()
{
    RecordingConsole console;
    JsonReporter reporter(console);
    reporter.queued(oddName, doneRecord());
    QCOMPARE(onlyObject(console.written),
             (QJsonObject{{QStringLiteral("event"), QStringLiteral("queued")},
                          {QStringLiteral("file"), oddName},
                          {QStringLiteral("id"), 7},
                          {QStringLiteral("size"), 1234}}));
    QVERIFY(!console.written.contains('\x1b'));

    console.written.clear();
    reporter.started(oddName);
    QCOMPARE(onlyObject(console.written),
             (QJsonObject{{QStringLiteral("event"), QStringLiteral("started")},
                          {QStringLiteral("file"), oddName}}));
}

void TestReporters::jsonProgress()
{
    RecordingConsole console;
    JsonReporter reporter(console);
    UploadSnapshot upload;
    upload.record = doneRecord();
    upload.record.state = UploadState::Putting;
    upload.bytesSent = 600;
    reporter.progress(QStringLiteral("a"), upload);
    const QJsonObject sending = onlyObject(console.written);
    QCOMPARE(sending.value(QLatin1String("event")).toString(), QStringLiteral("progress"));
    QCOMPARE(sending.value(QLatin1String("bytes")).toInt(), 600);
    QCOMPARE(sending.value(QLatin1String("size")).toInt(), 1234);
    QCOMPARE(sending.value(QLatin1String("state")).toString(), QStringLiteral("putting"));
    QVERIFY(!sending.contains(QLatin1String("waitingFor")));

    console.written.clear();
    reporter.progress(QStringLiteral("a"), waiting(ErrorKind::Dns));
    QCOMPARE(onlyObject(console.written)
                 .value(QLatin1String("waitingFor"))
                 .toObject()
                 .value(QLatin1String("kind"))
                 .toString(),
             QStringLiteral("dns"));
}

void TestReporters::jsonFinished()
{
    RecordingConsole console;
    JsonReporter reporter(console);
    reporter.finished(QStringLiteral("picture.png"), doneRecord());
    QCOMPARE(onlyObject(console.written),
             (QJsonObject{{QStringLiteral("event"), QStringLiteral("finished")},
                          {QStringLiteral("file"), QStringLiteral("picture.png")},
                          {QStringLiteral("size"), 1234},
                          {QStringLiteral("key"), QStringLiteral("dir/picture-abc.png")},
                          {QStringLiteral("url"),
                           QStringLiteral("https://bucket.example/dir/picture-abc.png")},
                          {QStringLiteral("crc64"), QStringLiteral("11051210869376104954")},
                          {QStringLiteral("requestId"), QStringLiteral("ABC-1")},
                          {QStringLiteral("seconds"), 2.5},
                          {QStringLiteral("link"), QStringLiteral("unchecked")}}));
}

void TestReporters::jsonFailed()
{
    RecordingConsole console;
    JsonReporter reporter(console);
    reporter.failed(QStringLiteral("a"),
                    {.kind = ErrorKind::PermissionDenied,
                     .code = QStringLiteral("Ram.PermissionDeny"),
                     .message = QStringLiteral("No permission."),
                     .httpStatus = 400,
                     .requestId = QStringLiteral("ABC-1")});
    QCOMPARE(onlyObject(console.written),
             (QJsonObject{{QStringLiteral("event"), QStringLiteral("failed")},
                          {QStringLiteral("file"), QStringLiteral("a")},
                          {QStringLiteral("kind"), QStringLiteral("permissionDenied")},
                          {QStringLiteral("code"), QStringLiteral("Ram.PermissionDeny")},
                          {QStringLiteral("message"), QStringLiteral("No permission.")},
                          {QStringLiteral("httpStatus"), 400},
                          {QStringLiteral("requestId"), QStringLiteral("ABC-1")}}));
    QVERIFY(console.errors.contains("lacks a permission"));
}

void TestReporters::skippedEntriesAreNoErrors()
{
    const Error error{.kind = ErrorKind::FileNotRegular,
                      .message = QStringLiteral("/in/d/pipe: is a pipe\n")};
    RecordingConsole console;
    JsonReporter(console).skipped(QStringLiteral("d/pipe"), error);
    QCOMPARE(onlyObject(console.written),
             (QJsonObject{{QStringLiteral("event"), QStringLiteral("skipped")},
                          {QStringLiteral("file"), QStringLiteral("d/pipe")},
                          {QStringLiteral("kind"), QStringLiteral("fileNotRegular")},
                          {QStringLiteral("message"), error.message}}));
    console.written.clear();
    TextReporter(console, TextReporter::Style::Lines).skipped(QStringLiteral("d/pipe"), error);
    QCOMPARE(console.written, QByteArray("skipped  /in/d/pipe: is a pipe\\n\n"));
    QVERIFY(console.errors.isEmpty());
}

void TestReporters::jsonFailedTogetherNamesEveryFile()
{
    RecordingConsole console;
    JsonReporter reporter(console);
    reporter.failedTogether({QStringLiteral("a"), QStringLiteral("b")},
                            {.kind = ErrorKind::ProfileInUse});
    QCOMPARE(console.written.count("\"failed\""), 2);
    QVERIFY(console.written.contains("\"file\":\"b\""));
    QCOMPARE(console.errors.count("another program uses this profile"), 1);
}

void TestReporters::jsonSummary()
{
    RecordingConsole console;
    JsonReporter reporter(console);
    reporter.note(QStringLiteral("for people"));
    reporter.overall({.files = 3});
    reporter.summary({.files = 3, .done = 2, .failed = 1, .bytes = 99, .duration = 1500ms});
    QCOMPARE(onlyObject(console.written),
             (QJsonObject{{QStringLiteral("event"), QStringLiteral("summary")},
                          {QStringLiteral("files"), 3},
                          {QStringLiteral("done"), 2},
                          {QStringLiteral("failed"), 1},
                          {QStringLiteral("bytes"), 99},
                          {QStringLiteral("seconds"), 1.5}}));
}

void TestReporters::jsonHistory()
{
    UploadRecord record = doneRecord();
    const QJsonObject done = historyObject(record);
    QCOMPARE(done.value(QLatin1String("state")).toString(), QStringLiteral("done"));
    QCOMPARE(done.value(QLatin1String("file")).toString(), QStringLiteral("/tmp/picture.png"));
    QCOMPARE(done.value(QLatin1String("crc64")).toString(), QStringLiteral("11051210869376104954"));
    QCOMPARE(done.value(QLatin1String("endedAt")).toString(),
             QStringLiteral("1970-01-01T00:16:42.500Z"));
    QVERIFY(done.value(QLatin1String("error")).isNull());
    QVERIFY(done.value(QLatin1String("createdAt")).isNull());

    record.crc64.reset();
    record.error = Error{.kind = ErrorKind::Dns};
    const QJsonObject failed = historyObject(record);
    QCOMPARE(keysOf(failed), keysOf(done));
    QVERIFY(failed.value(QLatin1String("crc64")).isNull());
    QCOMPARE(
        failed.value(QLatin1String("error")).toObject().value(QLatin1String("kind")).toString(),
        QStringLiteral("dns"));
}

void TestReporters::linesForAPipe()
{
    RecordingConsole console;
    TextReporter reporter(console, TextReporter::Style::Lines);
    reporter.queued(oddName, doneRecord());
    reporter.started(oddName);
    reporter.overall({.files = 1, .bytes = 10, .bytesSent = 5});
    reporter.finished(oddName, doneRecord());
    reporter.summary({.files = 1, .done = 1, .bytes = 1234, .duration = 2500ms});
    QCOMPARE(console.written,
             QByteArray("sending  图 \\n\\x1b[2J.png\n"
                        "done     图 \\n\\x1b[2J.png  1.2 kB\n"
                        "         https://bucket.example/dir/picture-abc.png\n"
                        "1 of 1 file uploaded, 1.2 kB in 2.5 s\n"));
    QCOMPARE(console.errors, QByteArray());
}

void TestReporters::waitingIsSaidOncePerReason()
{
    RecordingConsole console;
    TextReporter reporter(console, TextReporter::Style::Lines);
    const QString file = QStringLiteral("a");
    reporter.progress(file, waiting(ErrorKind::Dns));
    reporter.progress(file, waiting(ErrorKind::Dns));
    QCOMPARE(console.written.count("waiting"), 1);
    reporter.progress(file, waiting(ErrorKind::Throttled));
    QCOMPARE(console.written.count("waiting"), 2);
    reporter.progress(file, UploadSnapshot{});
    reporter.progress(file, waiting(ErrorKind::Throttled));
    QCOMPARE(console.written.count("waiting"), 3);
}

void TestReporters::errorsGoToTheOtherStream()
{
    RecordingConsole console;
    TextReporter reporter(console, TextReporter::Style::Lines);
    reporter.failed(QStringLiteral("a"), {.kind = ErrorKind::FileMissing});
    QCOMPARE(console.written, QByteArray("failed   a\n"));
    QVERIFY(console.errors.startsWith("chatapp-upload: a: there is no such file\n"));

    console.errors.clear();
    reporter.failedTogether({QStringLiteral("b"), QStringLiteral("c")},
                            {.kind = ErrorKind::ProfileInUse});
    QCOMPARE(console.written, QByteArray("failed   a\nfailed   b\nfailed   c\n"));
    QCOMPARE(console.errors.count("another program uses this profile"), 1);
}

void TestReporters::liveLineIsReplacedAndCleared()
{
    RecordingConsole console;
    TextReporter reporter(console, TextReporter::Style::Live);
    reporter.overall({.files = 1, .bytes = 10, .bytesSent = 5});
    QVERIFY(console.written.startsWith("\r\x1b[K["));
    QVERIFY(!console.written.contains('\n'));

    console.written.clear();
    reporter.finished(QStringLiteral("a"), doneRecord());
    QVERIFY(console.written.startsWith("\r\x1b[Kdone "));

    console.written.clear();
    reporter.summary({.files = 1, .done = 1});
    QVERIFY(!console.written.contains('\x1b'));
}

void TestReporters::liveLineFollowsTheWidth()
{
    RecordingConsole console;
    TextReporter reporter(console, TextReporter::Style::Live);
    for (const int width : {120, 40, 10, 1}) {
        console.width = width;
        console.written.clear();
        reporter.overall({.files = 1, .bytes = 10, .bytesSent = 5});
        // Within the width, one column free, and no emptier than it has to be.
        const qsizetype shown = console.written.size() - qsizetype(qstrlen("\r\x1b[K"));
        QVERIFY(shown <= width + 1);
        QVERIFY(shown >= qMin(width - 1, 20));
    }
}

void TestReporters::coloursOnlyWhereWanted()
{
    for (const TextReporter::Style style :
         {TextReporter::Style::Lines, TextReporter::Style::Live}) {
        RecordingConsole console;
        TextReporter reporter(console, style);
        reporter.finished(QStringLiteral("a"), doneRecord());
        QVERIFY(!console.written.contains("\x1b["));
    }
    RecordingConsole console;
    TextReporter reporter(console, TextReporter::Style::LiveColoured);
    reporter.finished(QStringLiteral("a"), doneRecord());
    QVERIFY(console.written.contains("\x1b[32mdone"));
}

QTEST_GUILESS_MAIN(TestReporters)
#include "tst_reporters.moc"
