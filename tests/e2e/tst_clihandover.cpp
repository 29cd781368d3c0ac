// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "processes.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <csignal>

using namespace ChatApp;

namespace {

QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

//! The first PUT is never answered: the profile stays held until somebody ends the process.
const QByteArray firstPutHangs =
    R"({"rules": [{"operation": "PutObject", "ordinal": 1, "fault": "stall"}]})";

} // namespace

//! put --enqueue while another process holds the profile.
class TestCliHandover : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theHolderUploadsThem();
    void foldersAreHandedOverFileByFile();
    void aResumeTakesThemToo();
    void manyFiles();
    void aHolderThatEndsLeavesThemQueued();
    void refusals_data();
    void refusals();
    void aKilledHolderIsNoHolder();
    void theWindowListensToo();
    void nothingSecretIsLeft();

private:
    CliOutcome run(const QStringList& arguments) const
    {
        return runCli(m_folder->path(), m_environment,
                      arguments + words("--json --profile profile"));
    }
    QStringList put(const char* more) const
    {
        return QStringList{QStringLiteral("put"), QStringLiteral("--space"), m_sandbox->space(),
                           QStringLiteral("--endpoint"), m_sandbox->endpoint()}
        + words(more);
    }
    void startSandbox(const QByteArray& plan);
    //! A process that has the profile, with an upload under way.
    void hold(const QStringList& arguments);
    int signal(int number) { return ::kill(static_cast<pid_t>(m_holder->processId()), number); }
    void write(const char* name);
    qsizetype objects(const char* stem) const
    {
        return m_sandbox->objectsNow().count(QByteArray("/") + stem + '-');
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SandboxProcess> m_sandbox;
    QProcessEnvironment m_environment;
    std::unique_ptr<CliProcess> m_holder;
};

void TestCliHandover::init()
{
    m_holder.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    write("held.png");
    write("one.png");
    write("two.png");
}

void TestCliHandover::startSandbox(const QByteArray& plan)
{
    m_sandbox = std::make_unique<SandboxProcess>();
    QVERIFY(m_sandbox->start({}, plan));
    m_environment = cliEnvironment(m_folder->path(), m_sandbox.get());
}

void TestCliHandover::hold(const QStringList& arguments)
{
    m_holder = std::make_unique<CliProcess>(m_folder->path(), m_environment);
    m_holder->start(arguments + words("--json --profile profile"));
    QVERIFY(m_holder->waitForOutput("\"putting\""));
}

void TestCliHandover::write(const char* name)
{
    QVERIFY(writeFile(m_folder->filePath(QString::fromUtf8(name)), name));
}

void TestCliHandover::theHolderUploadsThem()
{
    startSandbox(firstPutHangs);
    hold(put("held.png"));
    const CliOutcome handed = run(put("--enqueue one.png missing.png two.png"));
    QVERIFY2(handed.exitCode == 1, handed.err.constData());
    QCOMPARE(handed.events("queued").size(), 2);
    QVERIFY(handed.events("queued").constFirst().value(QLatin1String("id")).toInt() > 0);
    QCOMPARE(handed.events("failed").size(), 1);
    QCOMPARE(handed.events("failed").constFirst().value(QLatin1String("kind")).toString(),
             QStringLiteral("fileMissing"));
    QTRY_COMPARE_WITH_TIMEOUT(objects("one") + objects("two"), 2, 20'000);

    QCOMPARE(signal(SIGINT), 0);
    const CliOutcome holder = m_holder->outcome();
    QCOMPARE(holder.exitCode, 130);
    // They are none of its own files.
    QCOMPARE(holder.events("queued").size(), 1);
    QVERIFY(holder.events("finished").isEmpty());
    QCOMPARE(holder.events("summary").constFirst().value(QLatin1String("files")).toInt(), 1);
    QCOMPARE(run(words("history")).objects().size(), 2);
}

void TestCliHandover::foldersAreHandedOverFileByFile()
{
    startSandbox(firstPutHangs);
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("d/e")));
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("empty")));
    for (const char* name : {"d/deep.png", "d/e/deeper.png"})
        QVERIFY(writeFile(m_folder->filePath(QString::fromUtf8(name)), name));
    QVERIFY(QFile::link(QStringLiteral(".."), m_folder->filePath(QStringLiteral("d/e/up"))));
    QVERIFY(QFile::link(QStringLiteral("gone"), m_folder->filePath(QStringLiteral("d/lost"))));
    hold(put("held.png"));
    const CliOutcome handed = run(put("--enqueue d one.png empty"));
    QVERIFY2(handed.exitCode == 1, handed.err.constData());
    const auto filesOf = [&handed](const char* event) {
        QStringList files;
        for (const QJsonObject& object : handed.events(event))
            files.append(object.value(QLatin1String("file")).toString());
        files.sort();
        return files;
    };
    QCOMPARE(filesOf("queued"), words("d/deep.png d/e/deeper.png one.png"));
    QCOMPARE(filesOf("failed"), words("d/lost empty"));
    QCOMPARE(filesOf("skipped"), words("d/e/up"));
    QCOMPARE(handed.events("summary").constFirst().value(QLatin1String("files")).toInt(), 5);
    QTRY_COMPARE_WITH_TIMEOUT(objects("one") + objects("deep") + objects("deeper"), 3, 20'000);
}

void TestCliHandover::aResumeTakesThemToo()
{
    startSandbox(firstPutHangs);
    QCOMPARE(run(put("--enqueue held.png")).exitCode, 0);
    hold(words("resume"));
    const CliOutcome handed = run(put("--enqueue one.png"));
    QVERIFY2(handed.exitCode == 0, handed.err.constData());
    QTRY_COMPARE_WITH_TIMEOUT(objects("one"), 1, 20'000);
}

void TestCliHandover::manyFiles()
{
    startSandbox(R"({"rules": [{"operation": "PutObject", "ordinal": "always",
                                "fault": "stall"}]})");
    hold(put("held.png"));
    QStringList arguments = put("--enqueue");
    for (int i = 0; i < 2500; ++i)
        arguments.append(QStringLiteral("one.png"));
    const CliOutcome handed = run(arguments);
    QVERIFY2(handed.exitCode == 0, handed.err.constData());
    QCOMPARE(handed.events("queued").size(), 2500);
    QSet<qint64> ids;
    for (const QJsonObject& row : run(words("list")).objects())
        ids.insert(row.value(QLatin1String("id")).toInteger());
    QCOMPARE(ids.size(), 2501);
    for (const QJsonObject& event : handed.events("queued"))
        QVERIFY(ids.contains(event.value(QLatin1String("id")).toInteger()));
}

void TestCliHandover::aHolderThatEndsLeavesThemQueued()
{
    startSandbox(R"({"rules": [
        {"operation": "PutObject", "ordinal": 1, "fault": "slow", "delayMs": 2000},
        {"operation": "PutObject", "ordinal": 2, "fault": "stall"}]})");
    hold(put("held.png"));
    QCOMPARE(run(put("--enqueue one.png")).exitCode, 0);
    const CliOutcome holder = m_holder->outcome();
    QVERIFY2(holder.exitCode == 0, holder.err.constData());
    QCOMPARE(holder.events("finished").size(), 1);
    QCOMPARE(run(words("list")).objects().size(), 1);

    QCOMPARE(run(words("resume")).exitCode, 0);
    QCOMPARE(objects("held"), 1);
    QCOMPARE(objects("one"), 1);
}

void TestCliHandover::refusals_data()
{
    QTest::addColumn<bool>("account");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("other credentials") << false << QByteArray("does not have the credentials");
    QTest::newRow("unknown account") << true << QByteArray("there is no account of that name");
}

void TestCliHandover::refusals()
{
    QFETCH(bool, account);
    QFETCH(QByteArray, sentence);
    startSandbox(firstPutHangs);
    hold(put("held.png"));
    QStringList arguments = put("--enqueue one.png two.png");
    if (account) {
        arguments.append({QStringLiteral("--account"), QStringLiteral("nobody")});
    } else {
        m_environment.insert(QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_ID"),
                             QStringLiteral("SomebodyElse"));
    }
    const CliOutcome refused = run(arguments);
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.err.contains(sentence), refused.err.constData());
    QCOMPARE(refused.events("failed").size(), 2);
    QCOMPARE(run(words("list")).objects().size(), 1);
}

void TestCliHandover::aKilledHolderIsNoHolder()
{
    startSandbox(firstPutHangs);
    hold(put("held.png"));
    QCOMPARE(signal(SIGKILL), 0);
    m_holder->outcome();
    QVERIFY(QFile::exists(m_folder->filePath(QStringLiteral("profile/state/requests.address"))));
    const CliOutcome stored = run(put("--enqueue one.png"));
    QVERIFY2(stored.exitCode == 0, stored.err.constData());
    QCOMPARE(run(words("list")).objects().size(), 2);
    QCOMPARE(run(words("resume")).exitCode, 0);
    QCOMPARE(objects("held"), 1);
    QCOMPARE(objects("one"), 1);
}

//! Its accounts are in a keychain, which is not here: that it answers for them is what shows.
void TestCliHandover::theWindowListensToo()
{
    const QString program = builtProgram(QStringLiteral("chatapp-uploader"));
    if (!QFile::exists(program))
        QSKIP("built without the window");
    startSandbox({});
    m_environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    CliProcess window(m_folder->path(), m_environment);
    window.startProgram(program, words("--profile profile"));
    const QString address = m_folder->filePath(QStringLiteral("profile/state/requests.address"));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(address), 20'000);
    const CliOutcome refused = run(put("--enqueue one.png --account nobody"));
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.err.contains("there is no account of that name"), refused.err.constData());
    QCOMPARE(::kill(static_cast<pid_t>(window.processId()), SIGTERM), 0);
    QCOMPARE(window.outcome().exitCode, 0);
    QVERIFY(!QFile::exists(address));
}

void TestCliHandover::nothingSecretIsLeft()
{
    startSandbox(firstPutHangs);
    hold(put("held.png"));
    QCOMPARE(run(put("--enqueue one.png")).exitCode, 0);
    QTRY_COMPARE_WITH_TIMEOUT(objects("one"), 1, 20'000);
    QCOMPARE(signal(SIGINT), 0);
    m_holder->outcome();
    const QString state = m_folder->filePath(QStringLiteral("profile/state"));
    QVERIFY(!QFile::exists(state + QStringLiteral("/requests.address")));
    QFile log(state + QStringLiteral("/chatapp-uploader.log"));
    QVERIFY(log.open(QIODevice::ReadOnly));
    QVERIFY(!log.readAll().contains(m_sandbox->accessKeySecret().toUtf8()));
}

QTEST_GUILESS_MAIN(TestCliHandover)
#include "tst_clihandover.moc"
