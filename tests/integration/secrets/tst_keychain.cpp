// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/accountmanager.h"
#include "accounts/keychainsecretstore.h"
#include "keyring.h"
#include "secretfixtures.h"
#include "storage/database.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <qt6keychain/keychain.h>

using namespace ChatApp;
using namespace ChatApp::Test;

namespace {

const AccountId account{QStringLiteral("11111111-2222-3333-4444-555555555555")};

//! What is in the store, past our own reading.
QByteArray rawEntry(const AccountId& id)
{
    QByteArray entry;
    bool finished = false;
    auto* job = new QKeychain::ReadPasswordJob(QStringLiteral("ChatApp Uploader"));
    job->setKey(id.value);
    QObject::connect(job, &QKeychain::Job::finished, job, [&, job] {
        entry = job->binaryData();
        finished = true;
    });
    job->start();
    return QTest::qWaitFor([&finished] { return finished; }) ? entry : QByteArray("no answer");
}

} // namespace

//! KeychainSecretStore on a real gnome-keyring. Started by with-secret-service.sh.
class TestKeychain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void storedReadBackReplacedRemoved();
    void entryIsOneJsonObject();
    void foreignEntryIsMissing();
    void missingIsMissing();
    void lockedIsLockedAndNothingIsTouched();
    void managerSurvivesALockedStart();
    void profileNeverHoldsTheSecret();

private:
    KeychainSecretStore m_store;
    Keyring m_keyring;
};

void TestKeychain::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("CHATAPP_KEYRING_PASSWORD"),
             "start this with tests/support/with-secret-service.sh");
}

void TestKeychain::cleanup()
{
    if (m_keyring.isLocked())
        QVERIFY(m_keyring.unlock());
    QVERIFY(awaited(m_store.remove(account)).ok());
}

void TestKeychain::storedReadBackReplacedRemoved()
{
    QVERIFY(awaited(m_store.write(account, SecretString::copyOf("ExampleFirst"))).ok());
    QCOMPARE(awaited(m_store.read(account))->expose(), QByteArray("ExampleFirst"));
    QVERIFY(awaited(m_store.write(account, SecretString::copyOf("ExampleSecond"))).ok());
    KeychainSecretStore other;
    QCOMPARE(awaited(other.read(account))->expose(), QByteArray("ExampleSecond"));
    QCOMPARE(m_store.backendName(), QStringLiteral("Secret Service"));
    QVERIFY(awaited(m_store.remove(account)).ok());
    QCOMPARE(kindOf(awaited(m_store.read(account))), ErrorKind::SecretMissing);
}

void TestKeychain::entryIsOneJsonObject()
{
    QVERIFY(awaited(m_store.write(account, SecretString::copyOf("Example\"quoted\\"))).ok());
    QCOMPARE(rawEntry(account), QByteArray("{\"accessKeySecret\":\"Example\\\"quoted\\\\\"}"));
}

void TestKeychain::foreignEntryIsMissing()
{
    bool finished = false;
    auto* job = new QKeychain::WritePasswordJob(QStringLiteral("ChatApp Uploader"));
    job->setKey(account.value);
    job->setTextData(QStringLiteral("not what we write"));
    connect(job, &QKeychain::Job::finished, this, [&finished] { finished = true; });
    job->start();
    QTRY_VERIFY(finished);
    QCOMPARE(kindOf(awaited(m_store.read(account))), ErrorKind::SecretMissing);
}

void TestKeychain::missingIsMissing()
{
    const AccountId nobody{QStringLiteral("nobody")};
    QCOMPARE(kindOf(awaited(m_store.read(nobody))), ErrorKind::SecretMissing);
    QVERIFY(awaited(m_store.remove(nobody)).ok());
}

void TestKeychain::lockedIsLockedAndNothingIsTouched()
{
    QVERIFY(awaited(m_store.write(account, SecretString::copyOf("ExampleKept"))).ok());
    const AccountId other{QStringLiteral("other")};
    QVERIFY(m_keyring.lock());
    QVERIFY(m_keyring.isLocked());
    QCOMPARE(kindOf(awaited(m_store.read(account))), ErrorKind::SecretLocked);
    QCOMPARE(kindOf(awaited(m_store.write(account, SecretString::copyOf("ExampleNew")))),
             ErrorKind::SecretLocked);
    QCOMPARE(kindOf(awaited(m_store.write(other, SecretString::copyOf("ExampleNew")))),
             ErrorKind::SecretLocked);
    QCOMPARE(kindOf(awaited(m_store.remove(account))), ErrorKind::SecretLocked);
    // Nobody is here to answer the prompt.
    QCOMPARE(kindOf(awaited(m_store.unlock())), ErrorKind::SecretLocked);
    QVERIFY(m_keyring.isLocked());

    QVERIFY(m_keyring.unlock());
    QCOMPARE(awaited(m_store.read(account))->expose(), QByteArray("ExampleKept"));
    QCOMPARE(kindOf(awaited(m_store.read(other))), ErrorKind::SecretMissing);
    QVERIFY(awaited(m_store.unlock()).ok());
}

void TestKeychain::managerSurvivesALockedStart()
{
    const QTemporaryDir folder;
    Database database(folder.filePath(QStringLiteral("uploads.sqlite")), Database::Mode::Writer);
    QVERIFY(awaited(database.open()).ok());
    AccountId id;
    {
        AccountManager manager(database, std::make_unique<KeychainSecretStore>());
        Account work;
        work.name = QStringLiteral("Work");
        work.accessKeyId = QStringLiteral("LTAIexample");
        const auto added = awaited(manager.addAccount(work, SecretString::copyOf(exampleSecret)));
        QVERIFY(added.ok());
        QCOMPARE(added->secretState, SecretState::Stored);
        id = added->id;
    }
    QVERIFY(m_keyring.lock());
    AccountManager manager(database, std::make_unique<KeychainSecretStore>());
    QSignalSpy loaded(&manager, &AccountManager::loaded);
    manager.load();
    QVERIFY(loaded.wait());
    manager.refreshSecretStates();
    QTRY_COMPARE(manager.account(id)->secretState, SecretState::Locked);
    Account more;
    more.name = QStringLiteral("More");
    more.accessKeyId = QStringLiteral("LTAIexample");
    QCOMPARE(kindOf(awaited(manager.addAccount(more, SecretString::copyOf(exampleSecret)))),
             ErrorKind::SecretLocked);
    QCOMPARE(kindOf(awaited(manager.removeAccount(id))), ErrorKind::SecretLocked);
    QCOMPARE(manager.accounts().size(), 1);

    QVERIFY(m_keyring.unlock());
    const auto credentials = awaited(manager.credentials(id));
    QVERIFY(credentials.ok());
    QCOMPARE(credentials->accessKeySecret.expose(), exampleSecret);
    QVERIFY(awaited(manager.removeAccount(id)).ok());
    QVERIFY(rawEntry(id).isEmpty());
}

void TestKeychain::profileNeverHoldsTheSecret()
{
    const QTemporaryDir folder;
    {
        Database database(folder.filePath(QStringLiteral("uploads.sqlite")),
                          Database::Mode::Writer);
        QVERIFY(awaited(database.open()).ok());
        AccountManager manager(database, std::make_unique<KeychainSecretStore>());
        Account work;
        work.name = QStringLiteral("Work");
        work.accessKeyId = QStringLiteral("LTAIexampleSearchedFor");
        const auto added = awaited(manager.addAccount(work, SecretString::copyOf(exampleSecret)));
        QVERIFY(added.ok());
        QVERIFY(awaited(manager.updateAccount(*added, SecretString::copyOf(exampleSecret))).ok());
        QVERIFY(awaited(manager.credentials(added->id)).ok());
        QCOMPARE(filesWithTheSecret(folder.path()), QStringList()); // with -wal and -shm
        QVERIFY(rawEntry(added->id).contains(exampleSecret));
    }
    QCOMPARE(filesWithTheSecret(folder.path()), QStringList());

    // The search finds what is there: the public half of the key is.
    QFile database(folder.filePath(QStringLiteral("uploads.sqlite")));
    QVERIFY(database.open(QIODevice::ReadOnly));
    QVERIFY(database.readAll().contains("LTAIexampleSearchedFor"));
    QFile planted(folder.filePath(QStringLiteral("planted")));
    QVERIFY(planted.open(QIODevice::WriteOnly));
    planted.write("x" + exampleSecret.toHex());
    planted.close();
    QCOMPARE(filesWithTheSecret(folder.path()), QStringList{planted.fileName()});
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
