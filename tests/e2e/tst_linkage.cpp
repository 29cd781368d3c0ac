// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include <QtCore/QProcess>
#include <QtTest/QTest>

//! What runs on servers must not bring a GUI library along.
class TestLinkage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noGuiLibrary_data();
    void noGuiLibrary();
};

void TestLinkage::noGuiLibrary_data()
{
    QTest::addColumn<QString>("program");
    for (const char* name : {"chatapp-upload", "chatapp-sandbox"})
        QTest::newRow(name) << QStringLiteral(CHATAPP_BIN_DIR "/") + QLatin1String(name);
}

void TestLinkage::noGuiLibrary()
{
    QFETCH(QString, program);
    QProcess ldd;
    ldd.start(QStringLiteral("ldd"), {program});
    QVERIFY(ldd.waitForFinished());
    QCOMPARE(ldd.exitCode(), 0);
    const QByteArray libraries = ldd.readAllStandardOutput();
    QVERIFY(libraries.contains("libQt6Core"));
    for (const char* library : {"Qt6Gui", "Qt6Widgets", "libX11", "libxcb", "libGL", "libwayland"})
        QVERIFY2(!libraries.contains(library), library);
}

QTEST_GUILESS_MAIN(TestLinkage)
#include "tst_linkage.moc"
