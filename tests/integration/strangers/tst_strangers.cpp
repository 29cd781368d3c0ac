// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "support/sandboxclient.h"
#include "support/sandboxprocess.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QLockFile>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>
#include <QtTest/QTest>

using namespace ChatApp;
using namespace ChatApp::Test;

namespace {

const QString source = QStringLiteral(CHATAPP_STRANGERS_SOURCE);
const QString build = QStringLiteral(CHATAPP_STRANGERS_BUILD);

// Empty if the clients are there, else why they are not.
QString installClients()
{
    if (QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty()
        || QStandardPaths::findExecutable(QStringLiteral("npm")).isEmpty())
        return QStringLiteral("node or npm is not installed");
    QDir().mkpath(build);
    QLockFile lock(build + QStringLiteral("/.lock"));
    if (!lock.lock())
        return QStringLiteral("cannot lock %1").arg(build);
    const QString manifest = build + QStringLiteral("/package.json");
    const QString done = build + QStringLiteral("/.installed");
    QFile wanted(source + QStringLiteral("/package.json"));
    QFile installed(done);
    if (wanted.open(QIODevice::ReadOnly) && installed.open(QIODevice::ReadOnly)
        && wanted.readAll() == installed.readAll())
        return {};
    QFile::remove(manifest);
    QFile::copy(wanted.fileName(), manifest);
    QProcess npm;
    npm.setWorkingDirectory(build);
    npm.start(QStringLiteral("npm"),
              {QStringLiteral("install"), QStringLiteral("--no-audit"), QStringLiteral("--no-fund"),
               QStringLiteral("--ignore-scripts"), QStringLiteral("--no-package-lock"),
               QStringLiteral("--fetch-retries=1"), QStringLiteral("--fetch-timeout=60000")});
    if (!npm.waitForFinished(200'000) || npm.exitCode() != 0) {
        npm.kill();
        npm.waitForFinished();
        return QStringLiteral("npm could not install the clients: %1")
            .arg(QString::fromUtf8(npm.readAllStandardError()).left(300).simplified());
    }
    QFile::remove(done);
    QFile::copy(wanted.fileName(), done);
    return {};
}

} // namespace

//! The sandbox seen by the official clients: proof that it demands what the real services demand,
//! by code that nobody here has written.
class TestStrangers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void authorizeAndUpload();

private:
    static QJsonObject objectsByKey(const SandboxProcess& sandbox);
};

QJsonObject TestStrangers::objectsByKey(const SandboxProcess& sandbox)
{
    RawRequest request{"GET", "/objects", {{"Host", "127.0.0.1"}}, {}};
    request.set("x-sandbox-token", sandbox.value("adminToken").toUtf8());
    const quint16 port = quint16(QUrl(sandbox.value("adminUrl")).port());
    const RawAnswer answer = SandboxClient(port, {}).send(request);
    QJsonObject byKey;
    for (const auto& value :
         QJsonDocument::fromJson(answer.body).object().value(QLatin1String("objects")).toArray())
        byKey.insert(value.toObject().value(QLatin1String("key")).toString(), value);
    return byKey;
}

void TestStrangers::authorizeAndUpload()
{
    const QString missing = installClients();
    if (!missing.isEmpty())
        QSKIP(qPrintable(missing));
    SandboxProcess sandbox;
    const QString problem = sandbox.start(QStringLiteral(CHATAPP_BIN_DIR "/chatapp-sandbox"));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QTemporaryDir folder;
    QJsonObject job = sandbox.introduction();
    job.insert(QStringLiteral("space"), job.value(QLatin1String("spaces")).toArray().at(0));
    job.insert(QStringLiteral("modules"), build + QStringLiteral("/node_modules/"));
    job.insert(QStringLiteral("folder"), folder.path());

    QProcess node;
    node.start(QStringLiteral("node"), {source + QStringLiteral("/strangers.js")});
    QVERIFY(node.waitForStarted());
    node.write(QJsonDocument(job).toJson());
    node.closeWriteChannel();
    QVERIFY(node.waitForFinished(120'000));
    const QByteArray complaint = node.readAllStandardError().left(3000);
    QVERIFY2(node.exitCode() == 0, complaint.constData());

    const QJsonObject objects = objectsByKey(sandbox);
    int uploads = 0;
    bool done = false;
    for (const QByteArray& line : node.readAllStandardOutput().split('\n')) {
        const QJsonObject report = QJsonDocument::fromJson(line).object();
        done = done || report.value(QLatin1String("done")).toBool();
        const QString key = report.value(QLatin1String("key")).toString();
        if (key.isEmpty())
            continue;
        ++uploads;
        const QJsonObject object = objects.value(key).toObject();
        for (const char* member : {"size", "md5"})
            QCOMPARE(object.value(QLatin1String(member)), report.value(QLatin1String(member)));
        if (report.contains(QLatin1String("crc64")))
            QCOMPARE(object.value(QLatin1String("crc64")), report.value(QLatin1String("crc64")));
    }
    QVERIFY(done);
    // Two signature versions, two ways to name the bucket, five puts and one multipart each.
    QCOMPARE(uploads, 24);
    QCOMPARE(objects.size(), uploads);
}

QTEST_GUILESS_MAIN(TestStrangers)
#include "tst_strangers.moc"
