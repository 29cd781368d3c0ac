// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "enginefixture.h"

#include <QtTest/QtTest>

using namespace ChatApp;
using Op = SandboxOperation;

//! What is owed to the service, counted at the server.
class TestLimits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void authorizationCallsPerSecond();
    void oneCallForManyUploads();
    void connectionsWithinTheBudget();
};

void TestLimits::authorizationCallsPerSecond()
{
    EngineFixture::Options options;
    SandboxAccount account{.accessKeyId = QStringLiteral("SANDBOXexampleid"),
                           .accessKeySecret = QStringLiteral("ExampleSecretOfTheSandbox"),
                           .securityToken = {},
                           .spaces = {}};
    constexpr int spaces = 24;
    for (int i = 0; i < spaces; ++i)
        account.spaces.append(QStringLiteral("space-%1").arg(i));
    options.sandbox.accounts = {account};
    EngineFixture fixture(options);
    QList<StageRequest> requests;
    for (int i = 0; i < spaces; ++i) {
        requests.append(
            {.path = fixture.writeFile(QStringLiteral("%1.txt").arg(i), QByteArray::number(i)),
             .target = fixture.target(account.spaces.at(i))});
    }
    const auto staged = fixture.engine().uploads().stage(requests);
    QTRY_VERIFY(staged.isFinished());
    const QList<UploadId> ids = staged.result().value();
    fixture.engine().uploads().start(ids);
    QVERIFY(fixture.waitEnded(ids, 30'000));
    for (const UploadId& id : ids)
        QCOMPARE(fixture.snapshot(id).record.state, UploadState::Done);
    const SandboxStats stats = fixture.sandbox().stats();
    QCOMPARE(stats.requests.value(Op::GetChatappUploadAuthorization), spaces);
    QCOMPARE(stats.refused.value(Op::GetChatappUploadAuthorization), 0);
    QCOMPARE(stats.peakAuthorizations.value(account.accessKeyId), 5);
}

void TestLimits::oneCallForManyUploads()
{
    EngineFixture fixture;
    SandboxFault late{.type = SandboxFault::Type::Slow};
    late.delay = std::chrono::milliseconds{300};
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(Op::GetChatappUploadAuthorization, late)}));
    QStringList paths;
    for (int i = 0; i < 12; ++i)
        paths.append(fixture.writeFile(QString::number(i), "abc"));
    QVERIFY(fixture.waitEnded(fixture.upload(paths)));
    QCOMPARE(fixture.sandbox().requestCount(Op::GetChatappUploadAuthorization), 1);
    QCOMPARE(fixture.sandbox().objects().size(), 12);
}

void TestLimits::connectionsWithinTheBudget()
{
    EngineFixture fixture;
    SandboxFault late{.type = SandboxFault::Type::Slow};
    late.delay = std::chrono::milliseconds{100};
    fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({SandboxFaultRule::always(Op::PutObject, late)}));
    QStringList paths;
    for (int i = 0; i < 30; ++i)
        paths.append(fixture.writeFile(QString::number(i), "abc"));
    QVERIFY(fixture.waitEnded(fixture.upload(paths)));
    const SandboxStats stats = fixture.sandbox().stats();
    QVERIFY(stats.peakConcurrentRequests <= 6);
    QVERIFY(stats.peakConcurrentRequests >= 2);
    QVERIFY(stats.peakConnections <= 6);
}

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"
