// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cams/acs3signer.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>

using namespace ChatApp;

namespace {

QJsonObject vectorFile()
{
    QFile file(QStringLiteral(CHATAPP_TEST_DATA "/vectors/acs3.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no vectors: %s", qPrintable(file.fileName()));
    return QJsonDocument::fromJson(file.readAll()).object();
}

QString text(const QJsonObject& object, const char* name)
{
    return object.value(QLatin1String(name)).toString();
}

Acs3Request requestOf(const QJsonObject& entry)
{
    Acs3Request request;
    request.method = text(entry, "method").toLatin1();
    const QJsonObject query = entry.value(QLatin1String("query")).toObject();
    for (auto it = query.begin(); it != query.end(); ++it)
        request.query.append({it.key().toUtf8(), it.value().toString().toUtf8()});
    const QJsonObject headers = entry.value(QLatin1String("headers")).toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        request.headers.append({it.key().toUtf8(), it.value().toString().toUtf8()});
    return request;
}

} // namespace

class TestAcs3Signer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Of the whole requests the ones signed with ACS3 (acs3, acs3-sts). The old RPC signature is
    // not implemented, so rpcV1 and rpcV1-sts have no counterpart here.
    void vectors_data()
    {
        QTest::addColumn<QJsonObject>("entry");
        QTest::addColumn<QByteArray>("authorization");
        int direct = 0;
        int wire = 0;
        for (const QJsonValue value : m_file.value(QLatin1String("direct")).toArray()) {
            const QJsonObject entry = value.toObject();
            QTest::newRow(qPrintable(QStringLiteral("direct ") + text(entry, "name")))
                << entry << text(entry, "authorization").toUtf8();
            ++direct;
        }
        for (const QJsonValue value : m_file.value(QLatin1String("wire")).toArray()) {
            const QJsonObject entry = value.toObject();
            if (text(entry, "name").startsWith(QLatin1String("rpcV1")))
                continue;
            QTest::newRow(qPrintable(QStringLiteral("wire ") + text(entry, "name")))
                << entry
                << text(entry.value(QLatin1String("headers")).toObject(), "Authorization").toUtf8();
            ++wire;
        }
        QCOMPARE(direct, 9);
        QCOMPARE(wire, 8);
    }
    void vectors()
    {
        QFETCH(QJsonObject, entry);
        const Acs3Request request = requestOf(entry);
        Credentials credentials;
        credentials.accessKeyId = text(m_file, "accessKeyId");
        credentials.accessKeySecret = SecretString(text(m_file, "accessKeySecret").toUtf8());
        QCOMPARE(acs3CanonicalRequest(request), text(entry, "canonicalRequest").toUtf8());
        QTEST(acs3Authorization(request, credentials), "authorization");
        const QByteArray bodyHash =
            QCryptographicHash::hash(text(entry, "body").toUtf8(), QCryptographicHash::Sha256)
                .toHex();
        QVERIFY(acs3CanonicalRequest(request).endsWith(bodyHash));
    }

    void emptyValuesKeepTheirEqualsSign()
    {
        QCOMPARE(acs3CanonicalQuery({{"b", ""}, {"a", "x y*"}}), QByteArray("a=x%20y%2A&b="));
    }

private:
    QJsonObject m_file = vectorFile();
};

QTEST_GUILESS_MAIN(TestAcs3Signer)
#include "tst_acs3signer.moc"
