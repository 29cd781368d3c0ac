// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/environmentcredentials.h"

#include <QtTest/QTest>

using namespace ChatApp;

class TestEnvironmentCredentials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void read_data();
    void read();
};

void TestEnvironmentCredentials::read_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("missing");
    const QString value = QStringLiteral("ExampleValue");
    const QString secretName = QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    const QString idName = QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_ID");
    QTest::newRow("none") << QString() << QString() << QString() << QString();
    QTest::newRow("long-term") << value << value << QString() << QString();
    QTest::newRow("temporary") << value << value << value << QString();
    QTest::newRow("no secret") << value << QString() << QString() << secretName;
    QTest::newRow("no id") << QString() << value << QString() << idName;
    QTest::newRow("token only") << QString() << QString() << value << idName;
}

void TestEnvironmentCredentials::read()
{
    QFETCH(QString, id);
    QFETCH(QString, secret);
    QFETCH(QString, token);
    QFETCH(QString, missing);
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_ID"), id);
    environment.insert(QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_SECRET"), secret);
    environment.insert(QStringLiteral("ALIBABA_CLOUD_SECURITY_TOKEN"), token);
    const auto credentials = environmentCredentials(environment);
    if (!missing.isEmpty()) {
        QVERIFY(!credentials.ok());
        QCOMPARE(credentials.error().kind, ErrorKind::Usage);
        QVERIFY(credentials.error().message.contains(missing));
        QVERIFY(!credentials.error().message.contains(QStringLiteral("ExampleValue")));
        return;
    }
    QVERIFY(credentials.ok());
    QCOMPARE(credentials->has_value(), !id.isEmpty());
    if (credentials->has_value()) {
        QCOMPARE((*credentials)->accessKeyId, id);
        QCOMPARE((*credentials)->accessKeySecret.expose(), secret.toUtf8());
        QCOMPARE((*credentials)->securityToken.expose(), token.toUtf8());
    }
}

QTEST_GUILESS_MAIN(TestEnvironmentCredentials)
#include "tst_environmentcredentials.moc"
