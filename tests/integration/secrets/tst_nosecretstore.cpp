// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/accountmanager.h"
#include "accounts/keychainsecretstore.h"
#include "secretfixtures.h"
#include "storage/database.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace ChatApp;
using namespace ChatApp::Test;

//! Nobody keeps secrets: a session bus without a Secret Service, or no bus at all. Started by
//! with-secret-service.sh in both ways.
class TestNoSecretStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOperationSaysSoAtOnce();
    void accountLivesForTheSession();
};

void TestNoSecretStore::everyOperationSaysSoAtOnce()
{
    const AccountId account{QStringLiteral("account")};
    KeychainSecretStore store;
    QElapsedTimer timer;
    timer.start();
    const auto unavailable = ErrorKind::SecretStoreUnavailable;
    QCOMPARE(kindOf(awaited(store.read(account))), unavailable);
    QCOMPARE(kindOf(awaited(store.write(account, SecretString::copyOf("ExampleX")))), unavailable);
    QCOMPARE(kindOf(awaited(store.remove(account))), unavailable);
    QCOMPARE(kindOf(awaited(store.unlock())), unavailable);
    // D-Bus would give up after 25 seconds.
    QVERIFY2(timer.elapsed() < 10'000, QByteArray::number(timer.elapsed()).constData());
    QCOMPARE(store.backendName(), QString());
}

void TestNoSecretStore::accountLivesForTheSession()
{
    const QTemporaryDir folder;
    Database database(folder.filePath(QStringLiteral("uploads.sqlite")), Database::Mode::Writer);
    QVERIFY(awaited(database.open()).ok());
    {
        AccountManager manager(database, std::make_unique<KeychainSecretStore>());
        Account work;
        work.name = QStringLiteral("Work");
        work.accessKeyId = QStringLiteral("LTAIexample");
        const auto added = awaited(manager.addAccount(work, SecretString::copyOf(exampleSecret)));
        QVERIFY(added.ok());
        QCOMPARE(added->secretState, SecretState::SessionOnly);
        const auto credentials = awaited(manager.credentials(added->id));
        QVERIFY(credentials.ok());
        QCOMPARE(credentials->accessKeySecret.expose(), exampleSecret);
    }
    AccountManager manager(database, std::make_unique<KeychainSecretStore>());
    QSignalSpy loaded(&manager, &AccountManager::loaded);
    manager.load();
    QVERIFY(loaded.wait());
    QVERIFY(manager.accounts().isEmpty());
    QCOMPARE(filesWithTheSecret(folder.path()), QStringList());
}

QTEST_GUILESS_MAIN(TestNoSecretStore)
#include "tst_nosecretstore.moc"
