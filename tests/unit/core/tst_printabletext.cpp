// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/printabletext.h"

#include <QtTest/QTest>

using namespace ChatApp;

class TestPrintableText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bytes_data();
    void bytes();
    void utf8IsTold_data();
    void utf8IsTold();
};

void TestPrintableText::bytes_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("shown");

    QTest::newRow("plain") << QByteArray("photo 1.png") << QStringLiteral("photo 1.png");
    QTest::newRow("other scripts") << QByteArray("图片 é 😀.png") << QStringLiteral("图片 é 😀.png");
    QTest::newRow("newline") << QByteArray("a\nb\r\t") << QStringLiteral("a\\nb\\r\\t");
    QTest::newRow("escape sequence")
        << QByteArray("\x1b[2J\x07") << QStringLiteral("\\x1b[2J\\x07");
    QTest::newRow("C1") << QByteArray("\xC2\x9B"
                                      "31m")
                        << QStringLiteral("\\x9b31m");
    QTest::newRow("direction") << QByteArray("a\xE2\x80\xAEgpj.exe")
                               << QStringLiteral("a\\u202egpj.exe");
    QTest::newRow("separator") << QByteArray("a\xE2\x80\xA8"
                                             "b")
                               << QStringLiteral("a\\u2028b");
    QTest::newRow("latin 1") << QByteArray("caf\xE9.png") << QStringLiteral("caf\\xe9.png");
    QTest::newRow("cut off") << QByteArray("图\xE5\x9B") << QStringLiteral("图\\xe5\\x9b");
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << QStringLiteral("\\xed\\xa0\\x80");
    QTest::newRow("overlong") << QByteArray("\xC0\xAF") << QStringLiteral("\\xc0\\xaf");
}

void TestPrintableText::bytes()
{
    QFETCH(QByteArray, name);
    QTEST(printableText(name), "shown");
}

void TestPrintableText::utf8IsTold_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("utf8");

    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("ascii") << QByteArray("a") << true;
    QTest::newRow("emoji") << QByteArray("😀") << true;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                   "a")
                                     << true;
    QTest::newRow("replacement character") << QByteArray("\xEF\xBF\xBD") << true;
    QTest::newRow("lone byte") << QByteArray("\xFF") << false;
    QTest::newRow("cut off") << QByteArray("a\xE5\x9B") << false;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << false;
    QTest::newRow("overlong") << QByteArray("\xC0\xAF") << false;
}

void TestPrintableText::utf8IsTold()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, utf8);
    const std::optional<QString> text = exactUtf8(bytes);
    QCOMPARE(text.has_value(), utf8);
    if (utf8)
        QCOMPARE(text->toUtf8(), bytes);
}

QTEST_GUILESS_MAIN(TestPrintableText)
#include "tst_printabletext.moc"
