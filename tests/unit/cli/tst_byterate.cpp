// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/byterate.h"

#include <QtTest/QTest>

using namespace ChatApp;

class TestByteRate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
};

void TestByteRate::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("rate");
    const auto row = [](const char* text, qint64 rate) {
        QTest::newRow(text) << QString::fromUtf8(text) << rate;
    };
    row("0", 0);
    row("0K", 0);
    row("1", 1);
    row("500000", 500'000);
    row("500K", 512'000);
    row("500k", 512'000);
    row("1.5M", 1'572'864);
    row("2MiB", 2'097'152);
    row("2mib", 2'097'152);
    row("1G", 1'073'741'824);
    row("0.5KiB", 512);
    row("1024GiB", qint64{1} << 40);
    row("10.9", 10);
}

void TestByteRate::reads()
{
    QFETCH(QString, text);
    QFETCH(qint64, rate);
    QCOMPARE(parseByteRate(text), std::optional(rate));
}

void TestByteRate::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"",
                             "K",
                             "-1",
                             "+1",
                             "1e3",
                             "1.",
                             ".5",
                             "1,5M",
                             "1 M",
                             " 1",
                             "1\n",
                             "fast",
                             "inf",
                             "nan",
                             "0x10",
                             "1KB",
                             "1MB",
                             "1T",
                             "1Ki",
                             "1iB",
                             "0.5",
                             "1025G",
                             "9999999999999999999999",
                             "1K/s",
                             "١",
                             "1.5.5"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestByteRate::refuses()
{
    QFETCH(QString, text);
    QCOMPARE(parseByteRate(text), std::nullopt);
}

QTEST_APPLESS_MAIN(TestByteRate)
#include "tst_byterate.moc"
