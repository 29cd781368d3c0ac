// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accountwords.h"
#include "errortexts.h"
#include "formats.h"
#include "statewords.h"
#include "tones.h"
#include "translations.h"
#include "uifakes.h"
#include "widgets/summarybar.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtGui/QGuiApplication>
#include <QtGui/QPalette>
#include <QtTest/QTest>

using namespace ChatApp;

//! The words and colours of the window: complete, different from one another, readable.
class TestWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale::c()); }

    void everyErrorKindHasItsOwnWords()
    {
        QHash<QString, ErrorKind> titles;
        for (const ErrorKind kind : allErrorKinds()) {
            const ErrorWords words = errorWords(Error{.kind = kind});
            QVERIFY2(!words.title.isEmpty() && !words.explanation.isEmpty()
                         && !words.nextStep.isEmpty(),
                     qPrintable(errorKindName(kind)));
            QVERIFY2(!titles.contains(words.title),
                     qPrintable(errorKindName(kind) + QStringLiteral(" says the same as another: ")
                                + words.title));
            titles.insert(words.title, kind);
        }
        QVERIFY(titles.size() > 30);
    }

    void documentedCodesHaveTheirOwnWords_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("subscription")
            << QStringLiteral("Product.Unsubscript") << ErrorKind::NotSubscribed;
        QTest::newRow("permission")
            << QStringLiteral("Ram.PermissionDeny") << ErrorKind::PermissionDenied;
        QTest::newRow("limit") << QStringLiteral("System.LimitControl") << ErrorKind::Throttled;
        QTest::newRow("owner") << QStringLiteral("Unknown.ResourceOwnerId")
                               << ErrorKind::OwnerUnknown;
        QTest::newRow("key") << QStringLiteral("InvalidAccessKeyId.NotFound")
                             << ErrorKind::AccessKeyInvalid;
        QTest::newRow("key off") << QStringLiteral("InvalidAccessKeyId.Inactive")
                                 << ErrorKind::AccessKeyInvalid;
        QTest::newRow("clock") << QStringLiteral("InvalidTimeStamp.Expired")
                               << ErrorKind::ClockSkew;
        QTest::newRow("gateway throttle")
            << QStringLiteral("Throttling.User.Flow") << ErrorKind::Throttled;
        QTest::newRow("storage denied")
            << QStringLiteral("AccessDenied") << ErrorKind::PermissionDenied;
        QTest::newRow("storage token")
            << QStringLiteral("SecurityTokenExpired") << ErrorKind::TokenRejected;
    }

    void documentedCodesHaveTheirOwnWords()
    {
        QFETCH(QString, code);
        QFETCH(ErrorKind, kind);
        const ErrorWords words = errorWords(Error{.kind = kind, .code = code});
        const ErrorWords unknown = errorWords(Error{.kind = ErrorKind::Rejected});
        QVERIFY(words.title != unknown.title);
        QVERIFY(!words.nextStep.isEmpty());
        const bool ownWords = words.explanation != errorWords(Error{.kind = kind}).explanation
            || words.nextStep != errorWords(Error{.kind = kind}).nextStep
            || kind == ErrorKind::NotSubscribed;
        QVERIFY2(ownWords, "the code is not told apart from its kind");
    }

    void missingPermissionOffersThePolicy()
    {
        QVERIFY(isPermissionProblem(permissionError()));
        QVERIFY(!isPermissionProblem(
            Error{.kind = ErrorKind::PermissionDenied, .code = QStringLiteral("AccessDenied")}));
        QVERIFY(!isPermissionProblem(Error{.kind = ErrorKind::Tls}));

        const QJsonObject policy = QJsonDocument::fromJson(smallestRamPolicy().toUtf8()).object();
        QCOMPARE(policy.value(QStringLiteral("Version")).toString(), QStringLiteral("1"));
        const QJsonArray statements = policy.value(QStringLiteral("Statement")).toArray();
        QCOMPARE(statements.size(), 1);
        const QJsonObject statement = statements.first().toObject();
        QCOMPARE(statement.value(QStringLiteral("Action")).toArray().toVariantList(),
                 (QVariantList{QStringLiteral("cams:GetChatappUploadAuthorization")}));
        QCOMPARE(statement.value(QStringLiteral("Effect")).toString(), QStringLiteral("Allow"));
        QCOMPARE(statement.value(QStringLiteral("Resource")).toString(), QStringLiteral("*"));
    }

    void referenceAndDetailsNameTheRequest()
    {
        const Error error = permissionError();
        for (const QString& text :
             {errorReference(error), errorDetails(error, QStringLiteral("terms.docx"))}) {
            QVERIFY(text.contains(error.code));
            QVERIFY(text.contains(error.requestId));
            QVERIFY(text.contains(QStringLiteral("HTTP 400")));
        }
        QVERIFY(errorDetails(error, QStringLiteral("terms.docx")).startsWith(u"terms.docx"));
        QVERIFY(errorReference(Error{.kind = ErrorKind::FileMissing}).isEmpty());
    }

    void everyStateHasWordsAndASymbol()
    {
        QSet<QString> texts;
        for (int i = 0; i <= static_cast<int>(UploadState::Cancelled); ++i) {
            const UploadSnapshot upload = makeUpload(1, static_cast<UploadState>(i));
            const StateWords words = stateWords(upload, QDateTime::currentDateTimeUtc());
            QVERIFY(!words.text.isEmpty());
            QVERIFY2(QFile::exists(QStringLiteral(":/icons/%1.svg").arg(words.symbol)),
                     qPrintable(words.symbol));
            texts.insert(words.text);
        }
        // Putting and SendingParts are the same to people.
        QCOMPARE(texts.size(), static_cast<int>(UploadState::Cancelled));
    }

    void waitingSaysForWhatAndUntilWhen()
    {
        const Translations english;
        UploadSnapshot upload = makeUpload(1, UploadState::Waiting);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        upload.waitingFor = Error{.kind = ErrorKind::Offline};
        upload.waitingUntil = now.addSecs(4);
        QCOMPARE(stateWords(upload, now).text, QStringLiteral("Waiting for the network"));
        QCOMPARE(stateWords(upload, now).detail, QStringLiteral("next try in 4 seconds"));
        upload.waitingFor = Error{.kind = ErrorKind::Throttled};
        QVERIFY(stateWords(upload, now).text.contains(u"too many requests"));
    }

    void progressStaysBelowHundredUntilDone()
    {
        UploadSnapshot upload = makeUpload(1, UploadState::Verifying, {}, 1000);
        upload.bytesSent = 1000;
        QCOMPARE(progressPercent(upload), 99);
        upload.bytesSent = 2000;
        QCOMPARE(progressPercent(upload), 99);
        upload.record.state = UploadState::Done;
        QCOMPARE(progressPercent(upload), 100);
        QCOMPARE(progressPercent(makeUpload(1, UploadState::Putting, {}, 0)), 0);
    }

    void secretStatesAreFourDifferentSentences()
    {
        QSet<QString> texts;
        for (const SecretState state :
             {SecretState::Stored, SecretState::SessionOnly, SecretState::Locked,
              SecretState::Missing, SecretState::Denied, SecretState::NoStore}) {
            Account account;
            account.secretState = state;
            account.secretBackend = QStringLiteral("Secret Service");
            texts.insert(secretWords(account).text);
        }
        QCOMPARE(texts.size(), 6);
        Account locked;
        locked.secretState = SecretState::Locked;
        QVERIFY(secretWords(locked).text.contains(u"locked"));
        QVERIFY(!secretWords(locked).action.isEmpty());
    }

    void numbersAndTimesAreForPeople()
    {
        const Translations english;
        QCOMPARE(formatTimeLeft(std::chrono::milliseconds(400)), QStringLiteral("1 second left"));
        QCOMPARE(formatTimeLeft(std::chrono::seconds(12)), QStringLiteral("12 seconds left"));
        QCOMPARE(formatTimeLeft(std::chrono::seconds(70)), QStringLiteral("about 1 minute left"));
        QCOMPARE(formatTimeLeft(std::chrono::hours(3)), QStringLiteral("about 3 hours left"));
        QCOMPARE(formatTimeLeft({}), QString());
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QCOMPARE(formatWhen(now.addDays(-1), now), QStringLiteral("Yesterday"));
        QCOMPARE(shortenedKeyId(QStringLiteral("LTAI5tExampleKeyIdOfNobody")),
                 QStringLiteral("LTAI5t…body"));
    }

    void namesStayOnOneLineAndReadInOneDirection()
    {
        QCOMPARE(singleLine(QStringLiteral("a\nb")), QStringLiteral("a\u240ab"));
        QVERIFY(!singleLine(QStringLiteral("invoice\u202egnp.exe")).contains(QChar(u'\u202e')));
    }

    void summaryTellsHowMuchHowFastAndHowLong()
    {
        const Translations english;
        TransferTotals totals;
        totals.files = 12;
        totals.filesDone = 3;
        totals.bytes = 420'000'000;
        totals.bytesAcknowledged = 84'000'000;
        totals.bytesPerSecond = 4.2e6;
        totals.timeLeft = std::chrono::seconds(70);
        QCOMPARE(totalsText(totals, 5),
                 QStringLiteral("84.0 MB of 420.0 MB · 4.2 MB/s · about 1 minute left"));
        totals.filesFailed = 1;
        QVERIFY(!totalsText(totals, 0).contains(u"left"));
        QVERIFY(totalsText(totals, 0).contains(u"1 not sent"));
    }

    void stateColoursCanBeReadOnLightAndDark_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << QPalette(QColor(0xef, 0xef, 0xef));
        QTest::newRow("dark") << QPalette(QColor(0x24, 0x26, 0x2a));
        QPalette black{QColor(Qt::black)};
        black.setColor(QPalette::Highlight, QColor(0x10, 0x20, 0x40));
        QTest::newRow("black, dark accent") << black;
        QPalette yellow{QColor(Qt::white)};
        yellow.setColor(QPalette::Highlight, QColor(0xff, 0xe0, 0x40));
        QTest::newRow("white, yellow accent") << yellow;
    }

    void stateColoursCanBeReadOnLightAndDark()
    {
        QFETCH(QPalette, palette);
        const Tones tones(palette);
        const QColor base = palette.color(QPalette::Base);
        for (const Tone tone : {Tone::Neutral, Tone::Muted, Tone::Accent, Tone::Success,
                                Tone::Warning, Tone::Danger}) {
            QVERIFY2(contrastRatio(tones.of(tone), base) >= 4.5,
                     qPrintable(tones.of(tone).name() + QStringLiteral(" on ") + base.name()));
            QVERIFY2(contrastRatio(tones.of(tone), tones.accentSoft) >= 4.4,
                     qPrintable(tones.of(tone).name() + QStringLiteral(" on selection ")
                                + tones.accentSoft.name()));
        }
    }
};

QTEST_MAIN(TestWords)
#include "tst_words.moc"
