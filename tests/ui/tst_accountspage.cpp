// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "dialogs/accountdialog.h"
#include "dialogs/spacedialog.h"
#include "pages/accountspage.h"
#include "symbols.h"
#include "uifakes.h"
#include "widgets/statusline.h"
#include "windowdriver.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>

using namespace ChatApp;

namespace {

//! The fields of the account dialog, in their order.
enum Field { Name, KeyId, Secret, Endpoint, Region, FirstSpace };

class Stage {
public:
    explicit Stage(bool withKeychain = true) : world(withKeychain), page(world.services())
    {
        world.load();
        page.resize(900, 600);
        page.show();
        if (!QTest::qWaitForWindowExposed(&page))
            qFatal("the window was not shown");
    }

    AccountDialog* addDialog()
    {
        page.addAccount();
        return visibleChild<AccountDialog>(page);
    }
    static QLineEdit& field(const AccountDialog& dialog, Field which)
    {
        return *dialog.findChildren<QLineEdit*>().at(which);
    }
    static void type(const AccountDialog& dialog, Field which, const QString& text)
    {
        field(dialog, which).clear();
        QTest::keyClicks(&field(dialog, which), text);
    }
    static void fill(const AccountDialog& dialog)
    {
        type(dialog, Name, QStringLiteral("Brand CN"));
        type(dialog, KeyId, QStringLiteral("LTAI5tExampleKeyIdOfNobody"));
        type(dialog, Secret, QStringLiteral("ExampleSecretOfNobody"));
    }
    template <typename Parent>
    static QPushButton* button(const Parent& parent, const char* text)
    {
        return buttonStarting<QPushButton>(parent, QString::fromLatin1(text));
    }
    QString secretSentence() const { return page.findChildren<StatusLine*>().first()->text(); }

    UiWorld world;
    AccountsPage page;
};

} // namespace

//! Accounts: what may be saved, what a test says, where the secret is, what goes and what stays.
class TestAccountsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { initializeSymbols(); }

    void onlyACompleteAccountCanBeSaved()
    {
        Stage stage;
        AccountDialog* dialog = stage.addDialog();
        QVERIFY(dialog && !dialog->isModal());
        QVERIFY(!Stage::button(*dialog, "Save")->isEnabled());
        Stage::fill(*dialog);
        QVERIFY(Stage::button(*dialog, "Save")->isEnabled());
        Stage::type(*dialog, Endpoint, QStringLiteral("not a host"));
        QVERIFY(!Stage::button(*dialog, "Save")->isEnabled());
        QVERIFY(visibleChild<StatusLine>(*dialog)->text().contains(u"endpoint"));
    }

    void savingStoresAccountSecretAndSpace()
    {
        Stage stage;
        AccountDialog* dialog = stage.addDialog();
        Stage::fill(*dialog);
        Stage::type(*dialog, FirstSpace, QStringLiteral("cams-1example"));
        QCOMPARE(Stage::field(*dialog, Secret).echoMode(), QLineEdit::Password);
        Stage::button(*dialog, "Save")->click();
        QTRY_COMPARE(stage.world.accounts.accounts().size(), 1);
        const Account account = stage.world.accounts.accounts().first();
        QCOMPARE(stage.world.keychain->secrets.value(account.id), "ExampleSecretOfNobody");
        QTRY_COMPARE(stage.world.accounts.spaces(account.id).size(), 1);
        QTRY_VERIFY(!visibleChild<AccountDialog>(stage.page));
        QTRY_COMPARE(stage.secretSentence(), QStringLiteral("Stored in Secret Service"));
        QVERIFY(!stage.page.findChildren<QLabel*>().isEmpty());
        for (const QLabel* label : stage.page.findChildren<QLabel*>())
            QVERIFY(!label->text().contains(account.accessKeyId)); // shortened everywhere
    }

    void aTakenNameIsSaidAtOnce()
    {
        Stage stage;
        stage.world.addAccount(QStringLiteral("Brand CN"), {});
        AccountDialog* dialog = stage.addDialog();
        Stage::fill(*dialog);
        QVERIFY(visibleChild<StatusLine>(*dialog)->text().contains(u"already"));
        QVERIFY(!Stage::button(*dialog, "Save")->isEnabled());
    }

    void plainHttpIsRefusedInTheDialog()
    {
        Stage stage;
        AccountDialog* dialog = stage.addDialog();
        Stage::fill(*dialog);
        Stage::type(*dialog, Endpoint, QStringLiteral("http://cams.example.com"));
        Stage::button(*dialog, "Save")->click();
        QTRY_VERIFY(visibleChild<StatusLine>(*dialog)->text().contains(u"https"));
        QVERIFY(stage.world.accounts.accounts().isEmpty());
        QVERIFY(dialog->isVisible());
    }

    void withoutAKeychainTheAccountLivesForTheSession()
    {
        Stage stage(false);
        AccountDialog* dialog = stage.addDialog();
        Stage::fill(*dialog);
        Stage::button(*dialog, "Save")->click();
        QTRY_VERIFY(stage.secretSentence().contains(u"Only for this session"));
    }

    void aLockedKeychainIsLockedAndCanBeUnlocked()
    {
        Stage stage;
        AccountDialog* dialog = stage.addDialog();
        Stage::fill(*dialog);
        stage.world.keychain->failure = ErrorKind::SecretLocked;
        Stage::button(*dialog, "Save")->click();
        QTRY_VERIFY(visibleChild<StatusLine>(*dialog)->text().contains(u"locked"));
        QVERIFY(stage.world.accounts.accounts().isEmpty());
        stage.world.keychain->failure.reset();
        Stage::button(*dialog, "Save")->click();
        QTRY_COMPARE(stage.world.accounts.accounts().size(), 1);
    }

    void testingSaysWhatItFound()
    {
        Stage stage;
        AccountDialog* dialog = stage.addDialog();
        Stage::fill(*dialog);
        stage.world.testAnswer = AccountTestReport{true, QStringLiteral("media-bucket"), {}, {}};
        Stage::button(*dialog, "Test")->click();
        QTRY_VERIFY(visibleChild<StatusLine>(*dialog)->text().contains(u"media-bucket"));
        QCOMPARE(stage.world.tested.size(), 1);
        QCOMPARE(stage.world.tested.first().accessKeySecret.expose(), "ExampleSecretOfNobody");
        QVERIFY(stage.world.accounts.accounts().isEmpty()); // a test stores nothing

        stage.world.testAnswer = permissionError();
        Stage::button(*dialog, "Test")->click();
        QTRY_VERIFY(visibleChild<StatusLine>(*dialog)->text().contains(u"Ram.PermissionDeny"));
    }

    void editingKeepsTheSecret()
    {
        Stage stage;
        const Account account = stage.world.addAccount(QStringLiteral("Brand CN"), {});
        Stage::button(stage.page, "Edit")->click();
        auto* dialog = visibleChild<AccountDialog>(stage.page);
        QVERIFY(dialog);
        QVERIFY(Stage::field(*dialog, Secret).text().isEmpty());
        Stage::type(*dialog, Name, QStringLiteral("Brand MX"));
        Stage::button(*dialog, "Save")->click();
        QTRY_COMPARE(stage.world.accounts.accounts().first().name, QStringLiteral("Brand MX"));
        QCOMPARE(stage.world.keychain->secrets.value(account.id), "ExampleSecretOfNobody");
    }

    void deletingAsksAndSaysWhatStays()
    {
        Stage stage;
        stage.world.addAccount(QStringLiteral("Brand CN"), {});
        Stage::button(stage.page, "Delete")->click();
        auto* question = visibleChild<QMessageBox>(stage.page);
        QVERIFY(question);
        QVERIFY(question->informativeText().contains(u"history"));
        QCOMPARE(stage.world.accounts.accounts().size(), 1);
        Stage::button(*question, "Delete")->click();
        QTRY_VERIFY(stage.world.accounts.accounts().isEmpty());
        QVERIFY(stage.world.keychain->secrets.isEmpty());
        QTRY_VERIFY(Stage::button(stage.page, "Add your account"));
    }

    void spacesAreEnteredAndRemovedByHand()
    {
        Stage stage;
        const Account account = stage.world.addAccount(QStringLiteral("Brand CN"), {});
        Stage::button(stage.page, "Add space")->click();
        auto* dialog = visibleChild<SpaceDialog>(stage.page);
        QVERIFY(dialog);
        QVERIFY(!Stage::button(*dialog, "Save")->isEnabled());
        const QList<QLineEdit*> fields = dialog->findChildren<QLineEdit*>();
        QTest::keyClicks(fields.at(0), QStringLiteral("cams-1example"));
        QTest::keyClicks(fields.at(1), QStringLiteral("Mexico"));
        Stage::button(*dialog, "Save")->click();
        QTRY_COMPARE(stage.world.accounts.spaces(account.id).size(), 1);
        QCOMPARE(stage.world.accounts.spaces(account.id).first().name, QStringLiteral("Mexico"));
        auto* table = stage.page.findChild<QTableWidget*>();
        QTRY_COMPARE(table->rowCount(), 1);
        table->selectRow(0);
        Stage::button(stage.page, "Remove")->click();
        QTRY_VERIFY(stage.world.accounts.spaces(account.id).isEmpty());
    }
};

QTEST_MAIN(TestAccountsPage)
#include "tst_accountspage.moc"
