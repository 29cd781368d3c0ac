// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "net/urlencoding.h"

#include <QtCore/QRandomGenerator>
#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

using namespace ChatApp;

class TestUrlEncoding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void table_data()
    {
        QTest::addColumn<QByteArray>("plain");
        QTest::addColumn<QByteArray>("encoded");
        const auto row = [](const char* plain, const char* encoded) {
            QTest::newRow(plain) << QByteArray(plain) << QByteArray(encoded);
        };
        row("", "");
        row("azAZ09-._~", "azAZ09-._~");
        row(" +%#?&=~'()*", "%20%2B%25%23%3F%26%3D~%27%28%29%2A");
        row("a/b", "a%2Fb");
        row("!$,;:@[]\"<>\\^`{|}", "%21%24%2C%3B%3A%40%5B%5D%22%3C%3E%5C%5E%60%7B%7C%7D");
        row("图片", "%E5%9B%BE%E7%89%87");
        row("e\xCC\x81", "e%CC%81");
        row("😀", "%F0%9F%98%80");
        row("\n\t", "%0A%09");
    }
    void table()
    {
        QFETCH(QByteArray, plain);
        QTEST(percentEncode(plain), "encoded");
    }

    void slashIsKeptOnRequest()
    {
        QCOMPARE(percentEncode("/a b//c", Slash::Keep), QByteArray("/a%20b//c"));
    }

    //! Any bytes come back, the result is made of unreserved characters and upper-case %XX only,
    //! and encoding is per byte: the encoding of a whole is that of its pieces.
    void property()
    {
        QRandomGenerator random(20231026);
        const QRegularExpression allowed(QStringLiteral("\\A(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*\\z"));
        for (int round = 0; round < 500; ++round) {
            QByteArray plain(random.bounded(80), Qt::Uninitialized);
            for (char& c : plain)
                c = static_cast<char>(random.bounded(256));
            const QByteArray encoded = percentEncode(plain);
            QCOMPARE(QByteArray::fromPercentEncoding(encoded), plain);
            QVERIFY2(allowed.match(QString::fromLatin1(encoded)).hasMatch(), encoded.constData());
            const qsizetype cut = plain.size() / 2;
            QCOMPARE(percentEncode(plain.left(cut)) + percentEncode(plain.mid(cut)), encoded);
            QCOMPARE(percentEncode(plain, Slash::Keep), QByteArray(encoded).replace("%2F", "/"));
        }
    }
};

QTEST_GUILESS_MAIN(TestUrlEncoding)
#include "tst_urlencoding.moc"
