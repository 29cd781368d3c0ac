// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "errortexts.h"
#include "symbols.h"
#include "translations.h"
#include "uifakes.h"
#include "widgets/dropoverlay.h"
#include "widgets/errorpanel.h"
#include "widgets/noticebar.h"
#include "widgets/practicestripe.h"
#include "widgets/spacepicker.h"
#include "widgets/spacepopup.h"
#include "widgets/statuspane.h"
#include "widgets/summarybar.h"
#include "widgets/uploadsview.h"
#include "windowdriver.h"

#include <QtCore/QSettings>
#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>

using namespace ChatApp;

namespace {

QUrl localFile(const QString& name)
{
    return QUrl::fromLocalFile(QStringLiteral("/home/user/") + name);
}

//! A window on fakes, shown and active, with an account of two spaces unless told otherwise.
class Stage {
public:
    enum class Accounts { None, One };

    explicit Stage(Accounts accounts = Accounts::One,
                   MainWindow::Mode mode = MainWindow::Mode::Real)
        : window(world.services(), mode)
    {
        world.load();
        if (accounts == Accounts::One) {
            world.addAccount(QStringLiteral("Brand CN"),
                             {makeSpace(QStringLiteral("cams-1example"), QStringLiteral("Mexico")),
                              makeSpace(QStringLiteral("cams-2example"), QStringLiteral("Lima"))});
        }
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("the window did not become active");
        window.engineStarted();
    }

    UploadsView& view() const { return *window.findChild<UploadsView*>(); }
    SpacePicker& picker() const { return *window.findChild<SpacePicker*>(); }
    QString notice() const
    {
        const auto* bar = visibleChild<NoticeBar>(window);
        return bar != nullptr ? bar->text() : QString();
    }
    void select(const QList<int>& rows) const
    {
        view().selectionModel()->clear();
        for (const int row : rows)
            view().selectionModel()->select(view().model()->index(row, 0),
                                            QItemSelectionModel::Select);
        view().selectionModel()->setCurrentIndex(view().model()->index(rows.last(), 0),
                                                 QItemSelectionModel::NoUpdate);
        view().setFocus();
    }

    UiWorld world;
    MainWindow window;
};

} // namespace

//! The window as a person uses it, on fakes: what is dropped, pressed and read.
class TestWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        initializeSymbols();
        m_english = std::make_unique<Translations>(QLocale(QLocale::English));
    }

    void firstRunOffersTwoWaysOn()
    {
        Stage stage(Stage::Accounts::None);
        QPushButton* practice = nullptr;
        QTRY_VERIFY(
            (practice = buttonStarting<QPushButton>(stage.window, QStringLiteral("Try it here"))));
        QVERIFY(buttonStarting<QPushButton>(stage.window, QStringLiteral("Add your account")));
        QSignalSpy wanted(&stage.window, &MainWindow::practiceRequested);
        practice->click();
        QCOMPARE(wanted.size(), 1);
        QVERIFY(visibleChild<PracticeStripe>(stage.window) == nullptr);
    }

    void droppedFilesAreStagedForTheChosenSpace()
    {
        Stage stage;
        QVERIFY(drop(stage.window,
                     {localFile(QStringLiteral("a.png")), localFile(QStringLiteral("b c.mp4"))}));
        QCOMPARE(stage.world.uploads.staged.size(), 2);
        QCOMPARE(stage.world.uploads.staged.at(1).path, QStringLiteral("/home/user/b c.mp4"));
        QCOMPARE(stage.world.uploads.staged.at(0).target.accountName, QStringLiteral("Brand CN"));
        QCOMPARE(stage.world.uploads.staged.at(0).target.spaceId,
                 stage.picker().choice()->space.id);
        QCOMPARE(stage.view().model()->rowCount(), 2);
        QVERIFY(stage.world.uploads.started.isEmpty());
        QVERIFY(buttonStarting<QPushButton>(stage.window, QStringLiteral("Start 2"))->isEnabled());
    }

    void draggingSaysWhereFilesWouldGo()
    {
        Stage stage;
        QMimeData dragged;
        dragged.setUrls({localFile(QStringLiteral("a.png")), localFile(QStringLiteral("b.png"))});
        QVERIFY(dragOver(stage.window, dragged));
        auto* overlay = visibleChild<DropOverlay>(stage.window);
        QVERIFY(overlay);
        const QString space = stage.picker().choice()->space.name;
        QCOMPARE(overlay->title(), QStringLiteral("Upload 2 files to %1").arg(space));
        QVERIFY(overlay->sentence().contains(u"nothing is sent before Start"));
        QDragLeaveEvent leave;
        QApplication::sendEvent(&stage.window, &leave);
        QVERIFY(!overlay->isVisible());
        QVERIFY(stage.world.uploads.staged.isEmpty());
    }

    void dropsOnAnyPageArriveOnUploads()
    {
        Stage stage;
        QTest::keyClick(&stage.window, Qt::Key_2, Qt::AltModifier);
        QVERIFY(!stage.picker().isVisible());
        QVERIFY(drop(stage.window, {localFile(QStringLiteral("a.png"))}));
        QCOMPARE(stage.world.uploads.staged.size(), 1);
        QVERIFY(stage.view().isVisible());
    }

    void remoteUrlsAreRefusedWithASentence()
    {
        Stage stage;
        QVERIFY(drop(stage.window, {QUrl(QStringLiteral("https://example.com/a.png"))}));
        QVERIFY(stage.world.uploads.staged.isEmpty());
        QVERIFY2(stage.notice().contains(u"example.com"), qPrintable(stage.notice()));
        QVERIFY(stage.notice().contains(u"Only files on this computer"));

        QMimeData text;
        text.setText(QStringLiteral("hello"));
        QVERIFY(!dragOver(stage.window, text));
    }

    void foldersAreStagedLikeFiles()
    {
        Stage stage;
        QVERIFY(drop(stage.window, {localFile(QStringLiteral("photos/"))}));
        QCOMPARE(stage.world.uploads.staged.size(), 1);
        QCOMPARE(stage.world.uploads.staged.at(0).path, QStringLiteral("/home/user/photos/"));
        QVERIFY2(stage.notice().isEmpty(), qPrintable(stage.notice()));
    }

    void whatIsNotAddedIsToldWithTheReasonThatMatters()
    {
        Stage stage;
        const QString folder = QStringLiteral("/home/user/photos/");
        const auto failure = [&folder](const char* name, ErrorKind kind) {
            return StageFailure{folder + QLatin1String(name), Error{.kind = kind}, folder};
        };
        stage.world.uploads.folderFailures = {failure("pipe", ErrorKind::FileNotRegular)};
        stage.window.addFiles({folder}, false);
        QVERIFY2(stage.notice().contains(u"“pipe”"), qPrintable(stage.notice()));
        QVERIFY2(stage.notice().contains(u"Pipes"), qPrintable(stage.notice()));

        // Portions of one folder make one sentence.
        stage.world.uploads.folderFailures = {failure("loop", ErrorKind::FileNotRegular)};
        stage.window.addFiles({folder}, false);
        stage.world.uploads.fail({failure("a", ErrorKind::FileUnreadable),
                                  failure("b", ErrorKind::FileNotRegular),
                                  failure("c", ErrorKind::FileMissing)});
        const QString title = errorWords(Error{.kind = ErrorKind::FileUnreadable}).title;
        QVERIFY2(stage.notice().contains(title), qPrintable(stage.notice()));
        QVERIFY2(stage.notice().contains(u"“a”"), qPrintable(stage.notice()));
        QVERIFY2(stage.notice().contains(u"more"), qPrintable(stage.notice()));

        // The next folder starts afresh.
        QTRY_VERIFY(drop(stage.window, {localFile(QStringLiteral("x.png"))}));
        stage.world.uploads.folderFailures = {
            {folder, Error{.kind = ErrorKind::FolderEmpty}, QString()}};
        QCoreApplication::processEvents();
        stage.window.addFiles({folder}, false);
        QVERIFY2(stage.notice().contains(u"“photos”"), qPrintable(stage.notice()));
        QVERIFY2(!stage.notice().contains(u"“a”"), qPrintable(stage.notice()));
        QVERIFY(stage.notice().contains(errorWords(Error{.kind = ErrorKind::FolderEmpty}).title));
    }

    void addFilesOpensTheChooser()
    {
        Stage stage;
        stage.world.desktop.filesToChoose = {QStringLiteral("/home/user/x.jpg")};
        QTest::keyClick(stage.window.focusWidget() ? stage.window.focusWidget() : &stage.window,
                        Qt::Key_O, Qt::ControlModifier);
        QCOMPARE(stage.world.uploads.staged.size(), 1);
        buttonStarting<QPushButton>(stage.window, QStringLiteral("Add files"))->click();
        QCOMPARE(stage.world.uploads.staged.size(), 2);
    }

    void filesWaitUntilASpaceIsChosen()
    {
        Stage stage(Stage::Accounts::None);
        const Account account = stage.world.addAccount(QStringLiteral("New"), {});
        QVERIFY(drop(stage.window, {localFile(QStringLiteral("a.png"))}));
        QVERIFY(stage.world.uploads.staged.isEmpty());
        QVERIFY2(stage.notice().contains(u"choose a space"), qPrintable(stage.notice()));
        Space space = makeSpace(QStringLiteral("cams-9example"), {});
        space.account = account.id;
        auto saved = stage.world.accounts.saveSpace(space);
        QTRY_COMPARE(stage.world.uploads.staged.size(), 1);
        QCOMPARE(stage.world.uploads.staged.first().target.spaceId, space.id);
        QVERIFY(stage.notice().isEmpty());
    }

    void keyboardAloneChoosesStartsAndCopies()
    {
        Stage stage;
        stage.picker().setFocus();
        QTest::keyClick(&stage.picker(), Qt::Key_Space);
        auto* popup = stage.window.findChild<SpacePopup*>();
        QTRY_VERIFY(popup->isVisible());
        auto* filter = popup->findChild<QLineEdit*>();
        QTRY_VERIFY(filter->hasFocus());
        QTest::keyClicks(filter, QStringLiteral("lim"));
        QTest::keyClick(filter, Qt::Key_Return);
        QVERIFY(!popup->isVisible());
        QCOMPARE(stage.picker().choice()->space.name, QStringLiteral("Lima"));

        stage.world.desktop.filesToChoose = {QStringLiteral("/home/user/x.jpg"),
                                             QStringLiteral("/home/user/y.jpg")};
        QTest::keyClick(&stage.picker(), Qt::Key_O, Qt::ControlModifier);
        QTest::keyClick(&stage.picker(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(stage.world.uploads.started, (QList<UploadId>{UploadId{1}, UploadId{2}}));

        stage.world.uploads.show(
            {makeUpload(1, UploadState::Done), makeUpload(2, UploadState::Done)});
        QTest::keyClick(&stage.window, Qt::Key_1, Qt::AltModifier);
        QVERIFY(stage.view().hasFocus());
        QTest::keyClick(&stage.view(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&stage.view(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(stage.world.desktop.clipboard.split(QLatin1Char('\n')),
                 (QStringList{makeUpload(1, UploadState::Done).record.url,
                              makeUpload(2, UploadState::Done).record.url}));
    }

    void rowsOfferWhatTheirStateAllows()
    {
        Stage stage;
        stage.world.uploads.show(
            {makeUpload(1, UploadState::Done), makeUpload(2, UploadState::Putting),
             makeUpload(3, UploadState::Staged), makeUpload(4, UploadState::Failed)});
        stage.select({0});
        QTest::keyClick(&stage.view(), Qt::Key_Return);
        QCOMPARE(stage.world.desktop.opened.size(), 1);
        stage.select({1});
        QTest::keyClick(&stage.view(), Qt::Key_Delete);
        QVERIFY(stage.world.uploads.removed.isEmpty() && stage.world.uploads.cancelled.isEmpty());
        QTest::keyClick(&stage.view(), Qt::Key_Delete, Qt::ControlModifier);
        QCOMPARE(stage.world.uploads.cancelled, (QList<UploadId>{UploadId{2}}));
        stage.select({2});
        QTest::keyClick(&stage.view(), Qt::Key_Delete);
        QCOMPARE(stage.world.uploads.cancelled.last(), UploadId{3}); // staged: given up
        stage.select({2});
        QTest::keyClick(&stage.view(), Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(stage.world.uploads.retried, (QList<UploadId>{UploadId{4}}));
        stage.select({0});
        QTest::keyClick(&stage.view(), Qt::Key_Delete);
        QCOMPARE(stage.world.uploads.removed, (QList<UploadId>{UploadId{1}}));
    }

    void menuHoldsTheRowsActions()
    {
        Stage stage;
        stage.world.uploads.show({makeUpload(1, UploadState::Done)});
        stage.select({0});
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QApplication::sendEvent(stage.view().viewport(), &event);
        auto* menu = visibleChild<QMenu>(stage.window);
        QVERIFY(menu);
        QStringList texts;
        for (const QAction* action : menu->actions()) {
            if (!action->isSeparator())
                texts.append(action->text().remove(QLatin1Char('&')));
        }
        QCOMPARE(
            texts,
            (QStringList{QStringLiteral("Copy link"), QStringLiteral("Open link"),
                         QStringLiteral("Show file"), QStringLiteral("Remove from the list")}));
        menu->close();
    }

    void linksInTheRowCanBeClicked()
    {
        Stage stage;
        stage.world.uploads.show({makeUpload(1, UploadState::Done)});
        const QModelIndex index = stage.view().model()->index(0, 0);
        QStyleOptionViewItem option;
        option.initFrom(&stage.view());
        option.rect = stage.view().visualRect(index);
        const auto* delegate = qobject_cast<UploadDelegate*>(stage.view().itemDelegate());
        QHash<RowAction, QPoint> found;
        for (int y = option.rect.top(); y < option.rect.bottom(); y += 3) {
            for (int x = option.rect.left(); x < option.rect.right(); x += 3)
                found.insert(delegate->actionAt({x, y}, option, index), {x, y});
        }
        for (const RowAction action :
             {RowAction::CopyLink, RowAction::OpenLink, RowAction::Remove, RowAction::Menu})
            QVERIFY(found.contains(action));
        QTest::mouseClick(stage.view().viewport(), Qt::LeftButton, {},
                          found.value(RowAction::CopyLink));
        QCOMPARE(stage.world.desktop.clipboard, makeUpload(1, UploadState::Done).record.url);
        QVERIFY(!stage.view().selectionModel()->hasSelection());
        QTest::mouseClick(stage.view().viewport(), Qt::LeftButton, {},
                          found.value(RowAction::OpenLink));
        QCOMPARE(stage.world.desktop.opened.size(), 1);
        QTest::mouseClick(stage.view().viewport(), Qt::LeftButton, {},
                          found.value(RowAction::Remove));
        QCOMPARE(stage.world.uploads.removed.size(), 1);
    }

    void errorsAreToldInFullWithTheirRemedies()
    {
        Stage stage;
        stage.world.uploads.show(
            {makeUpload(1, UploadState::Failed), makeUpload(2, UploadState::Done)});
        stage.select({0});
        auto* panel = visibleChild<ErrorPanel>(stage.window);
        QVERIFY(panel);
        QStringList texts;
        for (const QLabel* label : panel->findChildren<QLabel*>())
            texts.append(label->text());
        const QString all = texts.join(QLatin1Char('\n'));
        const ErrorWords words = errorWords(permissionError());
        QVERIFY(all.contains(words.title) && all.contains(words.nextStep));
        QVERIFY(all.contains(permissionError().code) && all.contains(permissionError().requestId));

        buttonStarting<QPushButton>(*panel, QStringLiteral("Copy RAM policy"))->click();
        QCOMPARE(stage.world.desktop.clipboard, smallestRamPolicy());
        buttonStarting<QPushButton>(*panel, QStringLiteral("Copy details"))->click();
        QVERIFY(stage.world.desktop.clipboard.contains(permissionError().requestId));
        buttonStarting<QPushButton>(*panel, QStringLiteral("Retry"))->click();
        QCOMPARE(stage.world.uploads.retried, (QList<UploadId>{UploadId{1}}));
        QVERIFY(!panel->isVisible()); // it is on its way again
    }

    void summaryCancelsAndClears()
    {
        Stage stage;
        stage.world.uploads.show(
            {makeUpload(1, UploadState::Putting), makeUpload(2, UploadState::Done)});
        buttonStarting<QPushButton>(stage.window, QStringLiteral("Cancel all"))->click();
        QCOMPARE(stage.world.uploads.cancelled, (QList<UploadId>{UploadId{1}}));
        QVERIFY(!buttonStarting<QPushButton>(stage.window, QStringLiteral("Cancel all")));
        buttonStarting<QPushButton>(stage.window, QStringLiteral("Clear finished"))->click();
        QCOMPARE(stage.view().model()->rowCount(), 0);
    }

    void closingAsksOnceWhileUploadsRun()
    {
        Stage stage;
        QSignalSpy quit(&stage.window, &MainWindow::quitRequested);
        stage.world.uploads.show({makeUpload(1, UploadState::Putting)});
        stage.window.close();
        stage.window.close();
        QCOMPARE(quit.size(), 0);
        const QList<QMessageBox*> questions = stage.window.findChildren<QMessageBox*>();
        QCOMPARE(questions.size(), 1);
        QVERIFY(questions.first()->informativeText().contains(u"paused"));
        buttonStarting<QPushButton>(*questions.first(), QStringLiteral("Keep the window"))->click();
        QVERIFY(stage.window.isVisible());
        QTRY_VERIFY(stage.window.findChildren<QMessageBox*>().isEmpty());
        stage.window.close();
        auto* again = visibleChild<QMessageBox>(stage.window);
        buttonStarting<QPushButton>(*again, QStringLiteral("Stop and quit"))->click();
        QCOMPARE(quit.size(), 1);
    }

    void closingAtRestAsksNothing()
    {
        Stage stage;
        QSignalSpy quit(&stage.window, &MainWindow::quitRequested);
        stage.world.uploads.show({makeUpload(1, UploadState::Staged)});
        stage.window.close();
        QCOMPARE(quit.size(), 1);
        QVERIFY(stage.window.findChildren<QMessageBox*>().isEmpty());
    }

    void practiceIsMarked()
    {
        Stage stage(Stage::Accounts::One, MainWindow::Mode::Practice);
        QCOMPARE(stage.window.windowTitle(), QStringLiteral("ChatApp Uploader — practice"));
        QVERIFY(visibleChild<PracticeStripe>(stage.window));
    }

    void aProblemAtStartIsToldInPlaceOfThePages()
    {
        Stage stage;
        const Error error{.kind = ErrorKind::ProfileInUse, .message = QStringLiteral("pid 4711")};
        stage.window.showProblem(error);
        auto* pane = visibleChild<StatusPane>(stage.window);
        QVERIFY(pane);
        QCOMPARE(pane->accessibleName(), errorWords(error).title);
        QSignalSpy quit(&stage.window, &MainWindow::quitRequested);
        buttonStarting<QPushButton>(*pane, QStringLiteral("Quit"))->click();
        QCOMPARE(quit.size(), 1);
    }

    void sizePageAndColumnsAreRemembered()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
        {
            Stage stage;
            stage.window.resize(900, 640);
            QTest::keyClick(&stage.window, Qt::Key_3, Qt::AltModifier);
            stage.window.saveState(settings);
        }
        UiWorld world;
        MainWindow window(world.services(), MainWindow::Mode::Real);
        window.restoreState(settings);
        QCOMPARE(window.size(), QSize(900, 640));
        QCOMPARE(window.findChild<Sidebar*>()->currentPage(), PageId::Accounts);
    }

    void everythingOnEveryPageHasAName()
    {
        Stage stage;
        stage.world.uploads.show(
            {makeUpload(1, UploadState::Failed), makeUpload(2, UploadState::Putting)});
        stage.select({0});
        stage.world.historyRows = {makeUpload(5, UploadState::Done).record};
        for (const Qt::Key page : {Qt::Key_1, Qt::Key_2, Qt::Key_3}) {
            QTest::keyClick(&stage.window, page, Qt::AltModifier);
            QTest::qWait(20);
            checkNames(QAccessible::queryAccessibleInterface(&stage.window));
        }
    }

private:
    //! Whatever takes focus, and every entry of a list, has to say what it is.
    void checkNames(QAccessibleInterface* item)
    {
        QVERIFY(item != nullptr);
        const QAccessible::State state = item->state();
        if (state.invisible)
            return;
        static const QSet<QAccessible::Role> speaking{
            QAccessible::PushButton,   QAccessible::CheckBox,   QAccessible::ComboBox,
            QAccessible::EditableText, QAccessible::List,       QAccessible::Table,
            QAccessible::ListItem,     QAccessible::ProgressBar};
        if (speaking.contains(item->role())) {
            const QObject* object = item->object();
            // Parts inside of Qt's own controls are named by those.
            const bool inner =
                object != nullptr && object->objectName().startsWith(QLatin1String("qt_"));
            QVERIFY2(inner || !item->text(QAccessible::Name).isEmpty(),
                     qPrintable(QStringLiteral("role %1, %2")
                                    .arg(item->role())
                                    .arg(object != nullptr
                                             ? QLatin1String(object->metaObject()->className())
                                             : QLatin1String("no object"))));
        }
        for (int i = 0; i < item->childCount(); ++i) {
            if (QAccessibleInterface* child = item->child(i); child != nullptr)
                checkNames(child);
        }
    }

    std::unique_ptr<Translations> m_english;
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
