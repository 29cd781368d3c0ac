// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "desktop.h"
#include "dialogs/accountdialog.h"
#include "models/uploadsmodel.h"
#include "pages/historypage.h"
#include "session.h"
#include "sessionhost.h"
#include "symbols.h"
#include "widgets/practicestripe.h"
#include "widgets/statusline.h"
#include "widgets/uploadsview.h"
#include "windowdriver.h"

#include <QtCore/QDirIterator>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

using namespace ChatApp;

namespace {

constexpr int patience = 20'000;

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

//! What anybody gets behind a link.
QByteArray fetch(const QString& link)
{
    QNetworkAccessManager manager;
    const std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(QUrl(link))));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    finished.wait(patience);
    return reply->error() == QNetworkReply::NoError ? reply->readAll() : QByteArray();
}

const UploadsModel& uploadsOf(const MainWindow& window)
{
    return *qobject_cast<UploadsModel*>(window.findChild<UploadsView*>()->model());
}

QString stateOf(const MainWindow& window, int row)
{
    return uploadsOf(window).rowCount() > row
        ? uploadStateName(uploadsOf(window).at(row).record.state)
        : QString();
}

} // namespace

//! The whole job, by hand: a real window on a real engine, a sandbox over real sockets, a real
//! database and a real keyring. What is dropped arrives, and comes back as a link.
class TestWindowJob : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        initializeSymbols();
        QApplication::setQuitOnLastWindowClosed(false);
        const Result<SandboxAccess> access = m_sandbox.start();
        QVERIFY(access.ok());
        m_access = *access;
        m_options.paths = ProfilePaths::below(m_folder.filePath(QStringLiteral("profile")));
        m_picture = QStringLiteral(CHATAPP_SOURCE_DIR "/resources/sample/welcome.png");
        QVERIFY(!contentOf(m_picture).isEmpty());
    }

    void anAccountIsEnteredTestedAndStored()
    {
        Session session(m_options, m_desktop);
        MainWindow& window = openAndWait(session);
        QPushButton* add = nullptr;
        QTRY_VERIFY(
            (add = buttonStarting<QPushButton>(window, QStringLiteral("Add your account"))));
        add->click();
        auto* dialog = visibleChild<AccountDialog>(window);
        QVERIFY(dialog);
        const QList<QLineEdit*> fields = dialog->findChildren<QLineEdit*>();
        const QStringList texts{QStringLiteral("Sandbox"),
                                m_access.accessKeyId,
                                m_access.accessKeySecret,
                                m_access.endpoint,
                                {},
                                m_access.spaceId};
        for (int i = 0; i < texts.size(); ++i) {
            fields.at(i)->selectAll();
            QTest::keyClicks(fields.at(i), texts.at(i));
        }
        buttonStarting<QPushButton>(*dialog, QStringLiteral("Test"))->click();
        auto* status = visibleChild<StatusLine>(*dialog);
        QTRY_VERIFY_WITH_TIMEOUT(status->text().startsWith(QStringLiteral("Works")), patience);
        buttonStarting<QPushButton>(*dialog, QStringLiteral("Save"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(!visibleChild<AccountDialog>(window), patience);
        status = visibleChild<StatusLine>(window);
        QTRY_VERIFY2(status->text().startsWith(QStringLiteral("Stored in ")),
                     qPrintable(status->text()));
        leaveAndWait(session);
    }

    void aDroppedFileArrivesAndItsLinkIsOnTheClipboard()
    {
        // A new session: account and space come from the database, the secret from the keyring.
        Session session(m_options, m_desktop);
        MainWindow& window = openAndWait(session);
        QTest::keyClick(&window, Qt::Key_1, Qt::AltModifier);
        QTRY_VERIFY(buttonStarting<QPushButton>(window, QStringLiteral("Add files")));
        QVERIFY(drop(window, {QUrl::fromLocalFile(m_picture)}));
        QTRY_COMPARE(stateOf(window, 0), QStringLiteral("staged"));
        QVERIFY(QGuiApplication::clipboard()->text().isEmpty());

        QTest::keyClick(&window, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(window, 0), QStringLiteral("done"), patience);
        QTest::keyClick(&window, Qt::Key_1, Qt::AltModifier);
        auto* view = window.findChild<UploadsView*>();
        QVERIFY(view->hasFocus());
        view->setCurrentIndex(view->model()->index(0, 0));
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        m_link = QGuiApplication::clipboard()->text();
        QVERIFY2(m_link.startsWith(m_access.endpoint.left(17)), qPrintable(m_link));
        QVERIFY2(fetch(m_link) == contentOf(m_picture), "the link gives something else");
        leaveAndWait(session);
    }

    void historyKeepsIt()
    {
        Session session(m_options, m_desktop);
        MainWindow& window = openAndWait(session);
        QTest::keyClick(&window, Qt::Key_2, Qt::AltModifier);
        // The spaces of an account are a table too.
        auto* table = window.findChild<HistoryPage*>()->findChild<QTableView*>();
        QTRY_COMPARE(table->model()->rowCount(), 1);
        table->setFocus();
        table->selectRow(0);
        QGuiApplication::clipboard()->clear();
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), m_link);
        leaveAndWait(session);
    }

    void whatCannotBeSentIsToldOnItsRow()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("gone.txt"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("soon gone");
        file.close();
        Session session(m_options, m_desktop);
        MainWindow& window = openAndWait(session);
        QTest::keyClick(&window, Qt::Key_1, Qt::AltModifier);
        QTRY_VERIFY(buttonStarting<QPushButton>(window, QStringLiteral("Add files")));
        QVERIFY(drop(window, {QUrl::fromLocalFile(path)}));
        QTRY_COMPARE(stateOf(window, 0), QStringLiteral("staged"));
        QVERIFY(QFile::remove(path));
        QTest::keyClick(&window, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(window, 0), QStringLiteral("failed"), patience);
        QVERIFY(uploadsOf(window).at(0).record.error->kind == ErrorKind::FileMissing);
        leaveAndWait(session);
    }

    void noSecretIsInTheProfile()
    {
        int files = 0;
        QDirIterator it(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QByteArray content = contentOf(it.next());
            ++files;
            QVERIFY2(!content.contains(m_access.accessKeySecret.toUtf8()),
                     qPrintable(it.filePath()));
        }
        QVERIFY(files > 0);
    }

    void practiceTakesOverFromAFirstRun()
    {
        SessionHost host(m_desktop);
        QSignalSpy allEnded(&host, &SessionHost::allEnded);
        Session* practice = nullptr;
        connect(&host, &SessionHost::practiceOpened, this,
                [&](Session& session) { practice = &session; });
        SessionOptions fresh;
        fresh.paths = ProfilePaths::below(m_folder.filePath(QStringLiteral("fresh")));
        MainWindow& first = host.open(fresh).window();
        QPushButton* tryIt = nullptr;
        QTRY_VERIFY((tryIt = buttonStarting<QPushButton>(first, QStringLiteral("Try it here"))));
        const QPointer<MainWindow> gone(&first);
        tryIt->click();
        QVERIFY(practice);
        QTRY_VERIFY_WITH_TIMEOUT(gone.isNull(), patience);

        MainWindow& window = practice->window();
        QVERIFY(visibleChild<PracticeStripe>(window));
        QTRY_VERIFY(buttonStarting<QPushButton>(window, QStringLiteral("Add files")));
        QVERIFY(drop(window, {QUrl::fromLocalFile(m_picture)}));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(window, 0), QStringLiteral("staged"), patience);
        QTest::keyClick(&window, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(window, 0), QStringLiteral("done"), patience);
        QVERIFY(fetch(uploadsOf(window).at(0).record.url) == contentOf(m_picture));
        QCOMPARE(allEnded.size(), 0);
        window.close();
        QTRY_COMPARE_WITH_TIMEOUT(allEnded.size(), 1, patience);
    }

    void practiceStartsTheFilesItIsGiven()
    {
        SessionOptions options;
        options.practice = true;
        options.files = {m_picture};
        Session session(options, m_desktop);
        MainWindow& window = openAndWait(session);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(window, 0), QStringLiteral("done"), patience);
        QVERIFY(fetch(uploadsOf(window).at(0).record.url) == contentOf(m_picture));
        leaveAndWait(session);
    }

    void aProfileInUseIsSaidInTheWindow()
    {
        Session session(m_options, m_desktop);
        openAndWait(session);
        QTRY_VERIFY(buttonStarting<QPushButton>(session.window(), QStringLiteral("Add files")));
        Session second(m_options, m_desktop);
        MainWindow& window = openAndWait(second);
        QTRY_VERIFY_WITH_TIMEOUT(buttonStarting<QPushButton>(window, QStringLiteral("Quit")),
                                 patience);
        leaveAndWait(second);
        leaveAndWait(session);
    }

private:
    static MainWindow& openAndWait(Session& session)
    {
        session.open();
        session.window().activateWindow();
        if (!QTest::qWaitForWindowActive(&session.window()))
            qFatal("the window did not become active");
        return session.window();
    }
    static void leaveAndWait(Session& session)
    {
        QSignalSpy ended(&session, &Session::ended);
        session.leave();
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patience);
    }

    QTemporaryDir m_folder;
    EmbeddedSandbox m_sandbox;
    SandboxAccess m_access;
    SystemDesktop m_desktop;
    SessionOptions m_options;
    QString m_picture;
    QString m_link;
};

QTEST_MAIN(TestWindowJob)
#include "tst_windowjob.moc"
