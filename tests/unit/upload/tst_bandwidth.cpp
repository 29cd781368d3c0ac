// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "support/fakeclock.h"
#include "upload/bandwidth.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QTest>

#include <algorithm>
#include <memory>
#include <vector>

using namespace ChatApp;
using namespace std::chrono_literals;

namespace {

constexpr qint64 endless = qint64{1} << 50;

//! A body without an end. `hesitant` reads as QNetworkAccessManager does: when it is woken 1 KiB,
//! and the rest in pieces of 16 KiB after a turn of the event loop.
class Body : public QObject {
public:
    Body(Bandwidth& bandwidth, bool hesitant)
        : m_hesitant(hesitant)
        , m_share(bandwidth, [this] { woken(); })
    {
    }

    void begin() { readOn(); }
    qint64 bytes() const { return m_bytes; }
    int wakes() const { return m_wakes; }

private:
    void woken()
    {
        ++m_wakes;
        if (!m_hesitant) {
            readOn();
            return;
        }
        m_bytes += m_share.take(1024, endless);
        QMetaObject::invokeMethod(
            this, [this] { readOn(); }, Qt::QueuedConnection);
    }

    void readOn()
    {
        while (const qint64 got = m_share.take(16'384, endless))
            m_bytes += got;
    }

    bool m_hesitant;
    qint64 m_bytes = 0;
    int m_wakes = 0;
    BandwidthShare m_share;
};

} // namespace

class TestBandwidth : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everybodyHasHisTurn();
    void nobodyWaitsWithoutALimit();
    void aLowerLimitTakesBackWhatWasGranted();
    void aHigherLimitWakesWhoWaits();
    void whoLeavesGivesBack();
    void noMoreIsGrantedThanTheBodyHas();
};

void TestBandwidth::everybodyHasHisTurn()
{
    constexpr qint64 rate = 4 * 1024 * 1024;
    constexpr qint64 turn = 64 * 1024;
    const SystemClock clock;
    Bandwidth bandwidth(clock);
    bandwidth.setLimit(rate);
    constexpr int count = 8;
    std::vector<std::unique_ptr<Body>> bodies;
    bodies.reserve(count);
    for (int i = 0; i < count; ++i)
        bodies.push_back(std::make_unique<Body>(bandwidth, i % 2 == 1));
    const auto total = [&bodies] {
        qint64 sum = 0;
        for (const auto& body : bodies)
            sum += body->bytes();
        return sum;
    };
    QElapsedTimer timer;
    timer.start();
    for (const auto& body : bodies)
        body->begin();
    QVERIFY(QTest::qWaitFor(
        [&] {
            // Asked before the time: what comes in between counts against us.
            const qint64 bytes = total();
            if (bytes > rate * (timer.elapsed() + 1) / 1000 + rate / 10)
                qFatal("too fast");
            return bytes >= rate;
        },
        20'000));
    const auto [least, most] =
        std::minmax_element(bodies.begin(), bodies.end(),
                            [](const auto& a, const auto& b) { return a->bytes() < b->bytes(); });
    QVERIFY2((*most)->bytes() - (*least)->bytes() <= 2 * turn,
             qPrintable(QStringLiteral("%1 to %2").arg((*least)->bytes()).arg((*most)->bytes())));
    for (const auto& body : bodies)
        QVERIFY2(body->wakes() <= body->bytes() / turn + 2, "woken for less than a turn");
}

void TestBandwidth::nobodyWaitsWithoutALimit()
{
    const FakeClock clock;
    Bandwidth bandwidth(clock);
    BandwidthShare share(bandwidth, [] { qFatal("woken for nothing"); });
    for (int i = 0; i < 100; ++i)
        QCOMPARE(share.take(65'536, endless), 65'536);
}

void TestBandwidth::aLowerLimitTakesBackWhatWasGranted()
{
    FakeClock clock;
    Bandwidth bandwidth(clock);
    bandwidth.setLimit(10'000'000);
    clock.advance(1s);
    BandwidthShare share(bandwidth, [] {});
    QCOMPARE(share.take(1024, endless), 1024);
    bandwidth.setLimit(1000);
    qint64 taken = 0;
    while (const qint64 got = share.take(65'536, endless))
        taken += got;
    QCOMPARE(taken, 1000);
}

void TestBandwidth::aHigherLimitWakesWhoWaits()
{
    for (const qint64 limit : {0LL, 100'000'000LL}) {
        const SystemClock clock;
        Bandwidth bandwidth(clock);
        bandwidth.setLimit(1);
        int wakes = 0;
        BandwidthShare share(bandwidth, [&wakes] { ++wakes; });
        QCOMPARE(share.take(65'536, endless), 0);
        QCOMPARE(share.take(65'536, endless), 0);
        QElapsedTimer timer;
        timer.start();
        bandwidth.setLimit(limit);
        QCOMPARE(wakes, 0);
        QTRY_COMPARE(wakes, 1);
        QVERIFY(share.take(65'536, endless) >= 65'536);
    }
}

void TestBandwidth::whoLeavesGivesBack()
{
    FakeClock clock;
    Bandwidth bandwidth(clock);
    bandwidth.setLimit(1'000'000);
    clock.advance(50ms);
    int wakes = 0;
    BandwidthShare other(bandwidth, [&wakes] { ++wakes; });
    {
        BandwidthShare share(bandwidth, [] { qFatal("woken after its end"); });
        QCOMPARE(share.take(1000, endless), 1000);
        BandwidthShare waits(bandwidth, [] { qFatal("woken after its end"); });
        QCOMPARE(waits.take(1000, endless), 0);
    }
    QCOMPARE(other.take(40'000, 40'000), 40'000);
    QCOMPARE(other.take(40'000, 40'000), 0);
    clock.advance(40ms);
    QTRY_COMPARE(wakes, 1);
}

//! Else many small files would keep from each other what none of them can use.
void TestBandwidth::noMoreIsGrantedThanTheBodyHas()
{
    FakeClock clock;
    Bandwidth bandwidth(clock);
    bandwidth.setLimit(1'000'000);
    clock.advance(100ms);
    constexpr int count = 100;
    std::vector<std::unique_ptr<BandwidthShare>> shares;
    shares.reserve(count);
    for (int i = 0; i < count; ++i) {
        shares.push_back(std::make_unique<BandwidthShare>(bandwidth, [] {}));
        QCOMPARE(shares.back()->take(1000, 1000), 1000);
    }
    BandwidthShare last(bandwidth, [] {});
    QCOMPARE(last.take(1, 1), 0);
}

QTEST_GUILESS_MAIN(TestBandwidth)
#include "tst_bandwidth.moc"
