// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/fileprobe.h"
#include "upload/fileworker.h"
#include "upload/partreader.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ChatApp;

class TestPartReader : public QObject {
    Q_OBJECT
private:
    QString write(const QString& name, const QByteArray& content);
    static FileIdentity identity(const QString& path) { return identityAt(path).value(); }

    QTemporaryDir m_dir;

private Q_SLOTS:
    void readsASliceWithItsCrc();
    void handsOutNoMoreThanAChunk();
    void emptyFile();
    void changedBeforeOpening();
    void changedWhileReading_data();
    void changedWhileReading();
    void missing();
    void probesFiles();
    void unreadableForOthers();
    void hashes();
};

QString TestPartReader::write(const QString& name, const QByteArray& content)
{
    QString path = m_dir.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write a test file");
    return path;
}

void TestPartReader::readsASliceWithItsCrc()
{
    QByteArray content(200'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < content.size(); ++i)
        content[i] = static_cast<char>(i * 31 + i / 256);
    const QString path = write(QStringLiteral("slice"), content);
    auto reader = PartReader::open(path, identity(path), 1000, 150'000);
    QVERIFY(reader);
    const auto readout = (*reader)->readout();
    QByteArray got;
    char buffer[7000];
    while (!(*reader)->atEnd()) {
        const qint64 n = (*reader)->read(buffer, sizeof buffer);
        QVERIFY(n > 0);
        got.append(buffer, n);
    }
    QCOMPARE(got, content.mid(1000, 150'000));
    QCOMPARE(readout->bytesRead, 150'000);
    QCOMPARE(readout->crc64, Crc64::of(got));
    QVERIFY(!readout->failure);
    QCOMPARE((*reader)->read(buffer, sizeof buffer), -1);
}

void TestPartReader::handsOutNoMoreThanAChunk()
{
    const QString path = write(QStringLiteral("chunks"), QByteArray(1'000'000, 'x'));
    auto reader = PartReader::open(path, identity(path), 0, 1'000'000);
    QVERIFY(reader);
    QByteArray buffer(500'000, Qt::Uninitialized);
    // QIODevice::read() loops; one step of it is what is held in memory.
    QVERIFY((*reader)->isSequential());
    QCOMPARE((*reader)->bytesAvailable(), 1'000'000);
    QVERIFY((*reader)->read(buffer.data(), buffer.size()) > 0);
    QVERIFY((*reader)->openMode() & QIODevice::Unbuffered);
}

void TestPartReader::emptyFile()
{
    const QString path = write(QStringLiteral("empty"), {});
    auto reader = PartReader::open(path, identity(path), 0, 0);
    QVERIFY(reader);
    QVERIFY((*reader)->atEnd());
    QCOMPARE((*reader)->readout()->crc64, 0);
}

void TestPartReader::changedBeforeOpening()
{
    const QString path = write(QStringLiteral("before"), "one");
    FileIdentity old = identity(path);
    old.mtimeNs -= 1;
    const auto reader = PartReader::open(path, old, 0, 3);
    QVERIFY(!reader);
    QCOMPARE(reader.error().kind, ErrorKind::FileChanged);
}

void TestPartReader::changedWhileReading_data()
{
    QTest::addColumn<QString>("change");
    for (const char* change : {"truncated", "appended", "rewritten", "replaced", "removed"})
        QTest::newRow(change) << QString::fromLatin1(change);
}

void TestPartReader::changedWhileReading()
{
    QFETCH(QString, change);
    const QString path = write(QStringLiteral("during-") + change, QByteArray(300'000, 'a'));
    // A change within the same clock tick as the writing could hide behind an equal mtime.
    const struct timespec past[2] = {{1'000'000, 0}, {1'000'000, 0}};
    QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), past, 0), 0);
    auto reader = PartReader::open(path, identity(path), 0, 300'000);
    QVERIFY(reader);
    const auto readout = (*reader)->readout();
    char buffer[1000];
    QCOMPARE((*reader)->read(buffer, sizeof buffer), 1000);

    QFile file(path);
    if (change == QLatin1String("truncated")) {
        QVERIFY(file.resize(2000));
    } else if (change == QLatin1String("appended")) {
        QVERIFY(file.open(QIODevice::Append));
        file.write("more");
        file.close();
    } else if (change == QLatin1String("rewritten")) {
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write("b");
        file.close();
    } else if (change == QLatin1String("replaced")) {
        const QString other = write(QStringLiteral("other"), QByteArray(300'000, 'a'));
        QCOMPARE(
            ::rename(QFile::encodeName(other).constData(), QFile::encodeName(path).constData()), 0);
    } else {
        QVERIFY(file.remove());
    }
    qint64 total = 1000;
    qint64 n = 0;
    while ((n = (*reader)->read(buffer, sizeof buffer)) > 0)
        total += n;
    QCOMPARE(n, -1);
    QVERIFY(readout->failure.has_value());
    QCOMPARE(readout->failure->kind, ErrorKind::FileChanged);
    QVERIFY2(total < 300'000, "the last piece of a changed file must not be handed out");
}

void TestPartReader::missing()
{
    const auto reader = PartReader::open(m_dir.filePath(QStringLiteral("none")), {}, 0, 1);
    QVERIFY(!reader);
    QCOMPARE(reader.error().kind, ErrorKind::FileMissing);
}

void TestPartReader::probesFiles()
{
    const QString path = write(QStringLiteral("words.csv"), "a,b\n1,2\n");
    const auto facts = probeFile(path);
    QVERIFY(facts);
    QCOMPARE(facts->identity.size, 8);
    QVERIFY(facts->identity.isKnown());
    QCOMPARE(facts->contentType, QStringLiteral("text/csv"));

    QCOMPARE(probeFile(m_dir.filePath(QStringLiteral("none"))).error().kind,
             ErrorKind::FileMissing);
    QCOMPARE(probeFile(m_dir.path()).error().kind, ErrorKind::FileNotRegular);
    const QString fifo = m_dir.filePath(QStringLiteral("fifo"));
    QCOMPARE(::mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
    QCOMPARE(probeFile(fifo).error().kind, ErrorKind::FileNotRegular);
    QCOMPARE(probeFile(QString::fromUtf8("/tmp/bad-\xff-name.png")).error().kind,
             ErrorKind::FileNameNotUtf8);
    const QString link = m_dir.filePath(QStringLiteral("link"));
    QVERIFY(QFile::link(path, link));
    QCOMPARE(probeFile(link)->identity, facts->identity);
}

void TestPartReader::unreadableForOthers()
{
    const QString path = write(QStringLiteral("secret.txt"), "words");
    QVERIFY(QFile::setPermissions(path, {}));
    if (::geteuid() != 0) {
        QCOMPARE(probeFile(path).error().kind, ErrorKind::FileUnreadable);
        return;
    }
    // Root reads everything: look as somebody else, in a child that does nothing but that.
    QVERIFY(
        QFile::setPermissions(m_dir.path(), QFile::permissions(m_dir.path()) | QFile::ExeOther));
    const pid_t child = ::fork();
    if (child == 0) {
        constexpr uid_t nobody = 65534;
        const bool changed = ::setgid(nobody) == 0 && ::setuid(nobody) == 0;
        const auto facts = probeFile(path);
        ::_exit(changed && !facts && facts.error().kind == ErrorKind::FileUnreadable ? 0 : 1);
    }
    int status = -1;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
}

void TestPartReader::hashes()
{
    const QByteArray content = QByteArray("0123456789").repeated(30'000);
    const QString path = write(QStringLiteral("hashed"), content);
    FileWorker worker;
    QFuture<Result<std::uint64_t>> good = worker.hash(path, identity(path));
    QTRY_VERIFY(good.isFinished());
    QCOMPARE(good.result().value(), Crc64::of(content));
    FileIdentity other = identity(path);
    other.inode += 1;
    QFuture<Result<std::uint64_t>> changed = worker.hash(path, other);
    QTRY_VERIFY(changed.isFinished());
    QCOMPARE(changed.result().error().kind, ErrorKind::FileChanged);
}

QTEST_GUILESS_MAIN(TestPartReader)
#include "tst_partreader.moc"
