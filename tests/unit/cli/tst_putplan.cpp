// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/secretstore.h"
#include "cli/putplan.h"

#include <QtCore/QDir>
#include <QtTest/QTest>

using namespace ChatApp;

namespace {

const ProfilePaths paths = ProfilePaths::below(QStringLiteral("/profile"));

QProcessEnvironment withCredentials()
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_ID"),
                       QStringLiteral("ExampleKeyId"));
    environment.insert(QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
                       QStringLiteral("ExampleSecret"));
    return environment;
}

PutOptions options()
{
    PutOptions put;
    put.space = {QStringLiteral("42")};
    put.files = {"a"};
    return put;
}

} // namespace

class TestPutPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void credentialsComeFromTheEnvironment();
    void withoutCredentialsItIsUsage();
    void anAccountNeedsNoEnvironment();
    void plainHttpOnlyOnLoopback();
    void theSandboxGivesEverything();
    void concurrency();
    void rowsNeedNoCredentials();
    void optionsOutweighTheAccount();
    void profilesAreFoundOrNamed();
};

void TestPutPlan::credentialsComeFromTheEnvironment()
{
    PutOptions put = options();
    put.common.region = QStringLiteral("eu-central-1");
    put.common.caFile = QStringLiteral("ca.pem");
    put.bytesPerSecond = 5;
    const Result<PutPlan> plan = planPut(put, paths, withCredentials(), {});
    QVERIFY(plan.ok());
    QVERIFY(plan->config.environment.has_value());
    QCOMPARE(plan->config.environment->accessKeySecret.expose(), QByteArray("ExampleSecret"));
    QCOMPARE(plan->config.transport.extraCaFile, QStringLiteral("ca.pem"));
    QCOMPARE(plan->config.bytesPerSecond, std::optional<qint64>(5));
    QCOMPARE(plan->target.accessKeyId, QStringLiteral("ExampleKeyId"));
    QCOMPARE(plan->target.endpoint, defaultCamsEndpoint);
    QCOMPARE(plan->target.region, QStringLiteral("eu-central-1"));
    QCOMPARE(plan->target.spaceId.value, QStringLiteral("42"));
    QVERIFY(plan->target.accountId.value.isEmpty());
}

void TestPutPlan::withoutCredentialsItIsUsage()
{
    const Result<PutPlan> plan = planPut(options(), paths, QProcessEnvironment(), {});
    QVERIFY(!plan.ok());
    QCOMPARE(plan.error().kind, ErrorKind::Usage);
    QVERIFY(plan.error().message.contains(QLatin1String("ALIBABA_CLOUD_ACCESS_KEY_ID")));

    QProcessEnvironment half;
    half.insert(QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_ID"), QStringLiteral("ExampleKeyId"));
    const Result<PutPlan> halfPlan = planPut(options(), paths, half, {});
    QVERIFY(!halfPlan.ok());
    QCOMPARE(halfPlan.error().kind, ErrorKind::Usage);
}

void TestPutPlan::anAccountNeedsNoEnvironment()
{
    PutOptions put = options();
    put.common.account = QStringLiteral("shop");
    const Result<PutPlan> plan = planPut(put, paths, withCredentials(), {});
    QVERIFY(plan.ok());
    QVERIFY(!plan->config.environment.has_value());
    QVERIFY(plan->target.endpoint.isEmpty());
}

void TestPutPlan::plainHttpOnlyOnLoopback()
{
    PutOptions put = options();
    put.common.endpoint = QStringLiteral("http://cams.example.com");
    const Result<PutPlan> refused = planPut(put, paths, withCredentials(), {});
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().kind, ErrorKind::PlainHttpRefused);

    put.common.endpoint = QStringLiteral("http://127.0.0.1:8080");
    QVERIFY(planPut(put, paths, withCredentials(), {}).ok());

    put.common.endpoint = QStringLiteral("not a host");
    const Result<PutPlan> nonsense = planPut(put, paths, withCredentials(), {});
    QVERIFY(!nonsense.ok());
    QCOMPARE(nonsense.error().kind, ErrorKind::Usage);
}

void TestPutPlan::theSandboxGivesEverything()
{
    const SandboxAccess access{.endpoint = QStringLiteral("http://127.0.0.1:1"),
                               .accessKeyId = QStringLiteral("SandboxKeyId"),
                               .accessKeySecret = QStringLiteral("ExampleSandboxSecret"),
                               .spaceId = QStringLiteral("practice"),
                               .spaceName = QStringLiteral("Practice space")};
    PutOptions put = options();
    put.space = {};
    put.common.sandbox = true;
    const Result<PutPlan> plan = planPut(put, paths, withCredentials(), access);
    QVERIFY(plan.ok());
    QCOMPARE(plan->target.endpoint, access.endpoint);
    QCOMPARE(plan->target.spaceId.value, access.spaceId);
    QCOMPARE(plan->target.spaceName, access.spaceName);
    // Never the user's own credentials, even if they are there.
    QCOMPARE(plan->config.environment->accessKeyId, access.accessKeyId);
    QCOMPARE(plan->config.environment->accessKeySecret.expose(), access.accessKeySecret.toUtf8());
}

void TestPutPlan::concurrency()
{
    PutOptions put = options();
    const Budgets usual;
    Result<PutPlan> plan = planPut(put, paths, withCredentials(), {});
    QVERIFY(plan.ok());
    QCOMPARE(plan->config.budgets.uploadsAtOnce, usual.uploadsAtOnce);
    QCOMPARE(plan->config.multipart.partsAtOnce, MultipartLimits{}.partsAtOnce);
    put.parallel = 3;
    put.parts = 9;
    plan = planPut(put, paths, withCredentials(), {});
    QVERIFY(plan.ok());
    QCOMPARE(plan->config.budgets.uploadsAtOnce, 3);
    QCOMPARE(plan->config.multipart.partsAtOnce, 9);
    put.enqueue = true;
    plan = planPut(put, paths, withCredentials(), {});
    QVERIFY(plan.ok());
    QCOMPARE(plan->config.budgets.uploadsAtOnce, 0);
}

void TestPutPlan::rowsNeedNoCredentials()
{
    const Result<EngineConfig> without = configForRows({}, paths, QProcessEnvironment());
    QVERIFY(without.ok());
    QVERIFY(!without->environment);
    const Result<EngineConfig> with = configForRows({}, paths, withCredentials());
    QVERIFY(with.ok());
    QCOMPARE(with->environment->accessKeyId, QStringLiteral("ExampleKeyId"));
    QProcessEnvironment half;
    half.insert(QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_ID"), QStringLiteral("ExampleKeyId"));
    const Result<EngineConfig> partial = configForRows({}, paths, half);
    QVERIFY(!partial.ok());
    QCOMPARE(partial.error().kind, ErrorKind::Usage);
}

void TestPutPlan::optionsOutweighTheAccount()
{
    Account account;
    account.id = {QStringLiteral("id")};
    account.name = QStringLiteral("shop");
    account.accessKeyId = QStringLiteral("ExampleKeyId");
    account.endpoint = QStringLiteral("cams.example.com");
    account.region = QStringLiteral("ap-southeast-1");
    Space space;
    space.id = {QStringLiteral("42")};
    space.name = QStringLiteral("Summer");

    UploadTarget bare;
    bare.spaceId = space.id;
    completeTarget(bare, account, {space});
    QCOMPARE(bare.accountId, account.id);
    QCOMPARE(bare.endpoint, account.endpoint);
    QCOMPARE(bare.region, account.region);
    QCOMPARE(bare.spaceName, space.name);

    UploadTarget given;
    given.endpoint = QStringLiteral("other.example.com");
    given.region = QStringLiteral("eu-central-1");
    completeTarget(given, account, {space});
    QCOMPARE(given.endpoint, QStringLiteral("other.example.com"));
    QCOMPARE(given.region, QStringLiteral("eu-central-1"));
    QVERIFY(given.spaceName.isEmpty());
}

void TestPutPlan::profilesAreFoundOrNamed()
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("HOME"), QStringLiteral("/home/example"));
    CommonOptions common;
    QCOMPARE(profilePaths(common, environment).data,
             QStringLiteral("/home/example/.local/share/chatapp-uploader"));
    common.profile = QStringLiteral("some/where");
    const QString absolute = QDir::currentPath() + QStringLiteral("/some/where");
    QCOMPARE(profilePaths(common, environment).data, ProfilePaths::below(absolute).data);
}

QTEST_GUILESS_MAIN(TestPutPlan)
#include "tst_putplan.moc"
