// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "enginefixture.h"

#include <QtTest/QtTest>

using namespace ChatApp;
using Op = SandboxOperation;

//! How the signing region is found, and that V1 is used only where V4 does not work. The sandbox's
//! endpoint is an address, which names no region.
class TestRegions : public QObject {
    Q_OBJECT
private:
    static int count(EngineFixture& fixture, const QString& signature);

private Q_SLOTS:
    void defaultRegion();
    void accountsRegion();
    void regionNamedByARefusal();
    void versionOneWhereNothingElseWorks();
    void rememberedOverRestarts();
};

int TestRegions::count(EngineFixture& fixture, const QString& signature)
{
    const QList<SandboxLogEntry> log = fixture.sandbox().log();
    return static_cast<int>(
        std::count_if(log.begin(), log.end(), [&](const SandboxLogEntry& entry) {
            return entry.operation == Op::PutObject && entry.signature == signature;
        }));
}

void TestRegions::defaultRegion()
{
    EngineFixture fixture;
    QCOMPARE(fixture.uploadOne(fixture.writeFile(QStringLiteral("a"), "a")).record.state,
             UploadState::Done);
    QCOMPARE(count(fixture, QStringLiteral("V4")), 1);
    QCOMPARE(count(fixture, QStringLiteral("V1")), 0);
}

void TestRegions::accountsRegion()
{
    EngineFixture::Options options;
    options.region = QStringLiteral("cn-hangzhou");
    options.sandbox.behavior.region = options.region;
    EngineFixture fixture(options);
    QCOMPARE(fixture.uploadOne(fixture.writeFile(QStringLiteral("a"), "a")).record.state,
             UploadState::Done);
    QCOMPARE(count(fixture, QStringLiteral("V4")), 1);
    QCOMPARE(count(fixture, QStringLiteral("V1")), 0);
}

void TestRegions::regionNamedByARefusal()
{
    EngineFixture::Options options;
    options.sandbox.behavior.region = QStringLiteral("eu-central-1");
    options.sandbox.behavior.nameRegionInRefusal = true;
    EngineFixture fixture(options);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(fixture.uploadOne(fixture.writeFile(QString::number(i), "a")).record.state,
                 UploadState::Done);
    }
    QCOMPARE(count(fixture, QStringLiteral("V4")), 4); // one refused, and learnt from
    QCOMPARE(count(fixture, QStringLiteral("V1")), 0);
}

void TestRegions::versionOneWhereNothingElseWorks()
{
    EngineFixture::Options options;
    options.sandbox.behavior.acceptV4 = false;
    EngineFixture fixture(options);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(fixture.uploadOne(fixture.writeFile(QString::number(i), "a")).record.state,
                 UploadState::Done);
    }
    QCOMPARE(count(fixture, QStringLiteral("V1")), 3);
    QVERIFY(count(fixture, QStringLiteral("V4")) <= 2);
}

void TestRegions::rememberedOverRestarts()
{
    EngineFixture::Options options;
    options.sandbox.behavior.region = QStringLiteral("eu-central-1");
    options.sandbox.behavior.nameRegionInRefusal = true;
    EngineFixture fixture(options);
    QCOMPARE(fixture.uploadOne(fixture.writeFile(QStringLiteral("a"), "a")).record.state,
             UploadState::Done);
    const int before = fixture.sandbox().requestCount(Op::PutObject);
    fixture.restart();
    QCOMPARE(fixture.uploadOne(fixture.writeFile(QStringLiteral("b"), "b")).record.state,
             UploadState::Done);
    QCOMPARE(fixture.sandbox().requestCount(Op::PutObject), before + 1);
}

QTEST_GUILESS_MAIN(TestRegions)
#include "tst_regions.moc"
