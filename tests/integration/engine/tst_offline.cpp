// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "enginefixture.h"

#include <QtTest/QtTest>

using namespace ChatApp;
using Type = SandboxFault::Type;
using Op = SandboxOperation;

//! A network that goes away and comes back under an upload.
class TestOffline : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void waitsAsLongAsItTakes_data()
    {
        QTest::addColumn<qint64>("threshold");
        QTest::newRow("one request") << MultipartLimits{}.threshold;
        QTest::newRow("in parts") << qint64{256} * 1024;
    }

    void waitsAsLongAsItTakes()
    {
        QFETCH(qint64, threshold);
        EngineFixture::Options options;
        options.maxAttempts = 2;
        options.multipartThreshold = threshold;
        EngineFixture fixture(options);
        fixture.network().setOffline(true);
        fixture.sandbox().setFaultPlan(SandboxFaultPlan(
            {SandboxFaultRule::always(Op::Any, SandboxFault{.type = Type::CloseBeforeReply})}));
        const QByteArray content(600'000, 'x');
        const QList<UploadId> ids =
            fixture.upload({fixture.writeFile(QStringLiteral("a.bin"), content)});
        // Far more failures than attempts, and it still only waits.
        QTRY_VERIFY_WITH_TIMEOUT(fixture.sandbox().faultHits(0) > 3 * options.maxAttempts, 20'000);
        QTRY_COMPARE(fixture.snapshot(ids.constFirst()).record.state, UploadState::Waiting);
        QCOMPARE(fixture.snapshot(ids.constFirst()).waitingFor->kind, ErrorKind::Offline);
        QVERIFY(fixture.history().isEmpty());

        fixture.sandbox().setFaultPlan({});
        fixture.network().setOffline(false);
        QVERIFY(fixture.waitEnded(ids));
        QCOMPARE(fixture.snapshot(ids.constFirst()).record.state, UploadState::Done);
        QCOMPARE(fixture.sandbox().objects().size(), 1);
    }

    //! Its return is not waited for by the clock: here the next try by itself is a minute away.
    void returnIsNoticedAtOnce()
    {
        EngineFixture::Options options;
        options.backoffBase = std::chrono::minutes{10};
        options.backoffCap = std::chrono::minutes{10};
        EngineFixture fixture(options);
        fixture.network().setOffline(true);
        fixture.sandbox().setFaultPlan(SandboxFaultPlan(
            {SandboxFaultRule::always(Op::Any, SandboxFault{.type = Type::CloseBeforeReply})}));
        const QList<UploadId> ids =
            fixture.upload({fixture.writeFile(QStringLiteral("a.bin"), "abc")});
        QTRY_VERIFY_WITH_TIMEOUT(fixture.knows(ids.constFirst())
                                     && fixture.snapshot(ids.constFirst()).record.state
                                         == UploadState::Waiting,
                                 10'000);
        fixture.sandbox().setFaultPlan({});
        fixture.network().setOffline(false);
        QVERIFY(fixture.waitEnded(ids, 10'000));
        QCOMPARE(fixture.snapshot(ids.constFirst()).record.state, UploadState::Done);
    }
};

QTEST_GUILESS_MAIN(TestOffline)
#include "tst_offline.moc"
