// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/settings.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace ChatApp;
using ProxyMode = TransportConfig::ProxyMode;

class TestSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultsWithoutAFile();
    void valuesComeBack();
    void unusableValueIsTheDefault_data();
    void unusableValueIsTheDefault();
    void brokenFileIsTheDefaults();
    void unreadableFileIsTheDefaultsAndSaid();
    void changesAreHeard();
    void proxyAddress_data();
    void proxyAddress();
    void transport();

private:
    static void writeFile(const QTemporaryDir& folder, const QByteArray& text)
    {
        QFile file(folder.filePath(QStringLiteral("settings.ini")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
};

void TestSettings::defaultsWithoutAFile()
{
    const QTemporaryDir folder;
    const Settings settings(folder.filePath(QStringLiteral("absent")));
    QCOMPARE(settings.value(SettingTable::startAtOnce), false);
    QCOMPARE(settings.value(SettingTable::extraCaFile), QString());
    QCOMPARE(settings.value(SettingTable::bytesPerSecond), 0);
    QCOMPARE(settings.value(SettingTable::proxyMode), ProxyMode::Environment);
    QVERIFY(settings.value(SettingTable::windowGeometry).isEmpty());
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("absent"))));
}

void TestSettings::valuesComeBack()
{
    const QTemporaryDir folder;
    const QString config = folder.filePath(QStringLiteral("new/config"));
    const QByteArray blob("\0\x01,;\"=\xFF\n", 8);
    const QString text = QString::fromUtf8("/tmp/图片, a;b = \"c\" @x.pem");
    {
        Settings settings(config);
        QVERIFY(settings.setValue(SettingTable::startAtOnce, true));
        QVERIFY(settings.setValue(SettingTable::bytesPerSecond, 5'000'000'000));
        QVERIFY(settings.setValue(SettingTable::windowGeometry, blob));
        QVERIFY(settings.setValue(SettingTable::extraCaFile, text));
        QVERIFY(settings.setValue(SettingTable::proxyMode, ProxyMode::Fixed));
        QCOMPARE(settings.value(SettingTable::startAtOnce), true);
    }
    const Settings again(config);
    QCOMPARE(again.value(SettingTable::startAtOnce), true);
    QCOMPARE(again.value(SettingTable::bytesPerSecond), 5'000'000'000);
    QCOMPARE(again.value(SettingTable::windowGeometry), blob);
    QCOMPARE(again.value(SettingTable::extraCaFile), text);
    QCOMPARE(again.value(SettingTable::proxyMode), ProxyMode::Fixed);
}

void TestSettings::unusableValueIsTheDefault_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("no bool") << QByteArray("[transfers]\nstartAtOnce=perhaps\n");
    QTest::newRow("no number") << QByteArray("[transfers]\nbytesPerSecond=2M\n");
    QTest::newRow("below zero") << QByteArray("[transfers]\nbytesPerSecond=-1\n");
    QTest::newRow("no blob") << QByteArray("[window]\ngeometry=12\n");
    QTest::newRow("unknown mode") << QByteArray("[network]\nproxyMode=psychic\n");
    QTest::newRow("text is a size") << QByteArray("[network]\nextraCaFile=@Size(1 2)\n");
    QTest::newRow("address with a password")
        << QByteArray("[network]\nproxyAddress=http://user:word@proxy.example:3128\n");
}

void TestSettings::unusableValueIsTheDefault()
{
    QFETCH(QByteArray, file);
    const QTemporaryDir folder;
    writeFile(folder, file);
    const Settings settings(folder.path());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("default used")));
    QCOMPARE(settings.value(SettingTable::startAtOnce), false);
    QCOMPARE(settings.value(SettingTable::bytesPerSecond), 0);
    QVERIFY(settings.value(SettingTable::windowGeometry).isEmpty());
    QCOMPARE(settings.value(SettingTable::proxyMode), ProxyMode::Environment);
    QCOMPARE(settings.value(SettingTable::extraCaFile), QString());
    QCOMPARE(settings.value(SettingTable::proxyAddress), QString());
}

void TestSettings::brokenFileIsTheDefaults()
{
    const QTemporaryDir folder;
    writeFile(folder, QByteArray("\x89PNG\r\n\0\0[[[=\xFF", 14));
    const Settings settings(folder.path());
    QCOMPARE(settings.value(SettingTable::startAtOnce), false);
}

void TestSettings::unreadableFileIsTheDefaultsAndSaid()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("settings.ini")));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be read")));
    const Settings settings(folder.path());
    QCOMPARE(settings.value(SettingTable::startAtOnce), false);
}

void TestSettings::changesAreHeard()
{
    const QTemporaryDir folder;
    Settings settings(folder.path());
    QList<QByteArray> heard;
    settings.setWatcher([&](const char* key) {
        heard.append(key);
        QCOMPARE(settings.value(SettingTable::bytesPerSecond), 7);
    });
    QVERIFY(settings.setValue(SettingTable::bytesPerSecond, 7));
    QVERIFY(!settings.setValue(SettingTable::bytesPerSecond, -1));
    QCOMPARE(heard, QList<QByteArray>{"transfers/bytesPerSecond"});
}

void TestSettings::proxyAddress_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("none") << QString() << true;
    QTest::newRow("http") << QStringLiteral("http://proxy.example:3128") << true;
    QTest::newRow("socks") << QStringLiteral("socks5://[::1]:1080") << true;
    QTest::newRow("no port") << QStringLiteral("http://proxy.example") << false;
    QTest::newRow("no scheme") << QStringLiteral("proxy.example:3128") << false;
    QTest::newRow("other scheme") << QStringLiteral("ftp://proxy.example:21") << false;
    QTest::newRow("password") << QStringLiteral("http://u:p@proxy.example:3128") << false;
    QTest::newRow("path") << QStringLiteral("http://proxy.example:3128/x") << false;
}

void TestSettings::proxyAddress()
{
    QFETCH(QString, address);
    QFETCH(bool, accepted);
    const QTemporaryDir folder;
    Settings settings(folder.path());
    QCOMPARE(settings.setValue(SettingTable::proxyAddress, address), accepted);
    QCOMPARE(settings.value(SettingTable::proxyAddress), accepted ? address : QString());
}

void TestSettings::transport()
{
    const QTemporaryDir folder;
    Settings settings(folder.path());
    QCOMPARE(transportFrom(settings).proxyMode, ProxyMode::Environment);
    settings.setValue(SettingTable::proxyMode, ProxyMode::Fixed);
    QCOMPARE(transportFrom(settings).proxyMode, ProxyMode::Environment);
    settings.setValue(SettingTable::proxyAddress, QStringLiteral("http://proxy.example:3128"));
    settings.setValue(SettingTable::extraCaFile, QStringLiteral("/etc/ca.pem"));
    const TransportConfig config = transportFrom(settings);
    QCOMPARE(config.proxyMode, ProxyMode::Fixed);
    QCOMPARE(config.fixedProxy, QByteArray("http://proxy.example:3128"));
    QCOMPARE(config.extraCaFile, QStringLiteral("/etc/ca.pem"));
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
