// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <csignal>

namespace {

constexpr int patience = 20'000;

//! The ids of the display's visible windows with this title.
QStringList windowsTitled(const QString& title)
{
    QProcess search;
    search.start(QStringLiteral("xdotool"),
                 {QStringLiteral("search"), QStringLiteral("--onlyvisible"),
                  QStringLiteral("--name"), QLatin1Char('^') + title + QLatin1Char('$')});
    search.waitForFinished();
    return QString::fromUtf8(search.readAllStandardOutput())
        .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

void pressInWindow(const QString& window, const QString& key)
{
    QProcess::execute(QStringLiteral("xdotool"),
                      {QStringLiteral("windowactivate"), QStringLiteral("--sync"), window,
                       QStringLiteral("key"), key});
}

} // namespace

//! The program as it is shipped, as a process on a display: it shows itself, and leaves cleanly.
class TestWindowProcess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }

    void showsItselfAndLeavesOnTerminate_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("title");
        QTest::newRow("profile") << QStringList{QStringLiteral("--profile"),
                                                m_folder.filePath(QStringLiteral("a"))}
                                 << QStringLiteral("ChatApp Uploader");
        QTest::newRow("sandbox") << QStringList{QStringLiteral("--sandbox"),
                                                QStringLiteral(CHATAPP_SOURCE_DIR
                                                               "/resources/sample/welcome.png")}
                                 << QStringLiteral("ChatApp Uploader — practice");
    }

    void showsItselfAndLeavesOnTerminate()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, title);
        QProcess program;
        start(program, arguments);
        QTRY_COMPARE_WITH_TIMEOUT(windowsTitled(title).size(), 1, patience);
        ::kill(static_cast<pid_t>(program.processId()), SIGTERM);
        QVERIFY(program.waitForFinished(patience));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
    }

    void leavesWithoutAQuestionWhenNothingRuns()
    {
        QProcess program;
        start(program, {QStringLiteral("--profile"), m_folder.filePath(QStringLiteral("b"))});
        const QString title = QStringLiteral("ChatApp Uploader");
        QTRY_COMPARE_WITH_TIMEOUT(windowsTitled(title).size(), 1, patience);
        pressInWindow(windowsTitled(title).first(), QStringLiteral("ctrl+q"));
        QVERIFY(program.waitForFinished(patience));
        QCOMPARE(program.exitCode(), 0);
        QVERIFY(QFileInfo::exists(m_folder.filePath(QStringLiteral("b"))));
    }

    void saysWhatItTakes()
    {
        QProcess program;
        start(program, {QStringLiteral("--help")});
        QVERIFY(program.waitForFinished(patience));
        QCOMPARE(program.exitCode(), 0);
        const QByteArray help = program.readAllStandardOutput();
        for (const char* option : {"--profile", "--sandbox", "--space", "FILE"})
            QVERIFY2(help.contains(option), option);
    }

private:
    static void start(QProcess& program, const QStringList& arguments)
    {
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program.start(QStringLiteral(CHATAPP_BIN_DIR "/chatapp-uploader"), arguments);
        QVERIFY(program.waitForStarted(patience));
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestWindowProcess)
#include "tst_windowprocess.moc"
