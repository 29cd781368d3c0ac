// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/textreport.h"

#include <QtTest/QTest>

using namespace ChatApp;
using namespace std::chrono_literals;

class TestTextReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void durations_data();
    void durations();
    void widthsCountColumns();
    void elisionKeepsBothEnds();
    void progressFitsEveryWidth();
    void progressSaysWhatThereIs();
    void progressStaysBelowTheEnd();
    void errorsAreSetIn();
    void historyShowsLinkOrError();
};

void TestTextReport::durations_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << qint64(0) << QStringLiteral("0.0 s");
    QTest::newRow("short") << qint64(1240) << QStringLiteral("1.2 s");
    QTest::newRow("seconds") << qint64(45'400) << QStringLiteral("45 s");
    QTest::newRow("minutes") << qint64(150'000) << QStringLiteral("about 3 minutes");
    QTest::newRow("hours") << qint64(7'300'000) << QStringLiteral("about 2 hours");
}

void TestTextReport::durations()
{
    QFETCH(qint64, ms);
    QTEST(durationText(std::chrono::milliseconds(ms)), "text");
}

void TestTextReport::widthsCountColumns()
{
    QCOMPARE(displayWidth(QStringLiteral("abc")), 3);
    QCOMPARE(displayWidth(QStringLiteral("图片")), 4);
    QCOMPARE(displayWidth(QString::fromUtf8("e\xCC\x81")), 1);
}

void TestTextReport::elisionKeepsBothEnds()
{
    QCOMPARE(elided(QStringLiteral("short.png"), 9), QStringLiteral("short.png"));
    QCOMPARE(elided(QStringLiteral("a-long-name.png"), 9), QStringLiteral("a-lo….png"));
    const QString wide = elided(QStringLiteral("图图图图图图图图.png"), 10);
    QVERIFY(displayWidth(wide) <= 10);
    QVERIFY(wide.endsWith(QStringLiteral(".png")));
    QCOMPARE(elided(QStringLiteral("ab"), 1), QStringLiteral("…"));
    QCOMPARE(elided(QStringLiteral("ab"), 0), QString());
}

void TestTextReport::progressFitsEveryWidth()
{
    const OverallProgress progress{.files = 12,
                                   .filesEnded = 3,
                                   .bytes = 420'000'000,
                                   .bytesSent = 84'000'000,
                                   .bytesPerSecond = 4.2e6,
                                   .timeLeft = 80s};
    for (int columns = 0; columns < 200; ++columns) {
        const QString line = progressLine(progress, QStringLiteral("图片\n 😀.png"), columns);
        QVERIFY2(displayWidth(line) <= columns, qPrintable(line));
        QVERIFY(!line.contains(QLatin1Char('\n')));
    }
}

void TestTextReport::progressSaysWhatThereIs()
{
    const OverallProgress progress{.files = 12,
                                   .filesEnded = 3,
                                   .bytes = 420'000'000,
                                   .bytesSent = 84'000'000,
                                   .bytesPerSecond = 4.2e6,
                                   .timeLeft = 80s};
    QCOMPARE(progressLine(progress, QStringLiteral("picture.png"), 120),
             QStringLiteral("[####................]  20%  3 of 12 files  84.0 MB of 420.0 MB  "
                            "4.2 MB/s  80 s left  picture.png"));
    QVERIFY(!progressLine({.files = 1}, {}, 80).contains(QLatin1String("left")));
}

void TestTextReport::progressStaysBelowTheEnd()
{
    const OverallProgress sent{.files = 1, .bytes = 100, .bytesSent = 100};
    QVERIFY(progressLine(sent, {}, 80).contains(QLatin1String(" 99%")));
    const OverallProgress ended{.files = 1, .filesEnded = 1, .bytes = 100, .bytesSent = 100};
    QVERIFY(progressLine(ended, {}, 80).contains(QLatin1String("100%")));
    const OverallProgress emptyFile{.files = 2, .filesEnded = 1};
    QVERIFY(progressLine(emptyFile, {}, 80).contains(QLatin1String(" 50%")));
}

void TestTextReport::errorsAreSetIn()
{
    const QByteArray block =
        errorBlock(QStringLiteral("a\nb"),
                   {.kind = ErrorKind::FileMissing, .message = QStringLiteral("gone")});
    QCOMPARE(
        block,
        QByteArray("chatapp-upload: a\\nb: there is no such file\n  gone\n  check the path\n"));
}

void TestTextReport::historyShowsLinkOrError()
{
    UploadRecord record;
    record.name = QStringLiteral("a\nb.png");
    record.state = UploadState::Done;
    record.url = QStringLiteral("https://bucket.example/dir/a-b.png");
    record.identity.size = 1500;
    record.endedAt = QDateTime::currentDateTimeUtc();
    record.target.spaceId = {QStringLiteral("42")};
    const QByteArray done = historyText(record);
    QCOMPARE(done.count('\n'), 2);
    QVERIFY(done.contains("done"));
    QVERIFY(done.contains("a\\nb.png"));
    QVERIFY(done.contains("1.5 kB"));
    QVERIFY(done.contains("https://bucket.example/dir/a-b.png"));

    record.state = UploadState::Failed;
    record.error =
        Error{.kind = ErrorKind::PermissionDenied, .code = QStringLiteral("Ram.PermissionDeny")};
    const QByteArray failed = historyText(record);
    QVERIFY(failed.contains("the account lacks a permission (Ram.PermissionDeny)"));
    QVERIFY(!failed.contains("https://"));
}

int main(int argc, char* argv[])
{
    // Column widths come from the C library, which knows none in the C locale.
    qputenv("LC_ALL", "C.UTF-8");
    const QCoreApplication application(argc, argv);
    TestTextReport test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_textreport.moc"
