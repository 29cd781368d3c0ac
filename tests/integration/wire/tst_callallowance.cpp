// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cams/authorizationbroker.h"
#include "cams/camsclient.h"
#include "net/qnamtransport.h"
#include "support/sandboxfixture.h"

#include <QtTest/QTest>

using namespace ChatApp;

//! The service counts arrivals: 200 spaces that start together never make six calls in a second.
class TestCallAllowance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoHundredSpacesStartTogether()
    {
        constexpr int spaces = 200;
        SandboxAccount account{.accessKeyId = QStringLiteral("ExampleKey"),
                               .accessKeySecret = QStringLiteral("ExampleSecret"),
                               .securityToken = {},
                               .spaces = {}};
        for (int i = 0; i < spaces; ++i)
            account.spaces.append(QStringLiteral("space-%1").arg(i));
        SandboxConfig config;
        config.accounts = {account};
        Test::SandboxFixture sandbox(Test::SandboxFixture::Transport::Http, config);
        QVERIFY2(sandbox.problem().isEmpty(), qPrintable(sandbox.problem()));

        TransportConfig direct;
        direct.proxyMode = TransportConfig::ProxyMode::None;
        auto transport = QnamTransport::create(direct).value();
        const SystemClock clock;
        CamsClient client(*transport, clock);
        AuthorizationBroker broker(client, clock, [](const AuthorizationKey&) {
            Credentials credentials;
            credentials.accessKeyId = QStringLiteral("ExampleKey");
            credentials.accessKeySecret = SecretString(QByteArray("ExampleSecret"));
            return QtFuture::makeReadyFuture(Result<Credentials>(credentials));
        });

        QList<QFuture<Result<UploadAuthorization>>> futures;
        for (const QString& space : account.spaces) {
            const AuthorizationKey key{.account = {QStringLiteral("a")},
                                       .accessKeyId = QStringLiteral("ExampleKey"),
                                       .endpoint = sandbox.endpoint(),
                                       .space = {space}};
            futures.append(broker.acquire(key));
            futures.append(broker.acquire(key)); // waits for the same call
        }
        QTRY_VERIFY_WITH_TIMEOUT(
            std::all_of(futures.begin(), futures.end(), [](auto& one) { return one.isFinished(); }),
            90'000);
        for (const auto& future : futures) {
            const auto result = future.result();
            QVERIFY2(result.ok(), result ? "" : qPrintable(describeError(result.error())));
        }
        const SandboxStats stats = sandbox.server().stats();
        QCOMPARE(stats.requests.value(SandboxOperation::GetChatappUploadAuthorization), spaces);
        QCOMPARE(stats.refused.value(SandboxOperation::GetChatappUploadAuthorization), 0);
        const int peak = stats.peakAuthorizations.value(QStringLiteral("ExampleKey"));
        QVERIFY2(peak <= 5, qPrintable(QString::number(peak)));
        QVERIFY(peak > 0);
    }
};

QTEST_GUILESS_MAIN(TestCallAllowance)
#include "tst_callallowance.moc"
