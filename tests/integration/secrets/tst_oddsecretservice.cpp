// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/keychainsecretstore.h"
#include "secretfixtures.h"

#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusObjectPath>
#include <QtDBus/QDBusVariant>
#include <QtDBus/QDBusVirtualObject>
#include <QtTest/QTest>

using namespace ChatApp;
using namespace ChatApp::Test;

namespace {

const QString servicePath = QStringLiteral("/org/freedesktop/secrets");
const QString promptPath = QStringLiteral("/org/freedesktop/secrets/prompt/p1");
const QString accessDenied = QStringLiteral("org.freedesktop.DBus.Error.AccessDenied");

//! A Secret Service that answers as no real one can be made to, and counts what it is asked.
class OddService : public QDBusVirtualObject {
public:
    enum class Mood {
        DeniesAll,
        DeniesSessions, //!< unlocked, but lets nobody in
        NoCollection,
        LockedUntilPrompted,
        PromptIsDismissed,
    };

    void start(Mood mood)
    {
        m_mood = mood;
        m_locked = true;
        calls.clear();
    }

    QString introspect(const QString& /*path*/) const override { return {}; }

    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override
    {
        calls += message.member();
        connection.send(replyTo(message, connection));
        return true;
    }

    QStringList calls;

private:
    QDBusMessage replyTo(const QDBusMessage& message, const QDBusConnection& connection)
    {
        if (m_mood == Mood::DeniesAll)
            return message.createErrorReply(accessDenied, QStringLiteral("no"));
        if (message.member() == QLatin1String("Get")) {
            if (m_mood == Mood::NoCollection) {
                return message.createErrorReply(
                    QStringLiteral("org.freedesktop.DBus.Error.UnknownMethod"),
                    QStringLiteral("Object does not exist"));
            }
            const bool locked = m_mood != Mood::DeniesSessions && m_locked;
            return message.createReply(QVariant::fromValue(QDBusVariant(locked)));
        }
        if (message.member() == QLatin1String("ReadAlias")) {
            const QDBusObjectPath path(servicePath + QStringLiteral("/collection/login"));
            return message.createReply(QVariant::fromValue(path));
        }
        if (message.member() == QLatin1String("Unlock")) {
            return message.createReply({QVariant::fromValue(QList<QDBusObjectPath>{}),
                                        QVariant::fromValue(QDBusObjectPath(promptPath))});
        }
        if (message.member() == QLatin1String("Prompt"))
            return answerPrompt(message, connection);
        return message.createErrorReply(accessDenied, QStringLiteral("no"));
    }

    //! Completes before it replies: who listens only after the reply has missed it.
    QDBusMessage answerPrompt(const QDBusMessage& message, const QDBusConnection& connection)
    {
        const bool dismissed = m_mood == Mood::PromptIsDismissed;
        m_locked = dismissed;
        QDBusMessage completed =
            QDBusMessage::createSignal(promptPath, QStringLiteral("org.freedesktop.Secret.Prompt"),
                                       QStringLiteral("Completed"));
        completed << dismissed << QVariant::fromValue(QDBusVariant(QString()));
        connection.send(completed);
        return message.createReply();
    }

    Mood m_mood = Mood::DeniesAll;
    bool m_locked = true;
};

} // namespace

//! KeychainSecretStore on a Secret Service that refuses. Started by with-secret-service.sh.
class TestOddSecretService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void deniedOnTheBus();
    void deniedByTheService();
    void withoutACollectionNothingIsThere();
    void unlockShowsThePrompt();
    void dismissedPromptLeavesItLocked();

private:
    const AccountId m_account{QStringLiteral("account")};
    OddService m_service;
    KeychainSecretStore m_store;
};

void TestOddSecretService::initTestCase()
{
    QDBusConnection bus =
        QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("service"));
    QVERIFY2(bus.isConnected(), "start this with tests/support/with-secret-service.sh");
    QVERIFY(bus.registerVirtualObject(servicePath, &m_service, QDBusConnection::SubPath));
    QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.secrets")));
}

void TestOddSecretService::deniedOnTheBus()
{
    m_service.start(OddService::Mood::DeniesAll);
    QCOMPARE(kindOf(awaited(m_store.read(m_account))), ErrorKind::SecretDenied);
    QCOMPARE(kindOf(awaited(m_store.write(m_account, SecretString::copyOf("ExampleX")))),
             ErrorKind::SecretDenied);
    QCOMPARE(kindOf(awaited(m_store.remove(m_account))), ErrorKind::SecretDenied);
    QCOMPARE(m_service.calls.removeDuplicates(), 2); // only ever the question whether it is locked
    QCOMPARE(m_service.calls, QStringList{QStringLiteral("Get")});
}

void TestOddSecretService::deniedByTheService()
{
    m_service.start(OddService::Mood::DeniesSessions);
    QCOMPARE(kindOf(awaited(m_store.read(m_account))), ErrorKind::SecretDenied);
    QCOMPARE(kindOf(awaited(m_store.write(m_account, SecretString::copyOf("ExampleX")))),
             ErrorKind::SecretDenied);
    QVERIFY(m_service.calls.size() > 2);
}

void TestOddSecretService::withoutACollectionNothingIsThere()
{
    m_service.start(OddService::Mood::NoCollection);
    QCOMPARE(kindOf(awaited(m_store.read(m_account))), ErrorKind::SecretMissing);
    QVERIFY(awaited(m_store.remove(m_account)).ok());
}

void TestOddSecretService::unlockShowsThePrompt()
{
    m_service.start(OddService::Mood::LockedUntilPrompted);
    QCOMPARE(kindOf(awaited(m_store.read(m_account))), ErrorKind::SecretLocked);
    QVERIFY(!m_service.calls.contains(QStringLiteral("Unlock")));
    QVERIFY(awaited(m_store.unlock()).ok());
    QVERIFY(m_service.calls.contains(QStringLiteral("Prompt")));
}

void TestOddSecretService::dismissedPromptLeavesItLocked()
{
    m_service.start(OddService::Mood::PromptIsDismissed);
    QCOMPARE(kindOf(awaited(m_store.unlock())), ErrorKind::SecretLocked);
    QVERIFY(m_service.calls.contains(QStringLiteral("Prompt")));
}

QTEST_GUILESS_MAIN(TestOddSecretService)
#include "tst_oddsecretservice.moc"
