// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/accountmanager.h"
#include "scriptedsecretstore.h"
#include "storage/database.h"
#include "storage/uploadstore.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <thread>

using namespace ChatApp;
using namespace ChatApp::Test;

Q_DECLARE_METATYPE(ChatApp::ErrorKind)
Q_DECLARE_METATYPE(ChatApp::SecretState)

namespace {

template <typename T>
Result<T> awaited(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }))
        return Error{.kind = ErrorKind::Timeout};
    return future.result();
}

Account exampleAccount(const QString& name = QStringLiteral("Work"))
{
    Account account;
    account.name = name;
    account.accessKeyId = QStringLiteral("LTAIexample");
    return account;
}

SecretString exampleSecret(const char* text = "ExampleSecret1")
{
    return SecretString::copyOf(text);
}

} // namespace

class TestAccountManager : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void addedAccountIsThereAfterARestart();
    void loadingAgainListsEachAccountOnce();
    void withoutAStoreTheSessionIsAllThereIs_data();
    void withoutAStoreTheSessionIsAllThereIs();
    void refusedSecretStoresNothing_data();
    void refusedSecretStoresNothing();
    void wrongFieldsAreRefused_data();
    void wrongFieldsAreRefused();
    void fieldsAreTrimmed();
    void nameIsTakenOnce();
    void replacingTheSecretKeepsSpaces();
    void emptySecretKeepsTheStoredOne();
    void failedReplacementChangesNothing();
    void sessionAccountMovesIntoAStoreThatAppears();
    void removalTakesSecretAndSpacesAndLeavesHistory();
    void removalWhileLockedRemovesNothing();
    void secretIsReadOncePerSession();
    void callersOfOneReadShareIt();
    void failureIsNotRemembered_data();
    void failureIsNotRemembered();
    void readOvertakenByAReplacementIsNotUsed();
    void credentialsFromAnotherThread();
    void unknownAccountIsAnError();
    void missingSecretOfAnotherStoreIsExplained();
    void unlockLooksAgain();
    void refreshLooksAtUnknownOnesOnly();
    void spaces();
    void openFuturesEndWithTheManager();

private:
    void restart(bool withKeychain = true);
    Account added(const QString& name = QStringLiteral("Work"))
    {
        const auto result = awaited(m_manager->addAccount(exampleAccount(name), exampleSecret()));
        return result ? *result : Account();
    }
    SecretState stateOf(const AccountId& id) const { return m_manager->account(id)->secretState; }
    QByteArray secretFor(const AccountId& id)
    {
        const auto credentials = awaited(m_manager->credentials(id));
        return credentials ? credentials->accessKeySecret.expose().toBase64() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
    ScriptedSecretStore::Memory m_memory;
    std::unique_ptr<AccountManager> m_manager;
};

void TestAccountManager::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_memory = {};
    restart();
}

void TestAccountManager::cleanup()
{
    m_manager.reset();
    m_database.reset();
}

void TestAccountManager::restart(bool withKeychain)
{
    cleanup();
    m_database = std::make_unique<Database>(m_folder->filePath(QStringLiteral("uploads.sqlite")),
                                            Database::Mode::Writer);
    QVERIFY(awaited(m_database->open()).ok());
    m_manager = std::make_unique<AccountManager>(
        *m_database, withKeychain ? std::make_unique<ScriptedSecretStore>(m_memory) : nullptr);
    QSignalSpy loaded(m_manager.get(), &AccountManager::loaded);
    m_manager->load();
    QVERIFY(loaded.wait());
}

void TestAccountManager::addedAccountIsThereAfterARestart()
{
    QSignalSpy changed(m_manager.get(), &AccountManager::accountsChanged);
    Account account = added();
    QVERIFY(!account.id.value.isEmpty());
    QCOMPARE(account.secretState, SecretState::Stored);
    QCOMPARE(account.secretBackend, m_memory.backend);
    QCOMPARE(changed.count(), 1);
    QVERIFY(m_manager->accounts() == QList<Account>{account});
    QCOMPARE(m_memory.secrets.value(account.id), QByteArray("ExampleSecret1"));

    restart();
    account.secretState = SecretState::Unknown;
    account.createdAt = m_manager->accounts().value(0).createdAt;
    QVERIFY(m_manager->accounts() == QList<Account>{account});
    QVERIFY(m_manager->accountByName(QStringLiteral("Work")) == account);
    QVERIFY(!m_manager->accountByName(QStringLiteral("work")));
    QCOMPARE(m_memory.reads, 0);
}

void TestAccountManager::loadingAgainListsEachAccountOnce()
{
    const Account before = added();
    restart();
    QSignalSpy loaded(m_manager.get(), &AccountManager::loaded);
    m_manager->load();
    QVERIFY(loaded.wait());
    QCOMPARE(m_manager->accounts().size(), 1);
    QCOMPARE(m_manager->accounts().constFirst().id, before.id);
}

void TestAccountManager::withoutAStoreTheSessionIsAllThereIs_data()
{
    QTest::addColumn<bool>("withKeychain");
    QTest::newRow("no store answers") << true;
    QTest::newRow("no keychain given") << false;
}

void TestAccountManager::withoutAStoreTheSessionIsAllThereIs()
{
    QFETCH(bool, withKeychain);
    restart(withKeychain);
    m_memory.failure = ErrorKind::SecretStoreUnavailable;
    const Account account = added();
    QCOMPARE(account.secretState, SecretState::SessionOnly);
    QCOMPARE(account.secretBackend, QString());
    QVERIFY(awaited(m_manager->saveSpace({account.id, {QStringLiteral("s")}, {}, {}})).ok());
    QCOMPARE(m_manager->spaces(account.id).size(), 1);
    QCOMPARE(secretFor(account.id), QByteArray("ExampleSecret1").toBase64());
    QCOMPARE(stateOf(account.id), SecretState::SessionOnly);
    restart();
    QVERIFY(m_manager->accounts().isEmpty());
}

void TestAccountManager::refusedSecretStoresNothing_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("locked") << ErrorKind::SecretLocked;
    QTest::newRow("denied") << ErrorKind::SecretDenied;
    QTest::newRow("not read back") << ErrorKind::SecretMissing;
}

void TestAccountManager::refusedSecretStoresNothing()
{
    QFETCH(ErrorKind, kind);
    if (kind == ErrorKind::SecretMissing)
        m_memory.forgetsWrites = true;
    else
        m_memory.failure = kind;
    const auto result = awaited(m_manager->addAccount(exampleAccount(), exampleSecret()));
    QVERIFY(!result.ok());
    QCOMPARE(result.error().kind, kind);
    QVERIFY(m_manager->accounts().isEmpty());
    QVERIFY(m_memory.secrets.isEmpty());
    restart();
    QVERIFY(m_manager->accounts().isEmpty());
}

void TestAccountManager::wrongFieldsAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("keyId");
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<ErrorKind>("kind");
    const QString name = QStringLiteral("n");
    const QString key = QStringLiteral("k");
    const QByteArray secret("ExampleSecret1");
    const auto usage = ErrorKind::Usage;
    QTest::newRow("no name") << QStringLiteral("  ") << key << defaultCamsEndpoint << secret
                             << usage;
    QTest::newRow("no key") << name << QString() << defaultCamsEndpoint << secret << usage;
    QTest::newRow("key with a space")
        << name << QStringLiteral("a b") << defaultCamsEndpoint << secret << usage;
    QTest::newRow("key with an umlaut")
        << name << QString(QChar(0xE4)) << defaultCamsEndpoint << secret << usage;
    QTest::newRow("no endpoint") << name << key << QString() << secret << usage;
    QTest::newRow("endpoint with a path")
        << name << key << QStringLiteral("https://cams.example/path") << secret << usage;
    QTest::newRow("plain http") << name << key << QStringLiteral("http://cams.example") << secret
                                << ErrorKind::PlainHttpRefused;
    QTest::newRow("no secret") << name << key << defaultCamsEndpoint << QByteArray() << usage;
    QTest::newRow("secret of two lines")
        << name << key << defaultCamsEndpoint << QByteArray("Example\nSecret") << usage;
}

void TestAccountManager::wrongFieldsAreRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, keyId);
    QFETCH(QString, endpoint);
    QFETCH(QByteArray, secret);
    QFETCH(ErrorKind, kind);
    Account account = exampleAccount(name);
    account.accessKeyId = keyId;
    account.endpoint = endpoint;
    const auto result = awaited(m_manager->addAccount(account, SecretString::copyOf(secret)));
    QVERIFY(!result.ok());
    QCOMPARE(result.error().kind, kind);
    QVERIFY(!result.error().message.contains(QStringLiteral("Example")));
    QVERIFY(m_manager->accounts().isEmpty());
    QCOMPARE(m_memory.writes, 0);
}

void TestAccountManager::fieldsAreTrimmed()
{
    Account account = exampleAccount(QStringLiteral(" Work\n"));
    account.endpoint = QStringLiteral(" http://127.0.0.1:8080 ");
    const auto result = awaited(m_manager->addAccount(account, exampleSecret()));
    QVERIFY(result.ok());
    QCOMPARE(result->name, QStringLiteral("Work"));
    QCOMPARE(result->endpoint, QStringLiteral("http://127.0.0.1:8080"));
}

void TestAccountManager::nameIsTakenOnce()
{
    const Account first = added();
    auto again = awaited(m_manager->addAccount(exampleAccount(), exampleSecret()));
    QCOMPARE(again.error().kind, ErrorKind::Usage);
    Account other = added(QStringLiteral("Other"));
    other.name = first.name;
    QCOMPARE(awaited(m_manager->updateAccount(other, {})).error().kind, ErrorKind::Usage);
    QVERIFY(awaited(m_manager->updateAccount(first, {})).ok());

    // Two at once: the second finds the name taken only after its secret was written.
    const auto one = m_manager->addAccount(exampleAccount(QStringLiteral("Twin")), exampleSecret());
    const auto two = m_manager->addAccount(exampleAccount(QStringLiteral("Twin")), exampleSecret());
    QVERIFY(awaited(one).ok());
    QVERIFY(!awaited(two).ok());
    QTRY_COMPARE(m_memory.secrets.size(), 3);
    restart();
    QCOMPARE(m_manager->accounts().size(), 3);
}

void TestAccountManager::replacingTheSecretKeepsSpaces()
{
    Account account = added();
    QVERIFY(awaited(m_manager->saveSpace({account.id, {QStringLiteral("s")}, {}, {}})).ok());
    QCOMPARE(secretFor(account.id), QByteArray("ExampleSecret1").toBase64());
    account.accessKeyId = QStringLiteral("LTAIother");
    QVERIFY(awaited(m_manager->updateAccount(account, exampleSecret("ExampleSecret2"))).ok());
    const auto credentials = awaited(m_manager->credentials(account.id));
    QCOMPARE(credentials->accessKeyId, account.accessKeyId);
    QCOMPARE(credentials->accessKeySecret.expose(), QByteArray("ExampleSecret2"));
    restart();
    QCOMPARE(secretFor(account.id), QByteArray("ExampleSecret2").toBase64());
    QCOMPARE(m_manager->account(account.id)->accessKeyId, account.accessKeyId);
    QCOMPARE(m_manager->spaces(account.id).size(), 1);
}

void TestAccountManager::emptySecretKeepsTheStoredOne()
{
    Account account = added();
    account.name = QStringLiteral("Renamed");
    account.region = QStringLiteral("eu-central-1");
    const auto updated = awaited(m_manager->updateAccount(account, {}));
    QVERIFY(updated.ok());
    QVERIFY(*updated == account);
    QCOMPARE(m_memory.writes, 1);
    restart();
    QCOMPARE(m_manager->account(account.id)->name, account.name);
    QCOMPARE(m_manager->account(account.id)->region, account.region);
    QCOMPARE(secretFor(account.id), QByteArray("ExampleSecret1").toBase64());
}

void TestAccountManager::failedReplacementChangesNothing()
{
    const Account account = added();
    Account changed = account;
    changed.name = QStringLiteral("Renamed");
    m_memory.failure = ErrorKind::SecretLocked;
    const auto updated = awaited(m_manager->updateAccount(changed, exampleSecret("Other")));
    QCOMPARE(updated.error().kind, ErrorKind::SecretLocked);
    QVERIFY(m_manager->account(account.id) == account);
    QCOMPARE(secretFor(account.id), QByteArray("ExampleSecret1").toBase64());
}

void TestAccountManager::sessionAccountMovesIntoAStoreThatAppears()
{
    m_memory.failure = ErrorKind::SecretStoreUnavailable;
    const Account account = added();
    QVERIFY(awaited(m_manager->saveSpace({account.id, {QStringLiteral("s")}, {}, {}})).ok());
    m_memory.failure.reset();
    const auto updated = awaited(m_manager->updateAccount(account, exampleSecret()));
    QVERIFY(updated.ok());
    QCOMPARE(updated->secretState, SecretState::Stored);
    restart();
    QCOMPARE(m_manager->accounts().size(), 1);
    QCOMPARE(m_manager->spaces(account.id).size(), 1);
    QCOMPARE(secretFor(account.id), QByteArray("ExampleSecret1").toBase64());
}

void TestAccountManager::removalTakesSecretAndSpacesAndLeavesHistory()
{
    const Account account = added();
    const Account other = added(QStringLiteral("Other"));
    QVERIFY(awaited(m_manager->saveSpace({account.id, {QStringLiteral("s")}, {}, {}})).ok());
    UploadStore uploads(*m_database);
    UploadRecord record;
    record.state = UploadState::Done;
    record.path = QStringLiteral("/x");
    record.target.accountId = account.id;
    record.createdAt = record.endedAt = QDateTime::currentDateTimeUtc();
    QVERIFY(awaited(uploads.insert({record})).ok());

    QVERIFY(awaited(m_manager->removeAccount(account.id)).ok());
    QVERIFY(!m_memory.secrets.contains(account.id));
    QVERIFY(m_memory.secrets.contains(other.id));
    QVERIFY(!m_manager->account(account.id));
    QCOMPARE(awaited(m_manager->credentials(account.id)).error().kind, ErrorKind::AccountUnknown);
    restart();
    QVERIFY(!m_manager->account(account.id));
    QVERIFY(m_manager->spaces(account.id).isEmpty());
    QVERIFY(m_manager->account(other.id));
    QCOMPARE(awaited(UploadStore(*m_database).history({})).value().size(), 1);
}

void TestAccountManager::removalWhileLockedRemovesNothing()
{
    const Account account = added();
    m_memory.failure = ErrorKind::SecretLocked;
    QCOMPARE(awaited(m_manager->removeAccount(account.id)).error().kind, ErrorKind::SecretLocked);
    QVERIFY(m_manager->account(account.id));
    QVERIFY(m_memory.secrets.contains(account.id));
    m_memory.failure = ErrorKind::SecretStoreUnavailable;
    QVERIFY(awaited(m_manager->removeAccount(account.id)).ok());
    QVERIFY(!m_manager->account(account.id));
}

void TestAccountManager::secretIsReadOncePerSession()
{
    const Account account = added();
    restart();
    QCOMPARE(secretFor(account.id), QByteArray("ExampleSecret1").toBase64());
    QCOMPARE(stateOf(account.id), SecretState::Stored);
    m_memory.failure = ErrorKind::SecretLocked;
    QCOMPARE(secretFor(account.id), QByteArray("ExampleSecret1").toBase64());
    QCOMPARE(m_memory.reads, 1);
}

void TestAccountManager::callersOfOneReadShareIt()
{
    const Account account = added();
    restart();
    m_memory.holdReads = true;
    const auto first = m_manager->credentials(account.id);
    const auto second = m_manager->credentials(account.id);
    QTRY_COMPARE(m_memory.held.size(), 1);
    m_memory.releaseReads();
    QVERIFY(awaited(first).ok());
    QVERIFY(awaited(second).ok());
    QCOMPARE(m_memory.reads, 1);
}

void TestAccountManager::failureIsNotRemembered_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<SecretState>("state");
    QTest::newRow("locked") << ErrorKind::SecretLocked << SecretState::Locked;
    QTest::newRow("missing") << ErrorKind::SecretMissing << SecretState::Missing;
    QTest::newRow("denied") << ErrorKind::SecretDenied << SecretState::Denied;
    QTest::newRow("no store") << ErrorKind::SecretStoreUnavailable << SecretState::NoStore;
}

void TestAccountManager::failureIsNotRemembered()
{
    QFETCH(ErrorKind, kind);
    QFETCH(SecretState, state);
    const Account account = added();
    restart();
    QSignalSpy changed(m_manager.get(), &AccountManager::accountsChanged);
    m_memory.failure = kind;
    QCOMPARE(awaited(m_manager->credentials(account.id)).error().kind, kind);
    QCOMPARE(stateOf(account.id), state);
    QCOMPARE(changed.count(), 1);
    m_memory.failure.reset();
    QVERIFY(awaited(m_manager->credentials(account.id)).ok());
    QCOMPARE(stateOf(account.id), SecretState::Stored);
    QCOMPARE(changed.count(), 2);
}

void TestAccountManager::readOvertakenByAReplacementIsNotUsed()
{
    const Account account = added();
    restart();
    m_memory.holdReads = true;
    const auto early = m_manager->credentials(account.id);
    QTRY_COMPARE(m_memory.held.size(), 1);
    const auto held = std::exchange(m_memory.held, {});
    QVERIFY(awaited(m_manager->updateAccount(account, exampleSecret("ExampleSecret2"))).ok());
    m_memory.holdReads = false;
    held.first().second.give(exampleSecret("ExampleSecret1"));
    QCOMPARE(awaited(early)->accessKeySecret.expose(), QByteArray("ExampleSecret2"));
    QCOMPARE(secretFor(account.id), QByteArray("ExampleSecret2").toBase64());
}

void TestAccountManager::credentialsFromAnotherThread()
{
    const Account account = added();
    restart();
    QFuture<Result<Credentials>> future;
    std::thread other([&] { future = m_manager->credentials(account.id); });
    other.join();
    QCOMPARE(awaited(future)->accessKeySecret.expose(), QByteArray("ExampleSecret1"));
}

void TestAccountManager::unknownAccountIsAnError()
{
    Account stranger = exampleAccount();
    stranger.id = {QStringLiteral("stranger")};
    const auto unknown = ErrorKind::AccountUnknown;
    QCOMPARE(awaited(m_manager->credentials(stranger.id)).error().kind, unknown);
    QCOMPARE(awaited(m_manager->credentials({})).error().kind, unknown);
    QCOMPARE(awaited(m_manager->updateAccount(stranger, {})).error().kind, unknown);
    QCOMPARE(awaited(m_manager->removeAccount(stranger.id)).error().kind, unknown);
    const Space space{stranger.id, {QStringLiteral("s")}, {}, {}};
    QCOMPARE(awaited(m_manager->saveSpace(space)).error().kind, unknown);
}

void TestAccountManager::missingSecretOfAnotherStoreIsExplained()
{
    const Account account = added();
    m_memory.secrets.clear();
    m_memory.backend = QStringLiteral("Other Store");
    restart();
    const auto missing = awaited(m_manager->credentials(account.id));
    QCOMPARE(missing.error().kind, ErrorKind::SecretMissing);
    QVERIFY(missing.error().message.contains(QStringLiteral("Test Store")));
    QVERIFY(missing.error().message.contains(QStringLiteral("Other Store")));
    QCOMPARE(m_manager->account(account.id)->secretBackend, QStringLiteral("Test Store"));

    m_memory.secrets.insert(account.id, QByteArray("ExampleSecret1"));
    QVERIFY(awaited(m_manager->credentials(account.id)).ok());
    restart();
    QCOMPARE(m_manager->account(account.id)->secretBackend, QStringLiteral("Other Store"));
}

void TestAccountManager::unlockLooksAgain()
{
    const Account account = added();
    restart();
    m_memory.failure = ErrorKind::SecretLocked;
    m_manager->refreshSecretStates();
    QTRY_COMPARE(stateOf(account.id), SecretState::Locked);
    QVERIFY(awaited(m_manager->unlockSecretStore()).ok());
    QCOMPARE(m_memory.unlocks, 1);
    QTRY_COMPARE(stateOf(account.id), SecretState::Stored);
    restart(false);
    QCOMPARE(awaited(m_manager->unlockSecretStore()).error().kind,
             ErrorKind::SecretStoreUnavailable);
}

void TestAccountManager::refreshLooksAtUnknownOnesOnly()
{
    added();
    restart();
    const Account fresh = added(QStringLiteral("Fresh"));
    m_manager->refreshSecretStates();
    QTRY_COMPARE(stateOf(m_manager->accountByName(QStringLiteral("Work"))->id),
                 SecretState::Stored);
    QCOMPARE(m_memory.reads, 1);
    m_manager->refreshSecretStates();
    QCOMPARE(secretFor(fresh.id), QByteArray("ExampleSecret1").toBase64());
    QCOMPARE(m_memory.reads, 1);
}

void TestAccountManager::spaces()
{
    const Account account = added();
    QSignalSpy changed(m_manager.get(), &AccountManager::spacesChanged);
    const auto save = [&](const char* id, const char* name) {
        return awaited(m_manager->saveSpace(
            {account.id, {QString::fromLatin1(id)}, QString::fromLatin1(name), {}}));
    };
    const auto ids = [&] {
        QStringList found;
        const QList<Space> spaces = m_manager->spaces(account.id);
        for (const Space& space : spaces)
            found += space.id.value;
        return found.join(QLatin1Char(' '));
    };
    QCOMPARE(save("  ", "x").error().kind, ErrorKind::Usage);
    QCOMPARE(save("a b", "x").error().kind, ErrorKind::Usage);
    QVERIFY(save("one", "B").ok());
    QVERIFY(save(" two ", "A").ok());
    QVERIFY(save("three", "C").ok());
    QCOMPARE(ids(), QStringLiteral("two one three"));
    QCOMPARE(changed.count(), 3);
    QVERIFY(save("one", "Z").ok());
    QCOMPARE(ids(), QStringLiteral("two three one"));
    m_manager->markSpaceUsed(account.id, {QStringLiteral("one")});
    QTRY_COMPARE(ids(), QStringLiteral("one two three"));
    QVERIFY(awaited(m_manager->removeSpace(account.id, {QStringLiteral("two")})).ok());
    QCOMPARE(ids(), QStringLiteral("one three"));
    restart();
    QCOMPARE(ids(), QStringLiteral("one three"));
    QVERIFY(m_manager->spaces(account.id).first().lastUsedAt.isValid());
}

void TestAccountManager::openFuturesEndWithTheManager()
{
    const Account account = added();
    restart();
    m_memory.holdReads = true;
    const auto credentials = m_manager->credentials(account.id);
    QTRY_COMPARE(m_memory.held.size(), 1);
    const auto addition =
        m_manager->addAccount(exampleAccount(QStringLiteral("X")), exampleSecret());
    m_manager.reset();
    QCOMPARE(awaited(credentials).error().kind, ErrorKind::Cancelled);
    QCOMPARE(awaited(addition).error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestAccountManager)
#include "tst_accountmanager.moc"
