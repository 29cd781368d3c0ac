// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/folderwalk.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace ChatApp;

namespace {

struct Outcome {
    QStringList files; // below the folder
    QMap<QString, Error> skipped;
    qsizetype largestPortion = 0;
};

Outcome walkAll(const QString& folder, qsizetype most = 3)
{
    FolderWalk walk(folder, nullptr);
    Outcome outcome;
    bool finished = false;
    while (!finished) {
        const FolderWalk::Portion portion = walk.next(most);
        for (const QString& file : portion.files)
            outcome.files.append(file.mid(walk.top().size() + 1));
        for (const FolderWalk::Skipped& skipped : portion.skipped)
            outcome.skipped.insert(skipped.path.mid(walk.top().size() + 1), skipped.error);
        outcome.largestPortion =
            qMax(outcome.largestPortion, portion.files.size() + portion.skipped.size());
        finished = portion.finished;
    }
    return outcome;
}

} // namespace

class TestFolderWalk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void orderIsNaturalAndStable();
    void portionsAreBounded();
    void hiddenEntriesAreLeftOut();
    void linksToFilesAreFollowed();
    void loopsEnd();
    void noFolderIsEnteredTwice();
    void manyWaysAreNotManyVisits();
    void specialFilesAreSkipped();
    void namesThatAreNotUtf8();
    void deepFolders();
    void pathsTooLongToOpen();
    void unreadableFolder();
    void foldersThatGoDuringTheWalk();
    void foldersThatAreNone();
    void stopsAtOnce();

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }
    QByteArray native(const char* name) const
    {
        return QFile::encodeName(m_folder->path()) + '/' + name;
    }
    void file(const QString& name) const;
    void folder(const QString& name) const { QVERIFY(QDir().mkpath(path(name))); }
    void link(const char* target, const char* name) const
    {
        QCOMPARE(::symlink(target, native(name).constData()), 0);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFolderWalk::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestFolderWalk::cleanup()
{
    // Names that are not UTF-8 and paths of any length go this way; not with Qt's classes.
    std::filesystem::remove_all(QFile::encodeName(m_folder->path()).toStdString());
}

void TestFolderWalk::file(const QString& name) const
{
    QFile made(path(name));
    QVERIFY2(made.open(QIODevice::WriteOnly), qPrintable(name));
}

void TestFolderWalk::orderIsNaturalAndStable()
{
    folder(QStringLiteral("b/inner"));
    folder(QStringLiteral("a10"));
    folder(QStringLiteral("a9"));
    for (const char* name : {"10.png", "2.png", "1.png", "01.png", "z", "b/2", "b/inner/1", "a10/x",
                             "a9/x", "img12a", "img3b", "图.png", "\"quoted\".png"})
        file(QString::fromUtf8(name));
    const QStringList expected{
        QStringLiteral("\"quoted\".png"), QStringLiteral("01.png"), QStringLiteral("1.png"),
        QStringLiteral("2.png"),          QStringLiteral("10.png"), QStringLiteral("img3b"),
        QStringLiteral("img12a"),         QStringLiteral("z"),      QStringLiteral("图.png"),
        QStringLiteral("a9/x"),           QStringLiteral("a10/x"),  QStringLiteral("b/2"),
        QStringLiteral("b/inner/1")};
    QCOMPARE(walkAll(m_folder->path()).files, expected);
    QCOMPARE(walkAll(m_folder->path() + QStringLiteral("//"), 1).files, expected);
}

void TestFolderWalk::portionsAreBounded()
{
    for (int i = 0; i < 25; ++i) {
        folder(QStringLiteral("d%1").arg(i % 5));
        file(QStringLiteral("d%1/%2").arg(i % 5).arg(i));
        QCOMPARE(::mkfifo(native(qPrintable(QStringLiteral("fifo%1").arg(i))).constData(), 0600),
                 0);
    }
    const Outcome outcome = walkAll(m_folder->path(), 4);
    QCOMPARE(outcome.files.size(), 25);
    QCOMPARE(outcome.skipped.size(), 25);
    QCOMPARE(outcome.largestPortion, 4);
}

void TestFolderWalk::hiddenEntriesAreLeftOut()
{
    folder(QStringLiteral(".git/objects"));
    for (const char* name :
         {".git/config", ".git/objects/x", ".DS_Store", "Thumbs.db", "desktop.ini", "a.png"})
        file(QString::fromUtf8(name));
    const Outcome outcome = walkAll(m_folder->path());
    QCOMPARE(outcome.files, QStringList{QStringLiteral("a.png")});
    QVERIFY(outcome.skipped.isEmpty());
    // Named itself, it is meant.
    QCOMPARE(walkAll(path(QStringLiteral(".git"))).files,
             (QStringList{QStringLiteral("config"), QStringLiteral("objects/x")}));
}

void TestFolderWalk::linksToFilesAreFollowed()
{
    file(QStringLiteral("a"));
    link("a", "b");
    link("gone", "c");
    const Outcome outcome = walkAll(m_folder->path());
    QCOMPARE(outcome.files, (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(outcome.skipped.keys(), QStringList{QStringLiteral("c")});
    QCOMPARE(outcome.skipped.first().kind, ErrorKind::FileMissing);
}

void TestFolderWalk::loopsEnd()
{
    folder(QStringLiteral("a/b"));
    file(QStringLiteral("a/b/x"));
    link("..", "a/b/up");
    link("../../a/b", "a/b/here");
    link("self", "self");
    const Outcome outcome = walkAll(m_folder->path());
    QCOMPARE(outcome.files, QStringList{QStringLiteral("a/b/x")});
    QCOMPARE(outcome.skipped.keys(),
             (QStringList{QStringLiteral("a/b/here"), QStringLiteral("a/b/up"),
                          QStringLiteral("self")}));
    for (const Error& error : outcome.skipped) {
        QCOMPARE(error.kind, ErrorKind::FileNotRegular);
        QVERIFY2(error.message.contains(u"(a loop)"), qPrintable(error.message));
    }
    // The folder that was named may be a link itself.
    link("a", "to-a");
    QCOMPARE(walkAll(path(QStringLiteral("to-a"))).files, QStringList{QStringLiteral("b/x")});
}

void TestFolderWalk::noFolderIsEnteredTwice()
{
    folder(QStringLiteral("a"));
    file(QStringLiteral("a/x"));
    link("a", "z");
    const Outcome outcome = walkAll(m_folder->path());
    QCOMPARE(outcome.files, QStringList{QStringLiteral("a/x")});
    QCOMPARE(outcome.skipped.value(QStringLiteral("z")).kind, ErrorKind::FileNotRegular);
    QVERIFY(!outcome.skipped.value(QStringLiteral("z")).message.contains(u"loop"));
}

//! Two links to the next folder in each of thirty: a thousand million ways through.
void TestFolderWalk::manyWaysAreNotManyVisits()
{
    for (int i = 0; i < 30; ++i) {
        folder(QStringLiteral("%1").arg(i));
        const QByteArray next = "../" + QByteArray::number(i + 1);
        link(next.constData(), (QByteArray::number(i) + "/l").constData());
        link(next.constData(), (QByteArray::number(i) + "/r").constData());
    }
    folder(QStringLiteral("30"));
    file(QStringLiteral("30/x"));
    QCOMPARE(walkAll(path(QStringLiteral("0"))).files.size(), 1);
}

void TestFolderWalk::specialFilesAreSkipped()
{
    QCOMPARE(::mkfifo(native("fifo").constData(), 0600), 0);
    link("fifo", "to-fifo");
    link("/dev/null", "to-device");
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = native("socket");
    QVERIFY(static_cast<size_t>(name.size()) < sizeof(address.sun_path));
    std::memcpy(address.sun_path, name.constData(), static_cast<size_t>(name.size()));
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    QCOMPARE(::bind(socket, generic, sizeof(address)), 0);
    ::close(socket);
    const Outcome outcome = walkAll(m_folder->path());
    QVERIFY(outcome.files.isEmpty());
    QCOMPARE(outcome.skipped.size(), 4);
    for (const Error& error : outcome.skipped)
        QCOMPARE(error.kind, ErrorKind::FileNotRegular);
    QVERIFY(outcome.skipped.value(QStringLiteral("socket")).message.contains(u"is a socket"));
    QVERIFY(outcome.skipped.value(QStringLiteral("to-fifo")).message.contains(u"is a pipe"));
    QVERIFY(outcome.skipped.value(QStringLiteral("to-device")).message.contains(u"is a device"));
}

void TestFolderWalk::namesThatAreNotUtf8()
{
    QCOMPARE(::mkdir(native("b\xE9").constData(), 0700), 0);
    for (const char* name : {"a\xFF.png", "b\xE9/x", "\xEF\xBF\xBD.png"}) {
        const int made = ::open(native(name).constData(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        QVERIFY(made >= 0);
        ::close(made);
    }
    const Outcome outcome = walkAll(m_folder->path());
    // A name that really has the replacement character is an honest one.
    QCOMPARE(outcome.files, QStringList{QString::fromUtf8("\xEF\xBF\xBD.png")});
    QCOMPARE(outcome.skipped.keys(),
             (QStringList{QStringLiteral("a\\xff.png"), QStringLiteral("b\\xe9")}));
    for (const Error& error : outcome.skipped)
        QCOMPARE(error.kind, ErrorKind::FileNameNotUtf8);
}

void TestFolderWalk::deepFolders()
{
    QString deep;
    for (int i = 0; i < 300; ++i)
        deep += QStringLiteral("d/");
    folder(deep);
    file(deep + QStringLiteral("x"));
    file(QStringLiteral("d/y"));
    QCOMPARE(walkAll(m_folder->path()).files,
             (QStringList{QStringLiteral("d/y"), deep + QStringLiteral("x")}));
}

void TestFolderWalk::pathsTooLongToOpen()
{
    const QByteArray name(200, 'd');
    int at = ::open(QFile::encodeName(m_folder->path()).constData(), O_DIRECTORY | O_CLOEXEC);
    for (int i = 0; i < 25; ++i) {
        QCOMPARE(::mkdirat(at, name.constData(), 0700), 0);
        const int next = ::openat(at, name.constData(), O_DIRECTORY | O_CLOEXEC);
        ::close(at);
        at = next;
    }
    ::close(at);
    const Outcome outcome = walkAll(m_folder->path());
    QVERIFY(outcome.files.isEmpty());
    QCOMPARE(outcome.skipped.size(), 1);
    QCOMPARE(outcome.skipped.first().kind, ErrorKind::FileUnreadable);
}

void TestFolderWalk::unreadableFolder()
{
    folder(QStringLiteral("locked"));
    file(QStringLiteral("locked/x"));
    file(QStringLiteral("open"));
    QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0755), 0);
    QCOMPARE(::chmod(native("locked").constData(), 0), 0);
    // Root may read everything: be nobody for a while.
    const bool isRoot = ::geteuid() == 0;
    QVERIFY(!isRoot || ::seteuid(65534) == 0);
    const Outcome outcome = walkAll(m_folder->path());
    const Outcome itself = walkAll(path(QStringLiteral("locked")));
    QVERIFY(!isRoot || ::seteuid(0) == 0);
    QCOMPARE(::chmod(native("locked").constData(), 0700), 0);
    QCOMPARE(outcome.files, QStringList{QStringLiteral("open")});
    QCOMPARE(outcome.skipped.value(QStringLiteral("locked")).kind, ErrorKind::FileUnreadable);
    QCOMPARE(itself.skipped.size(), 1);
    QCOMPARE(itself.skipped.first().kind, ErrorKind::FileUnreadable);
}

void TestFolderWalk::foldersThatGoDuringTheWalk()
{
    folder(QStringLiteral("a"));
    folder(QStringLiteral("b"));
    folder(QStringLiteral("c"));
    file(QStringLiteral("x"));
    file(QStringLiteral("c/y"));
    FolderWalk walk(m_folder->path(), nullptr);
    QCOMPARE(walk.next(1).files.size(), 1);
    QVERIFY(QDir().rmdir(path(QStringLiteral("a"))));
    QVERIFY(QDir().rmdir(path(QStringLiteral("b"))));
    file(QStringLiteral("b"));
    const FolderWalk::Portion rest = walk.next(10);
    QVERIFY(rest.finished);
    QCOMPARE(rest.files, QStringList{path(QStringLiteral("c/y"))});
    QCOMPARE(rest.skipped.size(), 2);
    for (const FolderWalk::Skipped& skipped : rest.skipped)
        QCOMPARE(skipped.error.kind, ErrorKind::FileMissing);
}

void TestFolderWalk::foldersThatAreNone()
{
    file(QStringLiteral("a"));
    for (const char* name : {"a", "nothing"}) {
        FolderWalk walk(path(QString::fromUtf8(name)), nullptr);
        const FolderWalk::Portion all = walk.next(10);
        QVERIFY(all.finished);
        QCOMPARE(all.skipped.size(), 1);
        QCOMPARE(all.skipped.first().path, walk.top());
        QCOMPARE(all.skipped.first().error.kind, ErrorKind::FileMissing);
    }
    folder(QStringLiteral("empty"));
    const FolderWalk::Portion nothing = FolderWalk(path(QStringLiteral("empty")), nullptr).next(1);
    QVERIFY(nothing.finished && nothing.files.isEmpty() && nothing.skipped.isEmpty());
}

void TestFolderWalk::stopsAtOnce()
{
    for (int i = 0; i < 10; ++i)
        file(QString::number(i));
    const auto stop = std::make_shared<std::atomic_bool>(false);
    FolderWalk walk(m_folder->path(), stop);
    QCOMPARE(walk.next(2).files.size(), 2);
    stop->store(true);
    const FolderWalk::Portion rest = walk.next(100);
    QVERIFY(rest.finished && rest.files.isEmpty());
}

QTEST_GUILESS_MAIN(TestFolderWalk)
#include "tst_folderwalk.moc"
