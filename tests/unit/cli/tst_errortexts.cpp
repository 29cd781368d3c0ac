// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/errortexts.h"

#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace ChatApp;

class TestErrorTexts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasItsOwnWords();
    void particularsAreSaid();
    void usageSaysItsSentence();
    void answersCannotDriveTheTerminal();
};

void TestErrorTexts::everyKindHasItsOwnWords()
{
    QSet<QString> seen;
    for (const ErrorKind kind : allErrorKinds()) {
        const ErrorText text = errorText(kind);
        QVERIFY2(!text.what.isEmpty(), qPrintable(errorKindName(kind)));
        QVERIFY2(!text.nextStep.isEmpty(), qPrintable(errorKindName(kind)));
        QVERIFY2(!seen.contains(text.what), qPrintable(text.what));
        seen.insert(text.what);
    }
}

void TestErrorTexts::particularsAreSaid()
{
    const QString text = errorLines({.kind = ErrorKind::PermissionDenied,
                                     .code = QStringLiteral("Ram.PermissionDeny"),
                                     .message = QStringLiteral("No permission."),
                                     .httpStatus = 400,
                                     .requestId = QStringLiteral("ABC-1")});
    for (const char* part : {"No permission.", "Ram.PermissionDeny", "HTTP 400", "request ABC-1",
                             "cams:GetChatappUploadAuthorization"})
        QVERIFY2(text.contains(QLatin1String(part)), part);
}

void TestErrorTexts::usageSaysItsSentence()
{
    const QString text =
        errorLines({.kind = ErrorKind::Usage, .message = QStringLiteral("no file is named")});
    QVERIFY(text.startsWith(QLatin1String("no file is named\n")));
    QVERIFY(text.contains(QLatin1String("--help")));
}

void TestErrorTexts::answersCannotDriveTheTerminal()
{
    const QString text = errorLines({.kind = ErrorKind::Rejected,
                                     .code = QStringLiteral("a\x1b[1m"),
                                     .message = QStringLiteral("one\ntwo\x1b[2J"),
                                     .requestId = QStringLiteral("\r")});
    QVERIFY(!text.contains(QLatin1Char('\x1b')));
    QVERIFY(!text.contains(QLatin1Char('\r')));
    QVERIFY(text.contains(QLatin1String("one\\ntwo")));
}

QTEST_GUILESS_MAIN(TestErrorTexts)
#include "tst_errortexts.moc"
