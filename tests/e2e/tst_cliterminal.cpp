// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "processes.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <array>
#include <vector>

#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ChatApp;

namespace {

//! chatapp-upload on a terminal of its own.
class TerminalRun {
public:
    TerminalRun(const QString& folder, const QProcessEnvironment& environment,
                const QStringList& arguments, unsigned short columns)
    {
        QList<QByteArray> words{QFile::encodeName(builtProgram(QStringLiteral("chatapp-upload")))};
        for (const QString& argument : arguments)
            words.append(argument.toUtf8());
        QList<QByteArray> variables;
        for (const QString& variable : environment.toStringList())
            variables.append(variable.toUtf8());
        std::vector<char*> argumentPointers = pointersTo(words);
        std::vector<char*> variablePointers = pointersTo(variables);
        const QByteArray workingFolder = QFile::encodeName(folder);

        winsize size{.ws_row = 24, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
        m_child = ::forkpty(&m_terminal, nullptr, nullptr, &size);
        if (m_child == 0) {
            if (::chdir(workingFolder.constData()) == 0)
                ::execve(argumentPointers.front(), argumentPointers.data(),
                         variablePointers.data());
            ::_exit(127);
        }
    }
    ~TerminalRun() { ::close(m_terminal); }
    TerminalRun(const TerminalRun&) = delete;
    TerminalRun& operator=(const TerminalRun&) = delete;

    void resize(unsigned short columns) const
    {
        const winsize size{.ws_row = 24, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
        ::ioctl(m_terminal, TIOCSWINSZ, &size);
    }

    //! Reads until the text has come, or the program has ended; false in the latter case.
    bool readUntil(const QByteArray& text)
    {
        const QDeadlineTimer deadline(60'000);
        while (!shown.contains(text)) {
            pollfd waiting{.fd = m_terminal, .events = POLLIN, .revents = 0};
            std::array<char, 4096> bytes;
            if (deadline.hasExpired() || ::poll(&waiting, 1, 1000) < 0)
                return false;
            if (waiting.revents == 0)
                continue;
            const ssize_t got = ::read(m_terminal, bytes.data(), bytes.size());
            if (got <= 0)
                return false;
            shown.append(bytes.data(), got);
        }
        return true;
    }

    int exitCode()
    {
        readUntil("\nthis never comes");
        int status = 0;
        ::waitpid(m_child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    QByteArray shown;

private:
    static std::vector<char*> pointersTo(QList<QByteArray>& words)
    {
        std::vector<char*> pointers;
        for (QByteArray& word : words)
            pointers.push_back(word.data());
        pointers.push_back(nullptr);
        return pointers;
    }

    int m_terminal = -1;
    pid_t m_child = -1;
};

//! What stood on the live line, one after the other.
QList<QByteArray> liveLines(const QByteArray& shown)
{
    QList<QByteArray> lines;
    for (qsizetype from = shown.indexOf("\x1b[K["); from >= 0;
         from = shown.indexOf("\x1b[K[", from + 1)) {
        const qsizetype begin = from + 3;
        qsizetype end = shown.indexOf('\r', begin);
        if (end < 0)
            end = shown.size();
        lines.append(shown.mid(begin, end - begin));
    }
    return lines;
}

} // namespace

class TestCliTerminal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void liveLineFollowsTheTerminal();
    void colourIsAskedFor_data();
    void colourIsAskedFor();
};

void TestCliTerminal::liveLineFollowsTheTerminal()
{
    const QTemporaryDir folder;
    SandboxProcess sandbox;
    QVERIFY(sandbox.start({},
                          R"({"rules": [{"operation": "PutObject", "ordinal": 1,
                                         "fault": "slow", "bytesPerSecond": 150000}]})"));
    QVERIFY(writeFile(folder.filePath(QStringLiteral("a.png")), QByteArray(300'000, 'x')));
    QProcessEnvironment environment = cliEnvironment(folder.path(), &sandbox);
    environment.insert(QStringLiteral("TERM"), QStringLiteral("xterm"));
    TerminalRun run(folder.path(), environment,
                    {QStringLiteral("put"), QStringLiteral("--space"), sandbox.space(),
                     QStringLiteral("--endpoint"), sandbox.endpoint(), QStringLiteral("a.png")},
                    120);
    QVERIFY(run.readUntil("300.0 kB"));
    for (const QByteArray& line : liveLines(run.shown))
        QVERIFY(line.size() < 120);
    run.resize(40);
    run.shown.clear();
    QCOMPARE(run.exitCode(), 0);

    QList<QByteArray> lines = liveLines(run.shown);
    QVERIFY(lines.size() > 4);
    // The first may have been written before the terminal shrank.
    for (const QByteArray& line : lines.mid(1))
        QVERIFY2(QString::fromUtf8(line).size() < 40, line.constData());
    QVERIFY(run.shown.contains("\x1b[32mdone"));
    QVERIFY(run.shown.contains("1 of 1 file uploaded"));
}

void TestCliTerminal::colourIsAskedFor_data()
{
    QTest::addColumn<QString>("terminal");
    QTest::addColumn<QString>("noColour");
    QTest::addColumn<bool>("coloured");
    QTest::addColumn<bool>("live");
    QTest::newRow("terminal") << QStringLiteral("xterm") << QString() << true << true;
    QTest::newRow("NO_COLOR") << QStringLiteral("xterm") << QStringLiteral("1") << false << true;
    QTest::newRow("dumb") << QStringLiteral("dumb") << QString() << false << false;
}

void TestCliTerminal::colourIsAskedFor()
{
    QFETCH(QString, terminal);
    QFETCH(QString, noColour);
    QFETCH(bool, coloured);
    QFETCH(bool, live);
    const QTemporaryDir folder;
    QVERIFY(writeFile(folder.filePath(QStringLiteral("a.png")), "x"));
    QProcessEnvironment environment = cliEnvironment(folder.path());
    environment.insert(QStringLiteral("TERM"), terminal);
    environment.insert(QStringLiteral("NO_COLOR"), noColour);
    TerminalRun run(folder.path(), environment,
                    {QStringLiteral("put"), QStringLiteral("--sandbox"), QStringLiteral("a.png")},
                    80);
    QCOMPARE(run.exitCode(), 0);
    QVERIFY(run.shown.contains("a.png"));
    QCOMPARE(run.shown.contains("\x1b[32m"), coloured);
    QCOMPARE(run.shown.contains("\x1b[K"), live);
}

QTEST_GUILESS_MAIN(TestCliTerminal)
#include "tst_cliterminal.moc"
