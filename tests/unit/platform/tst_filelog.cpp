// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/filelog.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtTest/QTest>

#include <memory>
#include <vector>

using namespace ChatApp;

namespace {

QByteArray contentsOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestFileLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messagesAreWrittenRedactedOnOneLine();
    void onlyTheOwnerCanRead();
    void sizeStaysBounded();
    void aSecondRunAppends();
    void threadsDoNotMixLines();
    void anotherProgramsRotationIsFollowed();
    void messagesGoElsewhereAfterwards();
    void aFolderThatCannotBeMadeStopsNothing();
};

void TestFileLog::messagesAreWrittenRedactedOnOneLine()
{
    const QTemporaryDir folder;
    {
        const FileLog log(folder.path());
        qWarning("name\nwith a line\x1b[31m and Signature=0a1b2c");
    }
    const QByteArray text = contentsOf(folder.filePath(QStringLiteral("chatapp-uploader.log")));
    QCOMPARE(text.count('\n'), 1);
    QVERIFY2(text.endsWith(" W default: name\\nwith a line\\x1b[31m and Signature=[hidden]\n"),
             text.constData());
}

void TestFileLog::onlyTheOwnerCanRead()
{
    const QTemporaryDir folder;
    const QString state = folder.filePath(QStringLiteral("a/state"));
    const FileLog log(state);
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther
        | QFile::WriteOther | QFile::ExeGroup | QFile::ExeOther;
    QVERIFY((QFileInfo(state).permissions() & others) == QFile::Permissions());
    QVERIFY((QFileInfo(log.file()).permissions() & others) == QFile::Permissions());
}

void TestFileLog::sizeStaysBounded()
{
    const QTemporaryDir folder;
    {
        const FileLog log(folder.path(), {.bytesPerFile = 2000, .files = 3});
        for (int i = 0; i < 500; ++i)
            qWarning("message %d", i);
    }
    const QFileInfoList files = QDir(folder.path()).entryInfoList(QDir::Files);
    QCOMPARE(files.size(), 3);
    for (const QFileInfo& file : files)
        QVERIFY(file.size() <= 2000);
    QVERIFY(contentsOf(folder.filePath(QStringLiteral("chatapp-uploader.log")))
                .contains("message 499\n"));
    QVERIFY(!contentsOf(folder.filePath(QStringLiteral("chatapp-uploader.2.log")))
                 .contains("message 499\n"));
}

void TestFileLog::aSecondRunAppends()
{
    const QTemporaryDir folder;
    for (const char* message : {"first run", "second run"}) {
        const FileLog log(folder.path());
        qWarning("%s", message);
    }
    const QByteArray text = contentsOf(folder.filePath(QStringLiteral("chatapp-uploader.log")));
    QVERIFY(text.indexOf("first run") >= 0);
    QVERIFY(text.indexOf("second run") > text.indexOf("first run"));
}

void TestFileLog::threadsDoNotMixLines()
{
    constexpr int threadCount = 4;
    constexpr int messages = 200;
    const QTemporaryDir folder;
    {
        const FileLog log(folder.path(), {.bytesPerFile = 8000, .files = 100});
        std::vector<std::unique_ptr<QThread>> threads;
        for (int i = 0; i < threadCount; ++i) {
            threads.emplace_back(QThread::create([] {
                for (int n = 0; n < messages; ++n)
                    qWarning("a line of its own");
            }));
            threads.back()->start();
        }
        for (const std::unique_ptr<QThread>& thread : threads)
            QVERIFY(thread->wait());
    }
    qsizetype lines = 0;
    for (const QFileInfo& file : QDir(folder.path()).entryInfoList(QDir::Files)) {
        for (const QByteArray& line : contentsOf(file.filePath()).split('\n')) {
            if (line.isEmpty())
                continue;
            QVERIFY2(line.endsWith("W default: a line of its own"), line.constData());
            QCOMPARE(line.count("default"), 1);
            ++lines;
        }
    }
    QCOMPARE(lines, threadCount * messages);
}

void TestFileLog::anotherProgramsRotationIsFollowed()
{
    const QTemporaryDir folder;
    const QString current = folder.filePath(QStringLiteral("chatapp-uploader.log"));
    const QString older = folder.filePath(QStringLiteral("chatapp-uploader.1.log"));
    const FileLog log(folder.path(), {.bytesPerFile = 100, .files = 3});
    qWarning("%s", QByteArray(90, 'a').constData());
    QVERIFY(QFile::rename(current, older));
    QFile other(current);
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.close();

    qWarning("after");

    QVERIFY(contentsOf(current).contains("after"));
    QVERIFY(contentsOf(older).contains("aaa"));
}

void TestFileLog::messagesGoElsewhereAfterwards()
{
    const QTemporaryDir folder;
    {
        const FileLog log(folder.path());
    }
    QTest::ignoreMessage(QtWarningMsg, "not for the file");
    qWarning("not for the file");
    QCOMPARE(contentsOf(folder.filePath(QStringLiteral("chatapp-uploader.log"))), QByteArray());
}

void TestFileLog::aFolderThatCannotBeMadeStopsNothing()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("file"));
    QFile taken(file);
    QVERIFY(taken.open(QIODevice::WriteOnly));
    const FileLog log(file + QLatin1String("/state"));
    qInfo("nobody sees this");
    QVERIFY(!QFile::exists(log.file()));
}

QTEST_GUILESS_MAIN(TestFileLog)
#include "tst_filelog.moc"
