// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "pages/historypage.h"
#include "symbols.h"
#include "uifakes.h"
#include "widgets/errorpanel.h"
#include "widgets/statuspane.h"
#include "windowdriver.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>

using namespace ChatApp;

namespace {

//! A history of 450 uploads: three pages.
class Stage {
public:
    Stage() : page(world.services())
    {
        for (qint64 id = 450; id > 0; --id) {
            const UploadState state = id % 10 == 0 ? UploadState::Failed : UploadState::Done;
            UploadRecord record = makeUpload(id, state).record;
            record.endedAt = QDateTime::fromSecsSinceEpoch(1'700'000'000 + id, Qt::UTC);
            world.historyRows.append(record);
        }
        page.resize(900, 600);
        page.show();
        page.activateWindow();
        if (!QTest::qWaitForWindowActive(&page))
            qFatal("the window did not become active");
        page.open();
    }

    QTableView& table() const { return *page.findChild<QTableView*>(); }
    int rows() const { return table().model()->rowCount(); }

    UiWorld world;
    HistoryPage page;
};

} // namespace

//! History: paged in while it is scrolled, searched while typing, links one key away.
class TestHistoryPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { initializeSymbols(); }

    void scrollingFetchesPageAfterPage()
    {
        Stage stage;
        QTRY_COMPARE(stage.rows(), 200);
        QCOMPARE(stage.world.historyQueries.size(), 1);
        stage.table().scrollToBottom();
        QTRY_COMPARE(stage.rows(), 400);
        stage.table().scrollToBottom();
        QTRY_COMPARE(stage.rows(), 450);
        stage.table().scrollToBottom();
        QTest::qWait(20);
        QCOMPARE(stage.rows(), 450);
    }

    void typingSearchesOnceItPauses()
    {
        Stage stage;
        QTRY_COMPARE(stage.rows(), 200);
        auto* search = stage.page.findChild<QLineEdit*>();
        QTest::keyClick(&stage.table(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(search->hasFocus());
        const qsizetype before = stage.world.historyQueries.size();
        QTest::keyClicks(search, QStringLiteral("picture-44"));
        QTRY_COMPARE(stage.rows(), 11); // 44 and 440 to 449
        QVERIFY(stage.world.historyQueries.size() - before <= 2);
        QCOMPARE(stage.world.historyQueries.last().search, QStringLiteral("picture-44"));

        search->setText(QStringLiteral("nothing like that"));
        QTRY_COMPARE(stage.rows(), 0);
        auto* pane = visibleChild<StatusPane>(stage.page);
        QVERIFY(pane);
        QCOMPARE(pane->accessibleName(), QStringLiteral("Nothing found"));
        search->clear();
        QTRY_COMPARE(stage.rows(), 200);
    }

    void outcomesCanBeFiltered()
    {
        Stage stage;
        QTRY_COMPARE(stage.rows(), 200);
        auto* outcome = stage.page.findChild<QComboBox*>();
        outcome->setCurrentIndex(outcome->findData(static_cast<int>(UploadState::Failed)));
        QTRY_COMPARE(stage.rows(), 45);
        QCOMPARE(stage.world.historyQueries.last().outcome, UploadState::Failed);
    }

    void linksOfManyRowsAreCopiedWithOneKey()
    {
        Stage stage;
        QTRY_COMPARE(stage.rows(), 200);
        stage.table().setFocus();
        stage.table().selectRow(1);
        QTest::keyClick(&stage.table(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&stage.table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(stage.world.desktop.clipboard,
                 stage.world.historyRows.at(1).url + QLatin1Char('\n')
                     + stage.world.historyRows.at(2).url);
        QTest::keyClick(&stage.table(), Qt::Key_Return);
        QCOMPARE(stage.world.desktop.opened.size(), 1);
    }

    void errorsAreToldInFull()
    {
        Stage stage;
        QTRY_COMPARE(stage.rows(), 200);
        stage.table().selectRow(0); // 450 failed
        auto* panel = visibleChild<ErrorPanel>(stage.page);
        QVERIFY(panel);
        QVERIFY(panel->accessibleDescription().contains(u"may not upload"));
        stage.table().selectRow(1);
        QVERIFY(!panel->isVisible());
    }

    void endedUploadsAppearOnTop()
    {
        Stage stage;
        QTRY_COMPARE(stage.rows(), 200);
        stage.world.uploads.end(makeUpload(451, UploadState::Done, QStringLiteral("new.png")));
        QCOMPARE(stage.rows(), 201);
        QCOMPARE(stage.table().model()->index(0, HistoryModel::Name).data().toString(),
                 QStringLiteral("new.png"));
    }
};

QTEST_MAIN(TestHistoryPage)
#include "tst_historypage.moc"
