// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "models/accountsmodel.h"
#include "models/historymodel.h"
#include "models/spacesmodel.h"
#include "models/uploadsmodel.h"
#include "uifakes.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace ChatApp;

namespace {

constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::QtTest;

QList<UploadId> idsOf(const UploadsModel& model)
{
    QList<UploadId> ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.at(row).record.id);
    return ids;
}

//! History that answers when the test says so.
class SlowHistory {
public:
    QFuture<Result<QList<UploadRecord>>> ask(const HistoryQuery& query)
    {
        queries.append(query);
        promises.push_back(std::make_shared<QPromise<Result<QList<UploadRecord>>>>());
        promises.back()->start();
        return promises.back()->future();
    }
    void answer(size_t question, const Result<QList<UploadRecord>>& rows)
    {
        promises.at(question)->addResult(rows);
        promises.at(question)->finish();
    }

    QList<HistoryQuery> queries;
    std::vector<std::shared_ptr<QPromise<Result<QList<UploadRecord>>>>> promises;
};

QList<UploadRecord> records(qint64 newest, int count)
{
    QList<UploadRecord> rows;
    for (int i = 0; i < count; ++i) {
        UploadRecord record = makeUpload(newest - i, UploadState::Done).record;
        record.endedAt = QDateTime::fromMSecsSinceEpoch(1'000'000 * (newest - i), Qt::UTC);
        rows.append(record);
    }
    return rows;
}

} // namespace

//! The models behind the lists: values keyed by id, changed in batches.
class TestModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void batchesAddChangeAndRemove()
    {
        UploadsModel model;
        const QAbstractItemModelTester tester(&model, fatal);
        QSignalSpy counts(&model, &UploadsModel::countsChanged);
        model.apply({{makeUpload(1, UploadState::Staged), makeUpload(2, UploadState::Staged),
                      makeUpload(3, UploadState::Staged)},
                     {}});
        QCOMPARE(model.startableCount(), 3);
        QCOMPARE(counts.size(), 1);

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        UploadSnapshot sending = makeUpload(2, UploadState::Putting);
        sending.bytesSent = 700'000;
        model.apply({{sending}, {}});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().at(0).toModelIndex().row(), 1);
        QCOMPARE(model.at(1).bytesSent, 700'000);
        QCOMPARE(model.running(), (QList<UploadId>{UploadId{2}}));
        QCOMPARE(model.startable(), (QList<UploadId>{UploadId{1}, UploadId{3}}));

        model.apply({{}, {UploadId{1}, UploadId{99}}});
        QCOMPARE(idsOf(model), (QList<UploadId>{UploadId{2}, UploadId{3}}));
        QCOMPARE(model.rowOf(UploadId{3}), 1);
        QCOMPARE(model.rowOf(UploadId{1}), -1);
        QCOMPARE(model.startableCount(), 1);
    }

    void anyMixOfBatchesKeepsRowsAndCountsRight()
    {
        UploadsModel model;
        const QAbstractItemModelTester tester(&model, fatal);
        QMap<qint64, UploadState> expected; // ids rise, so the order is that of the map
        QRandomGenerator random(42);
        qint64 next = 1;
        for (int round = 0; round < 200; ++round) {
            UploadBatch batch;
            for (int i = 0, n = random.bounded(4); i < n; ++i) {
                const auto state = static_cast<UploadState>(random.bounded(16));
                batch.changed.append(makeUpload(next, state));
                expected.insert(next++, state);
            }
            const QList<qint64> ids = expected.keys();
            for (int i = 0, n = random.bounded(4); i < n && !ids.isEmpty(); ++i) {
                const qint64 id = ids.at(random.bounded(static_cast<int>(ids.size())));
                const auto state = static_cast<UploadState>(random.bounded(16));
                const bool isNew = model.rowOf(UploadId{id}) < 0;
                if (isNew)
                    continue;
                batch.changed.append(makeUpload(id, state));
                expected.insert(id, state);
            }
            for (int i = 0, n = random.bounded(3); i < n && !ids.isEmpty(); ++i) {
                const qint64 id = ids.at(random.bounded(static_cast<int>(ids.size())));
                const bool changes =
                    std::any_of(batch.changed.cbegin(), batch.changed.cend(),
                                [&](const UploadSnapshot& u) { return u.record.id.value == id; });
                if (changes || batch.removed.contains(UploadId{id}))
                    continue;
                batch.removed.append(UploadId{id});
                expected.remove(id);
            }
            model.apply(batch);
            QCOMPARE(model.rowCount(), expected.size());
            int row = 0;
            QHash<UploadState, int> counts;
            for (auto it = expected.cbegin(); it != expected.cend(); ++it, ++row) {
                QCOMPARE(model.at(row).record.id.value, it.key());
                QCOMPARE(model.rowOf(UploadId{it.key()}), row);
                QCOMPARE(model.at(row).record.state, it.value());
                ++counts[it.value()];
            }
            for (int state = 0; state < 16; ++state)
                QCOMPARE(model.countOf(static_cast<UploadState>(state)),
                         counts.value(static_cast<UploadState>(state)));
        }
    }

    void manyScatteredRowsAreRemovedAtOnce()
    {
        UploadsModel model;
        const QAbstractItemModelTester tester(&model, fatal);
        UploadBatch batch;
        UploadBatch removal;
        QList<UploadId> kept;
        for (qint64 id = 1; id <= 1'000; ++id) {
            batch.changed.append(makeUpload(id, UploadState::Done));
            if (id % 2 == 0)
                removal.removed.append(UploadId{id});
            else
                kept.append(UploadId{id});
        }
        model.apply(batch);
        model.apply(removal);
        QCOMPARE(idsOf(model), kept);
        QCOMPARE(model.endedCount(), 500);
        QCOMPARE(model.rowOf(UploadId{999}), 499);
    }

    void hundredThousandRowsStayQuick()
    {
        UploadsModel model;
        UploadBatch all;
        constexpr int many = 100'000;
        for (int id = 1; id <= many; ++id)
            all.changed.append(makeUpload(id, UploadState::Staged));
        model.apply(all);
        const UploadBatch some{all.changed.mid(many / 2, 1'000), {}};
        QElapsedTimer timer;
        timer.start();
        model.apply(some);
        // 50 ms is what the GUI thread may be held up; sanitizers and a busy machine get more.
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    }

    void historyPagesUntilNothingIsLeft()
    {
        SlowHistory slow;
        // No model tester here: it fetches more by itself.
        HistoryModel model([&](const HistoryQuery& query) { return slow.ask(query); });
        QVERIFY(!model.canFetchMore({}));
        model.reload();
        QCOMPARE(slow.queries.size(), 1);
        slow.answer(0, records(1'000, 200));
        QTRY_COMPARE(model.rowCount(), 200);
        QVERIFY(model.canFetchMore({}));

        model.fetchMore({});
        QVERIFY(!model.canFetchMore({})); // one question at a time
        QCOMPARE(slow.queries.last().afterId, UploadId{801});
        QCOMPARE(slow.queries.last().afterEndedAtMs, 801'000'000);
        slow.answer(1, records(800, 30));
        QTRY_COMPARE(model.rowCount(), 230);
        QVERIFY(!model.canFetchMore({}));
        QCOMPARE(model.at(229).id, UploadId{771});
    }

    void answersToAnEarlierSearchAreDropped()
    {
        SlowHistory slow;
        HistoryModel model([&](const HistoryQuery& query) { return slow.ask(query); });
        const QAbstractItemModelTester tester(&model, fatal);
        model.search(QStringLiteral("pi"), {});
        model.search(QStringLiteral("picture-7 "), UploadState::Failed);
        QCOMPARE(slow.queries.last().search, QStringLiteral("picture-7"));
        QCOMPARE(slow.queries.last().outcome, UploadState::Failed);
        slow.answer(1, records(7, 1));
        QTRY_COMPARE(model.rowCount(), 1);
        slow.answer(0, records(100, 50));
        QTest::qWait(20);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.at(0).id, UploadId{7});
    }

    void aFailedQuestionIsReported()
    {
        SlowHistory slow;
        HistoryModel model([&](const HistoryQuery& query) { return slow.ask(query); });
        QSignalSpy failed(&model, &HistoryModel::failed);
        model.reload();
        slow.answer(0, Error{.kind = ErrorKind::StoreFailed});
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!model.isLoading());
    }

    void newlyEndedUploadsGoOnTop()
    {
        SlowHistory slow;
        HistoryModel model([&](const HistoryQuery& query) { return slow.ask(query); });
        const QAbstractItemModelTester tester(&model, fatal);
        model.reload();
        slow.answer(0, records(10, 3));
        QTRY_COMPARE(model.rowCount(), 3);
        model.prepend(makeUpload(11, UploadState::Done).record);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.at(0).id, UploadId{11});
        // The same upload, retried: it moves.
        model.prepend(makeUpload(9, UploadState::Done).record);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.at(0).id, UploadId{9});
        // While a search is shown the store decides.
        model.search(QStringLiteral("x"), {});
        slow.answer(1, QList<UploadRecord>{});
        QTRY_COMPARE(model.rowCount(), 0);
        model.prepend(makeUpload(12, UploadState::Done).record);
        QCOMPARE(slow.queries.size(), 3);
        QCOMPARE(model.rowCount(), 0);
    }

    void spacesStandMostRecentlyUsedFirst()
    {
        SpacesModel model;
        const QAbstractItemModelTester tester(&model, fatal);
        Account account;
        account.id = AccountId{QStringLiteral("a")};
        account.name = QStringLiteral("Brand");
        Space never = makeSpace(QStringLiteral("1"), QStringLiteral("Zebra"));
        Space old = makeSpace(QStringLiteral("2"), QStringLiteral("Old"));
        old.lastUsedAt = QDateTime::fromSecsSinceEpoch(1'000, Qt::UTC);
        Space recent = makeSpace(QStringLiteral("3"), {});
        recent.lastUsedAt = QDateTime::fromSecsSinceEpoch(2'000, Qt::UTC);
        model.setChoices({{account, never}, {account, old}, {account, recent}});
        QCOMPARE(model.index(0).data(SpacesModel::SpaceTitleRole).toString(), QStringLiteral("3"));
        QCOMPARE(model.index(2).data(SpacesModel::SpaceTitleRole).toString(),
                 QStringLiteral("Zebra"));
        QCOMPARE(model.rowOf({}, SpaceId{QStringLiteral("2")}), 1);
        QCOMPARE(model.rowOf(AccountId{QStringLiteral("b")}, SpaceId{QStringLiteral("2")}), -1);
        const UploadTarget target = model.at(1).target();
        QCOMPARE(target.spaceId, old.id);
        QCOMPARE(target.accountName, account.name);
        QCOMPARE(target.endpoint, account.endpoint);
    }

    void accountsKeepTheirRowsWhenOnlyTheirStateChanges()
    {
        AccountsModel model;
        const QAbstractItemModelTester tester(&model, fatal);
        Account account;
        account.id = AccountId{QStringLiteral("a")};
        account.name = QStringLiteral("Brand");
        account.accessKeyId = QStringLiteral("LTAI5tExampleKeyIdOfNobody");
        model.setAccounts({account});
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        account.secretState = SecretState::Locked;
        model.setAccounts({account});
        QCOMPARE(reset.size(), 0);
        QVERIFY(model.index(0).data(AccountsModel::SecretRole).toString().contains(u"locked"));
        QVERIFY(
            !model.index(0).data(Qt::AccessibleTextRole).toString().contains(account.accessKeyId));
        model.setAccounts({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
