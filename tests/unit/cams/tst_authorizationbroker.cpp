// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cams/authorizationbroker.h"
#include "camsfixtures.h"
#include "support/fakeclock.h"

#include <QtCore/QPromise>
#include <QtTest/QTest>

using namespace ChatApp;
using namespace std::chrono_literals;

namespace {

using Answer = Result<UploadAuthorization>;

AuthorizationKey keyOf(const char* space, const char* account = "account")
{
    return {.account = {QString::fromLatin1(account)},
            .accessKeyId = QStringLiteral("ExampleKey"),
            .endpoint = QStringLiteral("cams.example.com"),
            .space = {QString::fromLatin1(space)}};
}

} // namespace

class TestAuthorizationBroker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_transport = std::make_unique<FakeTransport>();
        m_transport->respond = [](const SentRequest& sent) { return authorizationFor(sent); };
        m_clock = FakeClock();
        m_client = std::make_unique<CamsClient>(*m_transport, m_clock);
        m_broker = makeBroker([](const AuthorizationKey&) {
            return QtFuture::makeReadyFuture(Result<Credentials>(exampleCaller().credentials));
        });
    }
    void cleanup()
    {
        m_broker.reset();
        m_client.reset();
    }

    void manyAskOneCalls()
    {
        QList<QFuture<Answer>> futures;
        for (int i = 0; i < 50; ++i)
            futures.append(m_broker->acquire(keyOf("s1")));
        for (const auto& future : futures) {
            QTRY_VERIFY(future.isFinished());
            QVERIFY(future.result().ok());
            QCOMPARE(future.result()->generation, quint64(1));
            QCOMPARE(future.result()->dir, QStringLiteral("s1"));
        }
        QCOMPARE(m_transport->sent.size(), 1);
    }

    void keysAreApart()
    {
        auto one = m_broker->acquire(keyOf("s1"));
        auto two = m_broker->acquire(keyOf("s2"));
        auto otherAccount = m_broker->acquire(keyOf("s1", "other"));
        QTRY_VERIFY(one.isFinished() && two.isFinished() && otherAccount.isFinished());
        QCOMPARE(m_transport->sent.size(), 3);
        QCOMPARE(two.result()->dir, QStringLiteral("s2"));
    }

    void cachedUntilRenewal()
    {
        auto first = m_broker->acquire(keyOf("s1"));
        QTRY_VERIFY(first.isFinished());
        m_clock.advance(2879s); // of 3600: renewed at 80 %
        auto second = m_broker->acquire(keyOf("s1"));
        QTRY_VERIFY(second.isFinished());
        QCOMPARE(second.result()->generation, first.result()->generation);
        QCOMPARE(m_transport->sent.size(), 1);
        m_clock.advance(1s);
        auto third = m_broker->acquire(keyOf("s1"));
        QVERIFY(!third.isFinished());
        QTRY_VERIFY(third.isFinished());
        QCOMPARE(third.result()->generation, first.result()->generation + 1);
        QCOMPARE(m_transport->sent.size(), 2);
    }

    void manyFailuresOneRefresh()
    {
        auto first = m_broker->acquire(keyOf("s1"));
        QTRY_VERIFY(first.isFinished());
        const quint64 generation = first.result()->generation;
        QList<QFuture<Answer>> again;
        for (int i = 0; i < 4; ++i) {
            m_broker->invalidate(keyOf("s1"), generation);
            again.append(m_broker->acquire(keyOf("s1")));
        }
        for (const auto& future : again) {
            QTRY_VERIFY(future.isFinished());
            QCOMPARE(future.result()->generation, generation + 1);
        }
        // A late failure of the old one does not throw the new one away.
        m_broker->invalidate(keyOf("s1"), generation);
        auto last = m_broker->acquire(keyOf("s1"));
        QTRY_VERIFY(last.isFinished());
        QCOMPARE(last.result()->generation, generation + 1);
        QCOMPARE(m_transport->sent.size(), 2);
        m_broker->invalidate(keyOf("unknown"), 7);
    }

    //! While a refresh is under way, nobody gets the old authorization as if it were fresh.
    void nothingIsFreshBeforeTheRefreshEnded()
    {
        auto first = m_broker->acquire(keyOf("s1"));
        QTRY_VERIFY(first.isFinished());
        m_transport->respond = [](const SentRequest&) { return std::nullopt; };
        m_clock.advance(3000s);
        auto second = m_broker->acquire(keyOf("s1"));
        QTRY_COMPARE(m_transport->sent.size(), 2);
        auto third = m_broker->acquire(keyOf("s1"));
        QTest::qWait(20);
        QVERIFY(!second.isFinished());
        QVERIFY(!third.isFinished());
        QCOMPARE(m_transport->sent.size(), 2);
    }

    void failureGoesToAllAndIsNotKept()
    {
        bool failing = true;
        m_transport->respond = [&](const SentRequest& sent) {
            return failing ? camsErrorOf("Ram.PermissionDeny") : authorizationFor(sent);
        };
        auto one = m_broker->acquire(keyOf("s1"));
        auto two = m_broker->acquire(keyOf("s1"));
        QTRY_VERIFY(one.isFinished() && two.isFinished());
        QCOMPARE(one.result().error().kind, ErrorKind::PermissionDenied);
        QCOMPARE(two.result().error(), one.result().error());
        QCOMPARE(m_transport->sent.size(), 1);
        failing = false;
        auto three = m_broker->acquire(keyOf("s1"));
        QTRY_VERIFY(three.isFinished());
        QVERIFY(three.result().ok());
    }

    void missingSecretIsReportedWithoutACall()
    {
        m_broker = makeBroker([](const AuthorizationKey&) {
            Error error;
            error.kind = ErrorKind::SecretLocked;
            return QtFuture::makeReadyFuture(Result<Credentials>(error));
        });
        auto future = m_broker->acquire(keyOf("s1"));
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().error().kind, ErrorKind::SecretLocked);
        QCOMPARE(m_transport->sent.size(), 0);
    }

    void unusableEndpoint()
    {
        AuthorizationKey key = keyOf("s1");
        key.endpoint = QStringLiteral("http://cams.example.com");
        auto future = m_broker->acquire(key);
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().error().kind, ErrorKind::PlainHttpRefused);
        QCOMPARE(m_transport->sent.size(), 0);
    }

    //! The source of credentials may give up without an answer.
    void abandonedCredentials()
    {
        auto promise = std::make_unique<QPromise<Result<Credentials>>>();
        promise->start();
        m_broker = makeBroker([&](const AuthorizationKey&) { return promise->future(); });
        auto future = m_broker->acquire(keyOf("s1"));
        promise.reset();
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().error().kind, ErrorKind::Cancelled);
    }

    void delaysAreTold()
    {
        QList<AuthorizationKey> delayed;
        connect(m_broker.get(), &AuthorizationBroker::callDelayed, this,
                [&](const AuthorizationKey& key, const QDateTime& until) {
                    QVERIFY(until > m_clock.now());
                    delayed.append(key);
                });
        QList<QFuture<Answer>> futures;
        for (const char* space : {"1", "2", "3", "4", "5", "6"})
            futures.append(m_broker->acquire(keyOf(space)));
        QTRY_VERIFY(!delayed.isEmpty());
        QCOMPARE(delayed.constFirst(), keyOf("6"));
        QVERIFY(!futures.constLast().isFinished());
        // An answer that came after the clock's step would count as a call made then.
        for (const auto& first : futures.first(5))
            QTRY_VERIFY(first.isFinished());
        m_clock.advance(1050ms);
        QTRY_VERIFY(futures.constLast().isFinished());
    }

    void destructionEndsEveryWait()
    {
        m_transport->respond = [](const SentRequest&) { return std::nullopt; };
        auto one = m_broker->acquire(keyOf("s1"));
        auto two = m_broker->acquire(keyOf("s1"));
        auto three = m_broker->acquire(keyOf("s2"));
        QTRY_COMPARE(m_transport->sent.size(), 2);
        m_broker.reset();
        for (const auto& future : {one, two, three}) {
            QVERIFY(future.isFinished());
            QCOMPARE(future.result().error().kind, ErrorKind::Cancelled);
        }
        m_client.reset();
        QTest::qWait(10);
    }

private:
    std::unique_ptr<AuthorizationBroker>
    makeBroker(const AuthorizationBroker::CredentialsSource& source)
    {
        return std::make_unique<AuthorizationBroker>(*m_client, m_clock, source);
    }

    std::unique_ptr<FakeTransport> m_transport;
    FakeClock m_clock;
    std::unique_ptr<CamsClient> m_client;
    std::unique_ptr<AuthorizationBroker> m_broker;
};

QTEST_GUILESS_MAIN(TestAuthorizationBroker)
#include "tst_authorizationbroker.moc"
