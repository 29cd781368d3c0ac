// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/exitcode.h"

#include <QtTest/QTest>

using namespace ChatApp;

class TestExitCode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void run_data();
    void run();
};

void TestExitCode::run_data()
{
    QTest::addColumn<QList<ErrorKind>>("failures");
    QTest::addColumn<int>("code");

    const auto row = [](const char* name, const QList<ErrorKind>& failures, int code) {
        QTest::newRow(name) << failures << code;
    };
    using enum ErrorKind;
    row("none", {}, 0);
    row("missing file", {FileMissing}, 1);
    row("unreadable file", {FileUnreadable}, 1);
    row("name not UTF-8", {FileNameNotUtf8}, 1);
    row("changed file", {FileChanged}, 1);
    row("usage", {Usage}, 2);
    row("plain http", {PlainHttpRefused}, 2);
    row("AccessKey", {AccessKeyInvalid}, 3);
    row("signature", {SignatureRejected}, 3);
    row("Product.Unsubscript", {NotSubscribed}, 3);
    row("Ram.PermissionDeny", {PermissionDenied}, 3);
    row("Unknown.ResourceOwnerId", {OwnerUnknown}, 3);
    row("DNS", {Dns}, 4);
    row("TLS", {Tls}, 4);
    row("proxy", {Proxy}, 4);
    row("refused", {ConnectionRefused}, 4);
    row("timeout", {Timeout}, 4);
    row("throttled", {Throttled}, 4);
    row("profile in use", {ProfileInUse}, 5);
    row("one class", {Dns, Tls, Throttled}, 4);
    row("one other class", {PermissionDenied, SignatureRejected}, 3);
    row("several classes", {Dns, PermissionDenied}, 1);
    row("a file among them", {Dns, FileMissing, Dns}, 1);
}

void TestExitCode::run()
{
    QFETCH(QList<ErrorKind>, failures);
    QFETCH(int, code);
    QCOMPARE(static_cast<int>(exitCodeOf(failures)), code);
}

QTEST_GUILESS_MAIN(TestExitCode)
#include "tst_exitcode.moc"
