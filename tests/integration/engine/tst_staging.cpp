// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "enginefixture.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtTest/QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace ChatApp;

//! From files and folders to rows.
class TestStaging : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void foldersBecomeTheirFiles();
    void whatIsPassedOverIsTold();
    void emptyFolders();
    void folderThatCannotBeRead();
    void morePortionsThanOne();
    void oneAfterTheOther();
};

namespace {

QStringList namesOf(EngineFixture& fixture, const QList<UploadId>& ids)
{
    QStringList names;
    for (const UploadId& id : ids) {
        if (!QTest::qWaitFor([&] { return fixture.knows(id); }, 10'000))
            return {QStringLiteral("a row was not shown")};
        names.append(fixture.snapshot(id).record.name);
    }
    return names;
}

QString makeFolder(const EngineFixture& fixture, const QString& name)
{
    QDir(fixture.files().path()).mkpath(name);
    return fixture.files().filePath(name);
}

} // namespace

void TestStaging::foldersBecomeTheirFiles()
{
    EngineFixture fixture;
    const QString folder = makeFolder(fixture, QStringLiteral("d"));
    makeFolder(fixture, QStringLiteral("d/in ner"));
    fixture.writeFile(QStringLiteral("d/10.txt"), "ten");
    fixture.writeFile(QStringLiteral("d/9.txt"), "nine");
    fixture.writeFile(QStringLiteral("d/in ner/图.txt"), "picture");
    fixture.writeFile(QStringLiteral("d/.hidden"), "not for publication");
    const QString file = fixture.writeFile(QStringLiteral("after.txt"), "after");

    const QList<UploadId> ids = fixture.upload({folder, file});
    QCOMPARE(namesOf(fixture, ids),
             (QStringList{QStringLiteral("9.txt"), QStringLiteral("10.txt"),
                          QStringLiteral("图.txt"), QStringLiteral("after.txt")}));
    QVERIFY(fixture.waitEnded(ids));
    const UploadRecord inner = fixture.snapshot(ids.at(2)).record;
    QCOMPARE(inner.state, UploadState::Done);
    QCOMPARE(inner.path, folder + QStringLiteral("/in ner/图.txt"));
    QCOMPARE(inner.target, fixture.target());
    QCOMPARE(fixture.openLink(inner.url), std::optional<QByteArray>("picture"));
    QVERIFY(fixture.stageFailures().isEmpty());
    QCOMPARE(fixture.history().size(), 4);
}

void TestStaging::whatIsPassedOverIsTold()
{
    EngineFixture fixture;
    const QString folder = makeFolder(fixture, QStringLiteral("d"));
    fixture.writeFile(QStringLiteral("d/a.txt"), "a");
    QCOMPARE(::mkfifo(QFile::encodeName(folder + QStringLiteral("/pipe")).constData(), 0600), 0);
    QCOMPARE(::symlink(".", QFile::encodeName(folder + QStringLiteral("/loop")).constData()), 0);
    QCOMPARE(::symlink("gone", QFile::encodeName(folder + QStringLiteral("/lost")).constData()), 0);
    QCOMPARE(fixture.stage({folder + QLatin1Char('/')}).size(), 1);
    QTRY_COMPARE(fixture.stageFailures().size(), 3);
    QMap<QString, ErrorKind> kinds;
    for (const StageFailure& failure : fixture.stageFailures()) {
        QCOMPARE(failure.folder, folder + QLatin1Char('/'));
        kinds.insert(failure.path.mid(folder.size() + 1), failure.error.kind);
    }
    QCOMPARE(kinds,
             (QMap<QString, ErrorKind>{{QStringLiteral("pipe"), ErrorKind::FileNotRegular},
                                       {QStringLiteral("loop"), ErrorKind::FileNotRegular},
                                       {QStringLiteral("lost"), ErrorKind::FileMissing}}));
}

void TestStaging::emptyFolders()
{
    EngineFixture fixture;
    const QString empty = makeFolder(fixture, QStringLiteral("empty/inner"));
    const QString pipes = makeFolder(fixture, QStringLiteral("pipes"));
    const QString lost = makeFolder(fixture, QStringLiteral("lost"));
    QCOMPARE(::mkfifo(QFile::encodeName(pipes + QStringLiteral("/pipe")).constData(), 0600), 0);
    QCOMPARE(::symlink("gone", QFile::encodeName(lost + QStringLiteral("/x")).constData()), 0);
    QVERIFY(fixture.stage({QFileInfo(empty).path(), pipes, lost}).isEmpty());
    const QList<StageFailure>& failures = fixture.stageFailures();
    QTRY_COMPARE(failures.size(), 4);
    QCOMPARE(failures.at(0).path, QFileInfo(empty).path());
    QCOMPARE(failures.at(0).error.kind, ErrorKind::FolderEmpty);
    QCOMPARE(failures.at(1).error.kind, ErrorKind::FileNotRegular);
    QCOMPARE(failures.at(2).path, pipes);
    QCOMPARE(failures.at(2).error.kind, ErrorKind::FolderEmpty);
    // That the only entry is lost says it all.
    QCOMPARE(failures.at(3).error.kind, ErrorKind::FileMissing);
}

void TestStaging::folderThatCannotBeRead()
{
    EngineFixture fixture;
    const QString folder = makeFolder(fixture, QStringLiteral("d"));
    // Root may read everything; a path that is too long nobody can.
    QString deep = folder;
    while (deep.size() < 4200)
        deep += QStringLiteral("/.");
    QVERIFY(fixture.stage({deep}).isEmpty());
    QTRY_COMPARE(fixture.stageFailures().size(), 1);
    QCOMPARE(fixture.stageFailures().first().path, deep);
    QVERIFY(fixture.stageFailures().first().folder.isEmpty());
    QCOMPARE(fixture.stageFailures().first().error.kind, ErrorKind::FileUnreadable);
}

void TestStaging::morePortionsThanOne()
{
    EngineFixture fixture;
    const QString folder = makeFolder(fixture, QStringLiteral("d"));
    QStringList names;
    for (int i = 0; i < 1203; ++i) {
        names.append(QStringLiteral("%1.txt").arg(i));
        fixture.writeFile(QStringLiteral("d/") + names.last(), {});
    }
    const QList<UploadId> ids = fixture.stage({folder});
    QCOMPARE(ids.size(), names.size());
    QVERIFY(std::is_sorted(ids.begin(), ids.end()));
    QCOMPARE(namesOf(fixture, ids), names);
    QCOMPARE(QSet<UploadId>(ids.begin(), ids.end()).size(), names.size());
    fixture.restart();
    QCOMPARE(namesOf(fixture, ids), names);
}

void TestStaging::oneAfterTheOther()
{
    EngineFixture fixture;
    const QString folder = makeFolder(fixture, QStringLiteral("d"));
    for (int i = 0; i < 20; ++i)
        fixture.writeFile(QStringLiteral("d/%1.txt").arg(i), {});
    const QString file = fixture.writeFile(QStringLiteral("x.txt"), {});
    UploadManager& uploads = fixture.engine().uploads();
    const auto first = uploads.stage({{.path = folder, .target = fixture.target()}});
    const auto second = uploads.stage({{.path = file, .target = fixture.target()}});
    const auto none = uploads.stage({});
    QTRY_VERIFY(first.isFinished() && second.isFinished() && none.isFinished());
    QCOMPARE(first.result()->size(), 20);
    QCOMPARE(second.result()->size(), 1);
    QVERIFY(first.result()->last() < second.result()->first());
    QVERIFY(none.result()->isEmpty());
}

QTEST_GUILESS_MAIN(TestStaging)
#include "tst_staging.moc"
