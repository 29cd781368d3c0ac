// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/crc64.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QtTest>

using namespace ChatApp;

class TestCrc64 : public QObject {
    Q_OBJECT
private:
    static QJsonObject vectors();
    static QByteArray bytesOf(const QJsonObject& vector);

private Q_SLOTS:
    void golden_data();
    void golden();
    void combines_data();
    void combines();
    void piecesGiveTheWhole();
    void portableEqualsFast();
};

QJsonObject TestCrc64::vectors()
{
    QFile file(QStringLiteral(CHATAPP_TEST_DATA "/vectors/crc64.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("golden vectors are missing");
    return QJsonDocument::fromJson(file.readAll()).object();
}

QByteArray TestCrc64::bytesOf(const QJsonObject& vector)
{
    const QString name = vector.value(QLatin1String("name")).toString();
    const auto length = static_cast<qsizetype>(vector.value(QLatin1String("len")).toInteger());
    if (name == QLatin1String("zeros-100KiB"))
        return QByteArray(length, '\0');
    if (name == QLatin1String("a x 1 MiB"))
        return QByteArray(length, 'a');
    if (name == QLatin1String("hello oss"))
        return "hello oss";
    if (name == QLatin1String("0..255")) {
        QByteArray bytes;
        for (int i = 0; i < 256; ++i)
            bytes.append(static_cast<char>(i));
        return bytes;
    }
    return vector.value(QLatin1String("ascii")).toString().toLatin1();
}

void TestCrc64::golden_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<quint64>("expected");
    const QJsonArray all = vectors().value(QLatin1String("vectors")).toArray();
    QCOMPARE(all.size(), 7);
    for (const auto& value : all) {
        const QJsonObject vector = value.toObject();
        QTest::newRow(qPrintable(vector.value(QLatin1String("name")).toString()))
            << bytesOf(vector) << vector.value(QLatin1String("decimal")).toString().toULongLong();
    }
}

void TestCrc64::golden()
{
    QFETCH(QByteArray, bytes);
    QFETCH(quint64, expected);
    QCOMPARE(quint64{Crc64::of(bytes)}, expected);
    QCOMPARE(quint64{Crc64::portableUpdate(0, bytes.constData(), bytes.size())}, expected);
}

void TestCrc64::combines_data()
{
    QTest::addColumn<quint64>("a");
    QTest::addColumn<quint64>("b");
    QTest::addColumn<quint64>("length");
    QTest::addColumn<quint64>("expected");
    const QJsonArray all = vectors().value(QLatin1String("combine")).toArray();
    QCOMPARE(all.size(), 5);
    int row = 0;
    for (const auto& value : all) {
        const QJsonObject vector = value.toObject();
        QTest::addRow("%d", row++)
            << vector.value(QLatin1String("crc1")).toString().toULongLong()
            << vector.value(QLatin1String("crc2")).toString().toULongLong()
            << quint64(vector.value(QLatin1String("len2")).toInteger())
            << vector.value(QLatin1String("combined")).toString().toULongLong();
    }
}

void TestCrc64::combines()
{
    QFETCH(quint64, a);
    QFETCH(quint64, b);
    QFETCH(quint64, length);
    QFETCH(quint64, expected);
    QCOMPARE(quint64{Crc64::combine(a, b, length)}, expected);
}

void TestCrc64::piecesGiveTheWhole()
{
    QByteArray bytes(300'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>((i * 2654435761U) >> 13);
    Crc64 crc;
    for (qsizetype at = 0, step = 1; at < bytes.size(); at += step, step = (step * 7) % 4099 + 1)
        crc.update(bytes.constData() + at, std::min(step, bytes.size() - at));
    QCOMPARE(crc.value(), Crc64::of(bytes));
    const QByteArray head = bytes.left(12345);
    const QByteArray tail = bytes.mid(12345);
    QCOMPARE(Crc64::combine(Crc64::of(head), Crc64::of(tail), static_cast<quint64>(tail.size())),
             Crc64::of(bytes));
}

void TestCrc64::portableEqualsFast()
{
    const QByteArray bytes = QByteArray("0123456789abcdefghijklmnopqrstuvwxyz").repeated(50);
    for (qsizetype length = 0; length < 200; ++length) {
        for (qsizetype offset = 0; offset < 9; ++offset) {
            const QByteArray piece = bytes.mid(offset, length);
            QCOMPARE(Crc64::portableUpdate(0, piece.constData(), piece.size()), Crc64::of(piece));
        }
    }
}

QTEST_APPLESS_MAIN(TestCrc64)
#include "tst_crc64.moc"
