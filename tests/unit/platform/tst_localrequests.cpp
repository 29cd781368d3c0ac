// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/localrequests.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QLocalSocket>
#include <QtTest/QTest>

#include <algorithm>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace ChatApp;
using namespace std::chrono_literals;

namespace {

Result<QByteArray> resultOf(const QFuture<Result<QByteArray>>& future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        qFatal("no answer came");
    return future.result();
}

//! A socket that nobody listens at any more, as a killed process leaves it.
bool leaveSocket(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(name.begin(), name.end(), static_cast<char*>(address.sun_path));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const bool bound =
        ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    ::close(socket);
    return bound;
}

} // namespace

class TestLocalRequests : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aLineIsAnswered();
    void answersMayComeLater();
    void aDeepProfileIsReachable();
    void nobodyListens();
    void aStaleSocketIsReplaced();
    void afterTheEndNobodyIsThere();
    void theListenerGoesWithoutAnAnswer();
    void noAnswerInTime();
    void aLineWithoutAnEnd();
    void aLineThatTakesTooLong();
    void onlyTheUserGetsIn();

private:
    QString state() const { return m_folder->path(); }
    QString address() const
    {
        QFile file(m_folder->filePath(QStringLiteral("requests.address")));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed()
                                              : QString();
    }
    Result<void> echo(LocalRequestListener& listener)
    {
        return listener.listen(state(),
                               [](const QByteArray& line, const RequestListener::Respond& respond) {
                                   respond("echo " + line);
                               });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QObject m_context;
};

void TestLocalRequests::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestLocalRequests::aLineIsAnswered()
{
    LocalRequestListener listener;
    QVERIFY(echo(listener).ok());
    const QByteArray longest(maxRequestBytes - 10, 'x');
    for (const QByteArray& line : {QByteArray("hello"), QByteArray(), longest}) {
        const Result<QByteArray> answer = resultOf(sendLocalRequest(state(), line, &m_context));
        QVERIFY(answer.ok());
        QVERIFY(*answer == "echo " + line);
    }
    for (int i = 0; i < 50; ++i)
        QVERIFY(resultOf(sendLocalRequest(state(), "again", &m_context)).ok());
}

void TestLocalRequests::answersMayComeLater()
{
    LocalRequestListener listener;
    RequestListener::Respond later;
    QVERIFY(listener
                .listen(state(),
                        [&later](const QByteArray&, const RequestListener::Respond& respond) {
                            later = respond;
                        })
                .ok());
    const auto future = sendLocalRequest(state(), "hello", &m_context);
    QTRY_VERIFY(later);
    listener.close(); // what came before is still answered
    later("late");
    const Result<QByteArray> answer = resultOf(future);
    QVERIFY(answer.ok());
    QCOMPARE(*answer, QByteArray("late"));
}

//! The path of a socket has 108 bytes at most.
void TestLocalRequests::aDeepProfileIsReachable()
{
    const QString deep = state() + QLatin1Char('/') + QString(200, QLatin1Char('d'));
    QVERIFY(QDir().mkpath(deep));
    LocalRequestListener listener;
    QVERIFY(listener
                .listen(deep,
                        [](const QByteArray&, const RequestListener::Respond& respond) {
                            respond("deep");
                        })
                .ok());
    QVERIFY(resultOf(sendLocalRequest(deep, "hello", &m_context)).ok());
    QVERIFY(!resultOf(sendLocalRequest(state(), "hello", &m_context)).ok());
}

void TestLocalRequests::nobodyListens()
{
    const Result<QByteArray> answer = resultOf(sendLocalRequest(state(), "hello", &m_context));
    QVERIFY(!answer.ok());
    QCOMPARE(answer.error().kind, ErrorKind::ConnectionRefused);
    QVERIFY(QDir(state()).isEmpty());
}

void TestLocalRequests::aStaleSocketIsReplaced()
{
    QString path;
    {
        LocalRequestListener killed;
        QVERIFY(echo(killed).ok());
        path = address();
        QVERIFY(QFile::exists(path));
    }
    QVERIFY(leaveSocket(path));
    LocalRequestListener listener;
    QVERIFY(echo(listener).ok());
    QCOMPARE(address(), path);
    QVERIFY(resultOf(sendLocalRequest(state(), "hello", &m_context)).ok());
}

void TestLocalRequests::afterTheEndNobodyIsThere()
{
    QString path;
    {
        LocalRequestListener listener;
        QVERIFY(echo(listener).ok());
        path = address();
    }
    QVERIFY(!QFile::exists(path));
    QCOMPARE(address(), QString());
    QCOMPARE(resultOf(sendLocalRequest(state(), "hello", &m_context)).error().kind,
             ErrorKind::ConnectionRefused);
}

void TestLocalRequests::theListenerGoesWithoutAnAnswer()
{
    auto listener = std::make_unique<LocalRequestListener>();
    bool heard = false;
    QVERIFY(
        listener
            ->listen(state(),
                     [&heard](const QByteArray&, const RequestListener::Respond&) { heard = true; })
            .ok());
    const auto future = sendLocalRequest(state(), "hello", &m_context);
    QTRY_VERIFY(heard);
    listener.reset();
    QCOMPARE(resultOf(future).error().kind, ErrorKind::ConnectionLost);
}

void TestLocalRequests::noAnswerInTime()
{
    LocalRequestListener listener;
    QVERIFY(
        listener.listen(state(), [](const QByteArray&, const RequestListener::Respond&) {}).ok());
    const Result<QByteArray> answer =
        resultOf(sendLocalRequest(state(), "hello", &m_context, {.request = 10s, .answer = 50ms}));
    QCOMPARE(answer.error().kind, ErrorKind::Timeout);
}

void TestLocalRequests::aLineWithoutAnEnd()
{
    LocalRequestListener listener;
    QVERIFY(echo(listener).ok());
    QLocalSocket socket;
    socket.connectToServer(address());
    QTRY_COMPARE(socket.state(), QLocalSocket::ConnectedState);
    socket.write(QByteArray(maxRequestBytes + 10'000, 'x'));
    QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
    QCOMPARE(socket.readAll(), QByteArray());
    QVERIFY(resultOf(sendLocalRequest(state(), "hello", &m_context)).ok());
}

void TestLocalRequests::aLineThatTakesTooLong()
{
    LocalRequestListener listener({.request = 50ms, .answer = 10s});
    QVERIFY(echo(listener).ok());
    QLocalSocket socket;
    socket.connectToServer(address());
    QTRY_COMPARE(socket.state(), QLocalSocket::ConnectedState);
    socket.write("half a li");
    QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
}

void TestLocalRequests::onlyTheUserGetsIn()
{
    LocalRequestListener listener;
    QVERIFY(echo(listener).ok());
    struct stat info { };
    QCOMPARE(::stat(QFile::encodeName(address()).constData(), &info), 0);
    QCOMPARE(info.st_mode & 0077, 0U);
}

QTEST_GUILESS_MAIN(TestLocalRequests)
#include "tst_localrequests.moc"
