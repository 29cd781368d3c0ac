// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/tokenbucket.h"

#include <QtTest/QTest>

#include <limits>

using namespace ChatApp;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds begin{1'000'000};

TokenBucket bucketOf(qint64 rate)
{
    TokenBucket bucket;
    bucket.setRate(rate, begin);
    return bucket;
}

} // namespace

class TestTokenBucket : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsTheRate_data();
    void keepsTheRate();
    void delayIsExact_data();
    void delayIsExact();
    void aRestSavesUpNoMoreThanTheBurst();
    void aSlowerRateForgetsWhatWasSaved();
    void aFasterRateOwesNothing();
    void withoutALimit();
    void whatIsGivenBackCanBeTaken();
    void oddRates();
};

void TestTokenBucket::keepsTheRate_data()
{
    QTest::addColumn<qint64>("rate");
    QTest::addColumn<qint64>("piece");
    QTest::addColumn<qint64>("burst");
    QTest::newRow("one byte") << 1LL << 1LL << 1LL;
    QTest::newRow("500 bytes") << 500LL << 250LL << 500LL;
    QTest::newRow("3 KiB") << 3072LL << 512LL << 1024LL;
    QTest::newRow("odd") << 100'003LL << 777LL << 10'000LL;
    QTest::newRow("2 MiB") << 2'097'152LL << 65'536LL << 209'715LL;
    QTest::newRow("10 GiB") << 10'737'418'240LL << 65'536LL << 1'073'741'824LL;
}

void TestTokenBucket::keepsTheRate()
{
    QFETCH(qint64, rate);
    QFETCH(qint64, piece);
    QFETCH(qint64, burst);
    TokenBucket bucket = bucketOf(rate);
    QCOMPARE(bucket.burst(), burst);
    QVERIFY2(!bucket.take(1, begin), "a new bucket is empty");
    qint64 taken = 0;
    for (milliseconds now = begin; now <= begin + 10s; now += 1ms) {
        // More than a few thousand pieces a millisecond prove nothing new.
        for (int i = 0; i < 4000 && bucket.take(piece, now); ++i)
            taken += piece;
    }
    QVERIFY(taken <= rate * 10);
    QVERIFY(taken > rate * 10 - piece);
}

void TestTokenBucket::delayIsExact_data()
{
    QTest::addColumn<qint64>("rate");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<int>("delay");
    QTest::newRow("nothing") << 1000LL << 0LL << 0;
    QTest::newRow("even") << 1000LL << 500LL << 500;
    QTest::newRow("rounded up") << 3LL << 1LL << 334;
    QTest::newRow("fast") << 2'097'152LL << 65'536LL << 32;
    QTest::newRow("within a millisecond") << 1'000'000'000LL << 65'536LL << 1;
}

void TestTokenBucket::delayIsExact()
{
    QFETCH(qint64, rate);
    QFETCH(qint64, bytes);
    QFETCH(int, delay);
    TokenBucket bucket = bucketOf(rate);
    QCOMPARE(bucket.delay(bytes, begin), milliseconds(delay));
    if (delay > 0)
        QVERIFY(!bucket.take(bytes, begin + milliseconds(delay) - 1ms));
    QVERIFY(bucket.take(bytes, begin + milliseconds(delay)));
}

void TestTokenBucket::aRestSavesUpNoMoreThanTheBurst()
{
    TokenBucket bucket = bucketOf(1'000'000);
    QVERIFY(bucket.take(100'000, begin + 1h));
    QVERIFY(!bucket.take(1, begin + 1h));
}

void TestTokenBucket::aSlowerRateForgetsWhatWasSaved()
{
    TokenBucket bucket = bucketOf(1'000'000);
    bucket.setRate(10'000, begin + 1s);
    QVERIFY(!bucket.take(1025, begin + 1s));
    QVERIFY(bucket.take(1024, begin + 1s));
    QVERIFY(bucket.take(1000, begin + 1100ms));
}

void TestTokenBucket::aFasterRateOwesNothing()
{
    TokenBucket bucket = bucketOf(1000);
    QVERIFY(bucket.take(500, begin + 500ms));
    // 300 ms at the old rate, 100 ms at the new one.
    bucket.setRate(1'000'000, begin + 800ms);
    QVERIFY(!bucket.take(301, begin + 800ms));
    QVERIFY(bucket.take(100'000, begin + 900ms));
    QVERIFY(!bucket.take(301, begin + 900ms));
}

void TestTokenBucket::withoutALimit()
{
    TokenBucket bucket;
    QVERIFY(bucket.isUnlimited());
    QVERIFY(bucket.take(std::numeric_limits<qint64>::max(), begin));
    QCOMPARE(bucket.delay(1'000'000, begin), 0ms);
    // Nothing is saved up while there is no limit.
    bucket.setRate(1000, begin + 10s);
    QVERIFY(!bucket.take(1, begin + 10s));
    bucket.setRate(0, begin + 10s);
    QVERIFY(bucket.take(1'000'000, begin + 10s));
}

void TestTokenBucket::whatIsGivenBackCanBeTaken()
{
    TokenBucket bucket = bucketOf(1'000'000);
    QVERIFY(bucket.take(60'000, begin + 60ms));
    bucket.giveBack(50'000);
    QVERIFY(bucket.take(50'000, begin + 60ms));
    bucket.giveBack(5'000'000);
    QVERIFY(!bucket.take(100'001, begin + 60ms));
}

void TestTokenBucket::oddRates()
{
    TokenBucket bucket = bucketOf(-5);
    QVERIFY(bucket.isUnlimited());
    bucket.setRate(std::numeric_limits<qint64>::max(), begin);
    QCOMPARE(bucket.rate(), TokenBucket::maxRate);
    QVERIFY(bucket.take(bucket.burst(), begin + 1h));
    QVERIFY2(!bucket.take(1, begin), "a clock that is behind gives nothing");
}

QTEST_APPLESS_MAIN(TestTokenBucket)
#include "tst_tokenbucket.moc"
