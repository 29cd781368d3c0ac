// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/networkwatch.h"

#include <QtTest/QtTest>

using namespace ChatApp;

class TestNetworkWatch : public QObject {
    Q_OBJECT
private:
    static ErrorKind judged(NetworkWatch& watch, ErrorKind kind)
    {
        return watch.judge(Error{.kind = kind}).kind;
    }

private Q_SLOTS:
    //! The system's word decides about whatever a missing network looks like, and about nothing
    //! else.
    void systemIsBelieved()
    {
        NetworkWatch watch;
        QSignalSpy returned(&watch, &NetworkWatch::returned);
        QCOMPARE(judged(watch, ErrorKind::Timeout), ErrorKind::Timeout);
        watch.setOffline(true);
        QCOMPARE(judged(watch, ErrorKind::Timeout), ErrorKind::Offline);
        QCOMPARE(judged(watch, ErrorKind::ConnectionRefused), ErrorKind::Offline);
        QCOMPARE(judged(watch, ErrorKind::FileChanged), ErrorKind::FileChanged);
        watch.setOffline(true);
        QCOMPARE(returned.count(), 0);
        watch.setOffline(false);
        QCOMPARE(returned.count(), 1);
        watch.setOffline(false);
        QCOMPARE(returned.count(), 1);
    }

    void unresolvedNamesAfterAnswersMeanOffline()
    {
        NetworkWatch watch;
        QSignalSpy returned(&watch, &NetworkWatch::returned);
        watch.answered();
        QCOMPARE(judged(watch, ErrorKind::Dns), ErrorKind::Dns);
        QCOMPARE(judged(watch, ErrorKind::Dns), ErrorKind::Offline);
        QCOMPARE(judged(watch, ErrorKind::Timeout), ErrorKind::Offline);
        const Error refusal = watch.judge(Error{.kind = ErrorKind::Rejected, .httpStatus = 400});
        QCOMPARE(refusal.kind, ErrorKind::Rejected);
        QCOMPARE(returned.count(), 1);
        QCOMPARE(judged(watch, ErrorKind::Timeout), ErrorKind::Timeout);
    }

    //! It answers in the service's place; whoever waits for the network would wake in vain.
    void aPortalIsNoService()
    {
        NetworkWatch watch;
        QSignalSpy returned(&watch, &NetworkWatch::returned);
        watch.answered();
        QCOMPARE(judged(watch, ErrorKind::Dns), ErrorKind::Dns);
        QCOMPARE(judged(watch, ErrorKind::Dns), ErrorKind::Offline);
        const Error page = watch.judge(Error{.kind = ErrorKind::Intercepted, .httpStatus = 200});
        QCOMPARE(page.kind, ErrorKind::Intercepted);
        QCOMPARE(returned.count(), 0);
        QCOMPARE(judged(watch, ErrorKind::Timeout), ErrorKind::Offline);
    }

    void namesThatNeverResolvedMayBeMisspelt()
    {
        NetworkWatch watch;
        for (int i = 0; i < 5; ++i)
            QCOMPARE(judged(watch, ErrorKind::Dns), ErrorKind::Dns);
    }
};

QTEST_APPLESS_MAIN(TestNetworkWatch)
#include "tst_networkwatch.moc"
