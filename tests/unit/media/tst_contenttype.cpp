// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "media/contenttype.h"

#include <QtTest/QtTest>

using namespace ChatApp;

class TestContentType : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void types_data();
    void types();
};

void TestContentType::types_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char* name, const QByteArray& head, const char* expected) {
        QTest::addRow("%s as %s", name, expected)
            << QString::fromUtf8(name) << head << QString::fromLatin1(expected);
    };
    const QByteArray png = QByteArray::fromHex("89504e470d0a1a0a0000000d49484452");
    const QByteArray jpeg = QByteArray::fromHex("ffd8ffe000104a46494600010100");
    const QByteArray zip =
        QByteArray::fromHex("504b030414000000080000002100") + QByteArray(64, 'a');
    const auto iso = [](const QByteArray& brand) {
        return QByteArray::fromHex("00000020") + "ftyp" + brand + QByteArray(4, '\0') + "isomiso2";
    };
    const QByteArray wav = QByteArray("RIFF") + QByteArray(4, '\1') + "WAVEfmt ";
    const QByteArray ole = QByteArray::fromHex("d0cf11e0a1b11ae1") + QByteArray(504, '\0');

    row("a.png", png, "image/png");
    row("photo", jpeg, "image/jpeg");
    row("photo.png", jpeg, "image/jpeg");
    row("a.gif", "GIF89a\1\0\1\0", "image/gif");
    row("a.webp", QByteArray("RIFF") + QByteArray(4, '\1') + "WEBPVP8 ", "image/webp");
    row("a.mp4", iso("isom"), "video/mp4");
    row("no-extension", iso("mp42"), "video/mp4");
    row("a.m4a", iso("M4A "), "audio/mp4");
    row("a.m4a", iso("isom"), "audio/mp4");
    row("a.3gp", iso("3gp4"), "video/3gpp");
    row("a.mov", iso("qt  "), "video/quicktime");
    row("a.mp4", iso("qt  "), "video/quicktime");
    row("wav named.mp3", wav, "audio/wav");
    row("a.mp3", QByteArray("ID3\4\0\0\0\0\0\0"), "audio/mpeg");
    row("a.ogg", QByteArray("OggS") + QByteArray(24, '\0') + "OpusHead", "audio/ogg");
    row("a.opus", QByteArray("OggS") + QByteArray(24, '\0') + "OpusHead", "audio/ogg");
    row("a.amr", "#!AMR\n", "audio/amr");
    row("a.pdf", "%PDF-1.7\n", "application/pdf");
    row("a.txt", "plain words\n", "text/plain");
    row("a.csv", "a,b\n1,2\n", "text/csv");
    row("report.docx", zip,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    row("sheet.xlsx", zip, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    row("old.doc", ole, "application/msword");
    row("old.xls", ole, "application/vnd.ms-excel");
    row("a.zip", zip, "application/zip");
    row("words.png", "plain words, not a picture\n", "text/plain");
    row("empty", "", "application/octet-stream");
    row("empty.pdf", "", "application/pdf");
    row("unknown.qqq", QByteArray::fromHex("0001020304fffefd"), "application/octet-stream");
}

void TestContentType::types()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, head);
    QFETCH(QString, expected);
    QCOMPARE(contentTypeFor(name, head), expected);
}

QTEST_APPLESS_MAIN(TestContentType)
#include "tst_contenttype.moc"
