// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/objectname.h"

#include "core/random.h"

#include <QtTest/QtTest>

using namespace ChatApp;

class TestObjectName : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void names_data();
    void names();
    void longNamesAreCutBetweenCodePoints();
    void templates_data();
    void templates();
    void fieldsAreFilledOnce();
};

void TestObjectName::names_data()
{
    QTest::addColumn<QString>("fileName");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* expected) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(expected);
    };
    row("photo.png", "photo-R.png");
    row("my holiday photo.png", "my-holiday-photo-R.png");
    row("a+b %20#?&=.png", "a-b-20--R.png");
    row("新品海报 01.png", "新品海报-01-R.png");
    row("e\xCC\x81t\xC3\xA9.jpg", "\xC3\xA9t\xC3\xA9-R.jpg"); // combining acute: composed
    row("हिन्दी.mp4", "हिन्दी-R.mp4"); // marks stay
    row("\xF0\x9F\x98\x80.png", "file-R.png"); // an emoji is no letter
    row("party \xF0\x9F\x98\x80.png", "party--R.png");
    row("-leading.png", "-leading-R.png");
    row("two\nlines.txt", "two-lines-R.txt");
    row("noextension", "noextension-R");
    row(".hidden", "file-R.hidden");
    row("archive.tar.gz", "archive.tar-R.gz");
    row("dot.at.end.", "dot.at.end.-R");
    row("..", "..-R");
    row("version 1.0 final", "version-1.0-final-R");
    row("a.verylongextensionindeed", "a.verylongextensionindeed-R");
    row("a/../b.png", "a-..-b-R.png");
    row("...", "...-R");
    row("", "file-R");
}

void TestObjectName::names()
{
    QFETCH(QString, fileName);
    QFETCH(QString, expected);
    QCOMPARE(makeObjectName(fileName, "R"), expected);
}

void TestObjectName::longNamesAreCutBetweenCodePoints()
{
    for (const char* unit : {"a", "é", "海", "𠀀"}) {
        const QString name = QString::fromUtf8(unit).repeated(255) + QStringLiteral(".png");
        const QString object = makeObjectName(name, randomBase32(16));
        const QByteArray bytes = object.toUtf8();
        QVERIFY(bytes.size() <= 200 + 1 + 16 + 4);
        QVERIFY(bytes.size() > 200 + 1 + 16);
        QCOMPARE(QString::fromUtf8(bytes), object);
        QVERIFY(!object.contains(QChar::ReplacementCharacter));
        QVERIFY(object.endsWith(QLatin1String(".png")));
    }
}

void TestObjectName::templates_data()
{
    QTest::addColumn<QString>("nameTemplate");
    QTest::addColumn<bool>("valid");
    QTest::newRow("default") << defaultNameTemplate << true;
    QTest::newRow("dated") << QStringLiteral("{date}_{stem}-{random}{ext}") << true;
    QTest::newRow("random only") << QStringLiteral("{random}") << true;
    QTest::newRow("no random") << QStringLiteral("{stem}{ext}") << false;
    QTest::newRow("unknown field") << QStringLiteral("{stem}-{random}-{user}") << false;
    QTest::newRow("slash") << QStringLiteral("../{random}") << false;
    QTest::newRow("blank") << QStringLiteral("my {random}") << false;
    QTest::newRow("long") << QStringLiteral("{random}") + QString(300, QLatin1Char('x')) << false;
}

void TestObjectName::templates()
{
    QFETCH(QString, nameTemplate);
    QFETCH(bool, valid);
    QCOMPARE(isValidNameTemplate(nameTemplate), valid);
    const QString name =
        makeObjectName(QStringLiteral("a.png"), "R", nameTemplate, QStringLiteral("2026-11-24"));
    QVERIFY(name.contains(QLatin1Char('R')));
    QVERIFY(!name.contains(QLatin1Char('/')));
    if (!valid)
        QCOMPARE(name, QStringLiteral("a-R.png"));
}

void TestObjectName::fieldsAreFilledOnce()
{
    // A file that is called like a field must not be filled in again.
    QCOMPARE(makeObjectName(QStringLiteral("a.png"), "R",
                            QStringLiteral("{date}_{stem}-{random}{ext}"),
                            QStringLiteral("2026-11-24")),
             QStringLiteral("2026-11-24_a-R.png"));
    QCOMPARE(makeObjectName(QStringLiteral("{random}.png"), "R"), QStringLiteral("-random--R.png"));
}

QTEST_APPLESS_MAIN(TestObjectName)
#include "tst_objectname.moc"
