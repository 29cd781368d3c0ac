// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/signingbook.h"

#include <QtTest/QTest>

using namespace ChatApp;

namespace {

const SigningChoice v1{QString(), true};

SigningChoice v4(const char* region)
{
    return {QString::fromLatin1(region), false};
}

SigningTarget targetAt(const char* host, const char* preferred = "")
{
    return {.bucket = QStringLiteral("media"),
            .endpoint = {.scheme = "https", .host = host, .port = -1},
            .preferredRegion = QString::fromLatin1(preferred)};
}

SigningFacts factsAt(const char* host, const char* region, bool v1Only = false)
{
    return {.bucket = QStringLiteral("media"),
            .endpoint = QString::fromLatin1(host),
            .region = QString::fromLatin1(region),
            .v1Only = v1Only};
}

} // namespace

class TestSigningBook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firstChoice_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("preferred");
        QTest::addColumn<QString>("region");
        const auto row = [](const char* host, const char* preferred, const char* region) {
            QTest::addRow("%s %s", host, preferred)
                << QByteArray(host) << QByteArray(preferred) << QString::fromLatin1(region);
        };
        row("oss-cn-beijing.aliyuncs.com", "", "cn-beijing");
        row("oss-cn-beijing.aliyuncs.com", "us-west-1", "cn-beijing"); // the host knows best
        row("media.example.com", "us-west-1", "us-west-1");
        row("media.example.com", "", "ap-southeast-1");
        row("127.0.0.1", "", "ap-southeast-1");
    }
    void firstChoice()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, preferred);
        const SigningChoice choice =
            SigningBook().first(targetAt(host.constData(), preferred.constData()));
        QVERIFY(!choice.v1);
        QTEST(choice.region, "region");
    }

    void namedRegionIsTriedBeforeV1()
    {
        SigningBook book;
        const SigningTarget target = targetAt("media.example.com");
        QList<SigningChoice> tried{book.first(target)};
        tried.append(*book.next(target, tried, QStringLiteral("cn-beijing")));
        QCOMPARE(tried.constLast(), v4("cn-beijing"));
        tried.append(*book.next(target, tried, QStringLiteral("cn-beijing")));
        QCOMPARE(tried.constLast(), v1);
        QVERIFY(!book.next(target, tried, QString()).has_value());
    }

    void namingTheRefusedRegionIsNoHelp()
    {
        SigningBook book;
        const SigningTarget target = targetAt("media.example.com");
        QCOMPARE(book.next(target, {v4("ap-southeast-1")}, QStringLiteral("ap-southeast-1")), v1);
    }

    void whatWorkedIsRemembered()
    {
        SigningBook book;
        const SigningTarget target = targetAt("media.example.com");
        QCOMPARE(book.worked(target, v4("cn-beijing")), factsAt("media.example.com", "cn-beijing"));
        QVERIFY(!book.worked(target, v4("cn-beijing")).has_value()); // no news
        QCOMPARE(book.first(target), v4("cn-beijing"));
        // For this bucket at this endpoint only.
        QCOMPARE(book.first(targetAt("other.example.com")), v4("ap-southeast-1"));
        SigningTarget otherBucket = target;
        otherBucket.bucket = QStringLiteral("other");
        QCOMPARE(book.first(otherBucket), v4("ap-southeast-1"));
    }

    //! Of requests that were refused together, the later ones follow the first that got through.
    void othersFollowTheOneThatGotThrough()
    {
        SigningBook book;
        const SigningTarget target = targetAt("media.example.com");
        const QList<SigningChoice> tried{book.first(target)};
        book.worked(target, v4("cn-beijing"));
        QCOMPARE(book.next(target, tried, QString()), v4("cn-beijing"));
    }

    void noV1WhereV4Works()
    {
        SigningBook book;
        const SigningTarget target = targetAt("media.example.com");
        book.worked(target, v4("ap-southeast-1"));
        QVERIFY(!book.next(target, {v4("ap-southeast-1")}, QString()).has_value());
        // Nor does one V1 success of a request that was on its way make the bucket V1.
        QVERIFY(!book.worked(target, v1).has_value());
        QCOMPARE(book.first(target), v4("ap-southeast-1"));
        // The same for what an earlier run knew.
        SigningBook later;
        later.setKnown(factsAt("media.example.com", "cn-beijing"));
        QCOMPARE(later.first(target), v4("cn-beijing"));
        QVERIFY(!later.next(target, {v4("cn-beijing")}, QString()).has_value());
        QCOMPARE(later.next(target, {v4("cn-beijing")}, QStringLiteral("us-west-1")),
                 v4("us-west-1"));
    }

    void v1OnlyIsRememberedAndGivenUp()
    {
        SigningBook book;
        const SigningTarget target = targetAt("media.example.com");
        QCOMPARE(book.worked(target, v1), factsAt("media.example.com", "", true));
        QCOMPARE(book.first(target), v1);
        QCOMPARE(book.next(target, {v1}, QString()), v4("ap-southeast-1"));
        QCOMPARE(book.worked(target, v4("ap-southeast-1")),
                 factsAt("media.example.com", "ap-southeast-1"));
        QCOMPARE(book.first(target), v4("ap-southeast-1"));
    }

    //! A region set by hand gives V4 another chance, once.
    void newPreferenceOverrulesV1()
    {
        SigningBook book;
        book.setKnown(factsAt("media.example.com", "", true));
        const SigningTarget target = targetAt("media.example.com", "cn-beijing");
        QCOMPARE(book.first(target), v4("cn-beijing"));
        QCOMPARE(book.next(target, {v4("cn-beijing")}, QString()), v1);
        QCOMPARE(book.first(target), v1);
    }

    void emptyFactsAreNoFacts()
    {
        SigningBook book;
        book.setKnown(factsAt("media.example.com", ""));
        QCOMPARE(book.first(targetAt("media.example.com")), v4("ap-southeast-1"));
    }
};

QTEST_GUILESS_MAIN(TestSigningBook)
#include "tst_signingbook.moc"
