// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/osssignerv1.h"
#include "oss/osssignerv4.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QUrl>
#include <QtTest/QTest>

using namespace ChatApp;

namespace {

QJsonObject vectorFile(const QString& name)
{
    QFile file(QStringLiteral(CHATAPP_TEST_DATA "/vectors/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no vectors: %s", qPrintable(file.fileName()));
    return QJsonDocument::fromJson(file.readAll()).object();
}

// Only header-signed requests are made by this program: the presigned URLs and the PostObject
// policies of the vector files have no counterpart here.
void addVectorRows(const QJsonObject& file)
{
    QTest::addColumn<QJsonObject>("entry");
    int number = 0;
    for (const QJsonValue value : file.value(QLatin1String("vectors")).toArray()) {
        const QJsonObject entry = value.toObject();
        const QString name = QStringLiteral("%1 %2 %3 %4")
                                 .arg(number++)
                                 .arg(entry.value(QLatin1String("op")).toString(),
                                      entry.value(QLatin1String("key")).toString(),
                                      entry.value(QLatin1String("style")).toString());
        QTest::newRow(qPrintable(name)) << entry;
    }
    QCOMPARE(number, 88);
}

Credentials credentialsOf(const QJsonObject& file, const QJsonObject& entry)
{
    Credentials credentials;
    credentials.accessKeyId = file.value(QLatin1String("accessKeyId")).toString();
    credentials.accessKeySecret =
        SecretString(file.value(QLatin1String("accessKeySecret")).toString().toUtf8());
    // Some entries are signed with a long-term key.
    const QJsonObject headers = entry.value(QLatin1String("headers")).toObject();
    if (headers.contains(QLatin1String("x-oss-security-token"))) {
        credentials.securityToken =
            SecretString(file.value(QLatin1String("securityToken")).toString().toUtf8());
    }
    return credentials;
}

bool isMadeBySigner(const QByteArray& name)
{
    return name == "authorization" || name == "x-oss-date" || name == "x-oss-content-sha256"
        || name == "x-oss-security-token";
}

//! The entry's request as a builder would hand it to a signer: without what the signer adds.
OssRequest requestOf(const QJsonObject& file, const QJsonObject& entry)
{
    OssRequest request;
    request.method = entry.value(QLatin1String("method")).toString().toLatin1();
    request.bucket = file.value(QLatin1String("bucket")).toString();
    request.key = entry.value(QLatin1String("key")).toString();
    const QByteArray url = entry.value(QLatin1String("url")).toString().toUtf8();
    if (const qsizetype mark = url.indexOf('?'); mark >= 0) {
        for (const QByteArray& part : url.mid(mark + 1).split('&')) {
            const qsizetype equals = part.indexOf('=');
            request.query.append({QByteArray::fromPercentEncoding(part.left(equals)),
                                  QByteArray::fromPercentEncoding(part.mid(equals + 1))});
        }
    }
    const QJsonObject headers = entry.value(QLatin1String("headers")).toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it) {
        const QByteArray name = it.key().toUtf8();
        if (!isMadeBySigner(name.toLower()))
            request.headers.append({name, it.value().toString().toUtf8()});
    }
    return request;
}

QByteArray expectedHeader(const QJsonObject& entry, const char* name)
{
    return entry.value(QLatin1String("headers"))
        .toObject()
        .value(QLatin1String(name))
        .toString()
        .toUtf8();
}

QDateTime timeOf(const QJsonObject& file)
{
    return QDateTime::fromString(file.value(QLatin1String("frozenTime")).toString(), Qt::ISODate);
}

void compareSignerHeaders(const OssRequest& request, const QJsonObject& entry)
{
    QCOMPARE(headerValue(request.headers, "x-oss-date"), expectedHeader(entry, "x-oss-date"));
    QCOMPARE(headerValue(request.headers, "x-oss-security-token"),
             expectedHeader(entry, "x-oss-security-token"));
    QCOMPARE(headerValue(request.headers, "Authorization"), expectedHeader(entry, "authorization"));
    for (const HttpHeader& header : request.headers)
        QCOMPARE(header.value, header.value.trimmed());
}

} // namespace

class TestOssSigners : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void v4_data() { addVectorRows(m_v4); }
    void v4()
    {
        QFETCH(QJsonObject, entry);
        OssRequest request = requestOf(m_v4, entry);
        signOssV4(request, credentialsOf(m_v4, entry), "ap-southeast-1", timeOf(m_v4));
        QCOMPARE(ossV4CanonicalRequest(request),
                 entry.value(QLatin1String("canonicalRequest")).toString().toUtf8());
        QCOMPARE(ossV4StringToSign(request, "ap-southeast-1"),
                 entry.value(QLatin1String("stringToSign")).toString().toUtf8());
        compareSignerHeaders(request, entry);
        QCOMPARE(headerValue(request.headers, "x-oss-content-sha256"),
                 QByteArray("UNSIGNED-PAYLOAD"));
    }

    void v1_data() { addVectorRows(m_v1); }
    void v1()
    {
        QFETCH(QJsonObject, entry);
        OssRequest request = requestOf(m_v1, entry);
        signOssV1(request, credentialsOf(m_v1, entry), timeOf(m_v1));
        QCOMPARE(ossV1StringToSign(request),
                 entry.value(QLatin1String("stringToSign")).toString().toUtf8());
        compareSignerHeaders(request, entry);
    }

    //! Where one parameter's name begins with another's, the order of whole `k=v` strings is wrong.
    void parametersAreSortedByName()
    {
        QCOMPARE(ossQuery({{"a-b", "1"}, {"a", "2"}, {"b", ""}, {"B c", "x y"}}),
                 QByteArray("B%20c=x%20y&a=2&a-b=1&b"));
    }

    //! A second signing replaces the first one's headers and adds none.
    void signingAgainReplaces()
    {
        Credentials credentials;
        credentials.accessKeyId = QStringLiteral("ExampleKey");
        credentials.accessKeySecret = SecretString(QByteArray("ExampleSecret"));
        OssRequest request;
        request.method = "PUT";
        request.bucket = QStringLiteral("b");
        request.key = QStringLiteral("k");
        const QDateTime time = timeOf(m_v4);
        signOssV4(request, credentials, "cn-beijing", time);
        const HttpHeaders first = request.headers;
        signOssV4(request, credentials, "cn-beijing", time.addSecs(60));
        QCOMPARE(request.headers.size(), first.size());
        QVERIFY(request.headers != first);
        signOssV4(request, credentials, "cn-beijing", time);
        QCOMPARE(request.headers, first);
    }

private:
    QJsonObject m_v4 = vectorFile(QStringLiteral("oss4.json"));
    QJsonObject m_v1 = vectorFile(QStringLiteral("oss1.json"));
};

QTEST_GUILESS_MAIN(TestOssSigners)
#include "tst_osssigners.moc"
