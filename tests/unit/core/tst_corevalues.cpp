// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/backoff.h"
#include "core/clock.h"
#include "core/error.h"
#include "core/random.h"
#include "core/ratelimiter.h"
#include "core/result.h"
#include "core/retrypolicy.h"
#include "core/secretstring.h"

#include <QtCore/QDebug>
#include <QtCore/QSet>
#include <QtTest/QtTest>

#include <type_traits>

using namespace ChatApp;
using std::chrono::milliseconds;

namespace {

class SetClock final : public Clock {
public:
    QDateTime now() const override { return time; }
    milliseconds monotonic() const override { return milliseconds{time.toMSecsSinceEpoch()}; }
    QDateTime time = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
};

template <typename T>
concept Printable = requires(QDebug debug, const T& value)
{
    debug << value;
};
template <typename T>
concept Comparable = requires(const T& value)
{
    value == value;
};

} // namespace

class TestCoreValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void errorNamesAreUniqueAndReversible();
    void resultHoldsOneSide();
    void secretIsNotPrintable();
    void secretLeavesOthersBytesAlone();
    void rateLimiterNeverExceedsItsWindow_data();
    void rateLimiterNeverExceedsItsWindow();
    void rateLimiterHonoursBlock();
    void rateLimiterCountsWhatIsNotRecorded();
    void backoffStaysInItsBounds();
    void serverClockLearns();
    void httpDates();
    void randomTextIsOfItsAlphabet();
    void everyKindHasARetryClass();
};

void TestCoreValues::errorNamesAreUniqueAndReversible()
{
    QSet<QString> names;
    for (const ErrorKind kind : allErrorKinds()) {
        const QString name = errorKindName(kind);
        QVERIFY2(!names.contains(name), qPrintable(name));
        names.insert(name);
        QCOMPARE(errorKindFromName(name), kind);
    }
    QCOMPARE(errorKindFromName(QStringLiteral("from a newer version")), ErrorKind::Internal);
}

void TestCoreValues::resultHoldsOneSide()
{
    const Result<int> good(7);
    QVERIFY(good);
    QCOMPARE(*good, 7);
    const Result<int> bad(Error{.kind = ErrorKind::Dns});
    QVERIFY(!bad);
    QCOMPARE(bad.error().kind, ErrorKind::Dns);
    bool thrown = false;
    try {
        Q_UNUSED(bad.value());
    } catch (const std::bad_variant_access&) {
        thrown = true;
    }
    QVERIFY2(thrown, "the wrong side cannot be read");
    const Result<void> done;
    QVERIFY(done);
}

void TestCoreValues::secretIsNotPrintable()
{
    static_assert(!Printable<SecretString>);
    static_assert(!Comparable<SecretString>);
    static_assert(!std::is_convertible_v<SecretString, QString>);
    static_assert(!std::is_convertible_v<SecretString, QByteArray>);
    static_assert(!std::is_convertible_v<QByteArray, SecretString>);
    QVERIFY(SecretString().isEmpty());
    QCOMPARE(SecretString::copyOf("ExampleSecret").expose(), QByteArray("ExampleSecret"));
}

void TestCoreValues::secretLeavesOthersBytesAlone()
{
    QByteArray shared("ExampleSecret-shared");
    QByteArray copy = shared;
    const SecretString secret(std::move(copy));
    QCOMPARE(shared, QByteArray("ExampleSecret-shared"));
    QCOMPARE(secret.expose(), shared);
}

void TestCoreValues::rateLimiterNeverExceedsItsWindow_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("windowMs");
    QTest::addColumn<int>("stepMs");
    QTest::newRow("service") << 5 << 1050 << 1;
    QTest::newRow("one") << 1 << 100 << 7;
    QTest::newRow("coarse") << 5 << 1000 << 333;
}

void TestCoreValues::rateLimiterNeverExceedsItsWindow()
{
    QFETCH(int, limit);
    QFETCH(int, windowMs);
    QFETCH(int, stepMs);
    RateLimiter limiter(limit, milliseconds{windowMs});
    QList<int> starts;
    for (int now = 0; now < 20'000; now += stepMs) {
        while (limiter.delay(milliseconds{now}).count() == 0) {
            limiter.record(milliseconds{now});
            starts.append(now);
        }
        // What it promises is exact: one millisecond before it is still too early.
        const int wait = static_cast<int>(limiter.delay(milliseconds{now}).count());
        QVERIFY(limiter.delay(milliseconds{now + wait - 1}).count() > 0);
        QCOMPARE(limiter.delay(milliseconds{now + wait}).count(), 0);
    }
    for (qsizetype i = limit; i < starts.size(); ++i)
        QVERIFY(starts.at(i) - starts.at(i - limit) >= windowMs);
    QVERIFY(starts.size() >= 20'000 / (windowMs + stepMs) * limit);
}

void TestCoreValues::rateLimiterHonoursBlock()
{
    RateLimiter limiter(5, milliseconds{1000});
    limiter.blockUntil(milliseconds{5000});
    limiter.blockUntil(milliseconds{3000});
    QCOMPARE(limiter.delay(milliseconds{4999}).count(), 1);
    QCOMPARE(limiter.delay(milliseconds{5000}).count(), 0);
}

//! A start whose time is still open takes its place for as long as that.
void TestCoreValues::rateLimiterCountsWhatIsNotRecorded()
{
    RateLimiter limiter(2, milliseconds{1000});
    QCOMPARE(limiter.delay(milliseconds{0}, 1).count(), 0);
    QVERIFY(limiter.delay(milliseconds{0}, 2).count() > 0);
    QVERIFY(limiter.delay(milliseconds{9000}, 2).count() > 0);
    limiter.record(milliseconds{9000}); // one of the two was answered
    QCOMPARE(limiter.delay(milliseconds{9000}, 1).count(), 1000);
    QCOMPARE(limiter.delay(milliseconds{9999}, 1).count(), 1);
    QCOMPARE(limiter.delay(milliseconds{10'000}, 1).count(), 0);
}

void TestCoreValues::backoffStaysInItsBounds()
{
    const Backoff backoff(milliseconds{200}, milliseconds{20'000});
    QCOMPARE(backoff.delay(0, 0.0).count(), 0);
    QVERIFY(backoff.delay(0, 0.9999).count() < 200);
    QCOMPARE(backoff.delay(3, 0.5).count(), 800);
    QVERIFY(backoff.delay(100, 0.9999).count() < 20'000);
    QVERIFY(backoff.delay(100, 0.9999).count() > 19'000);
    QCOMPARE(backoff.delay(0, 0.1, milliseconds{1500}).count(), 1500);
}

void TestCoreValues::serverClockLearns()
{
    SetClock local;
    ServerClock server(local);
    server.learn(local.time.addMSecs(1500));
    QCOMPARE(server.offset().count(), 0);
    server.learn(local.time.addSecs(-3600));
    QCOMPARE(server.now(), local.time.addSecs(-3600));
    server.learn(QDateTime());
    QCOMPARE(server.offset().count(), -3'600'000);
}

void TestCoreValues::httpDates()
{
    const QDateTime time = parseHttpDate("Thu, 26 Oct 2023 10:22:32 GMT");
    QCOMPARE(time, QDateTime(QDate(2023, 10, 26), QTime(10, 22, 32), Qt::UTC));
    QVERIFY(!parseHttpDate("yesterday").isValid());
    QVERIFY(!parseHttpDate("").isValid());
}

void TestCoreValues::randomTextIsOfItsAlphabet()
{
    QSet<QByteArray> seen;
    QSet<char> letters;
    for (int i = 0; i < 200; ++i) {
        const QByteArray text = randomBase32(16);
        QCOMPARE(text.size(), 16);
        for (const char c : text) {
            QVERIFY((c >= 'a' && c <= 'z') || (c >= '2' && c <= '7'));
            letters.insert(c);
        }
        seen.insert(text);
    }
    QCOMPARE(seen.size(), 200);
    QCOMPARE(letters.size(), 32);
    QCOMPARE(randomNonce().size(), 32);
}

void TestCoreValues::everyKindHasARetryClass()
{
    QCOMPARE(retryClass(ErrorKind::Timeout), RetryClass::Transient);
    QCOMPARE(retryClass(ErrorKind::Throttled), RetryClass::Transient);
    QCOMPARE(retryClass(ErrorKind::TokenRejected), RetryClass::RefreshCredentials);
    QCOMPARE(retryClass(ErrorKind::PermissionDenied), RetryClass::Permanent);
    QCOMPARE(retryClass(ErrorKind::Tls), RetryClass::Permanent);
    int permanent = 0;
    for (const ErrorKind kind : allErrorKinds())
        permanent += retryClass(kind) == RetryClass::Permanent ? 1 : 0;
    // A new kind is Permanent only on purpose: whoever adds one decides here too.
    QCOMPARE(permanent, 31);
}

QTEST_APPLESS_MAIN(TestCoreValues)
#include "tst_corevalues.moc"
