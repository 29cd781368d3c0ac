// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/localrequests.h"

#include "core/answer.h"
#include "core/logging.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QPointer>
#include <QtCore/QSaveFile>
#include <QtCore/QTimer>
#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>

namespace ChatApp {

namespace {

// sun_path has 108 bytes; Qt binds in a folder of its own first, whose name is shorter than ours.
constexpr qsizetype longestSocketPath = 100;
constexpr int mostConnections = 16;

QString addressFile(const QString& stateFolder)
{
    return QDir(stateFolder).filePath(QStringLiteral("requests.address"));
}

QString socketPath(const QString& stateFolder)
{
    const QString real = QFileInfo(stateFolder).canonicalFilePath();
    const QByteArray hash = QCryptographicHash::hash(real.toUtf8(), QCryptographicHash::Sha256);
    const QString name =
        QStringLiteral("/chatapp-uploader-%1").arg(QLatin1String(hash.toHex().left(32)));
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    for (const QString& folder : {runtime, QDir::tempPath()}) {
        QString path = folder + name;
        if (QDir::isAbsolutePath(folder) && QFileInfo(folder).isWritable()
            && path.toUtf8().size() <= longestSocketPath) {
            return path;
        }
    }
    return QLatin1String("/tmp") + name;
}

Error unreachable(const QString& message)
{
    return Error{.kind = ErrorKind::ConnectionRefused, .message = message};
}

//! One request of ours, from the connection to the answer. Deletes itself.
class Exchange final : public QObject {
public:
    Exchange(const QByteArray& line, const LocalRequestTimes& times, QObject* parent)
        : QObject(parent)
        , m_line(line)
        , m_times(times)
    {
        m_socket.setReadBufferSize(maxRequestBytes + 1);
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this,
                [this] { end(Error{.kind = ErrorKind::Timeout}); });
        connect(&m_socket, &QLocalSocket::connected, this, &Exchange::send);
        connect(&m_socket, &QLocalSocket::readyRead, this, &Exchange::read);
        connect(&m_socket, &QLocalSocket::disconnected, this,
                [this] { end(Error{.kind = ErrorKind::ConnectionLost}); });
        connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] {
            end(m_sent ? Error{.kind = ErrorKind::ConnectionLost, .message = m_socket.errorString()}
                       : unreachable(m_socket.errorString()));
        });
    }

    QFuture<Result<QByteArray>> future() const { return m_answer.future(); }

    void start(const QString& path)
    {
        m_timer.start(m_times.request);
        m_socket.connectToServer(path);
    }

private:
    void send()
    {
        if (m_ended)
            return;
        if (!isPeerOurUser(m_socket.socketDescriptor())) {
            end(unreachable(QStringLiteral("the socket belongs to somebody else")));
            return;
        }
        m_sent = true;
        m_timer.start(m_times.answer);
        m_socket.write(m_line + '\n');
    }

    void read()
    {
        if (m_socket.canReadLine())
            end(m_socket.readLine().chopped(1));
        else if (m_socket.bytesAvailable() > maxRequestBytes)
            end(Error{.kind = ErrorKind::ConnectionLost,
                      .message = QStringLiteral("the answer is too long")});
    }

    void end(const Result<QByteArray>& result)
    {
        if (std::exchange(m_ended, true))
            return;
        m_answer.give(result);
        deleteLater();
    }

    const QByteArray m_line;
    const LocalRequestTimes m_times;
    const Answer<QByteArray> m_answer;
    QLocalSocket m_socket;
    QTimer m_timer;
    bool m_sent = false;
    bool m_ended = false;
};

} // namespace

LocalRequestListener::LocalRequestListener(const LocalRequestTimes& times, QObject* parent)
    : QObject(parent)
    , m_times(times)
{
}

LocalRequestListener::~LocalRequestListener()
{
    LocalRequestListener::close();
}

Result<void> LocalRequestListener::listen(const QString& stateFolder, Handler handler)
{
    m_handler = std::move(handler);
    m_addressFile = addressFile(stateFolder);
    const QString path = socketPath(stateFolder);
    // Of a holder that was killed: there is no other one while we have the lock.
    QLocalServer::removeServer(path);
    m_server = std::make_unique<QLocalServer>();
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, &LocalRequestListener::accept);
    if (!m_server->listen(path)) {
        const QString why = m_server->errorString();
        m_server.reset();
        QFile::remove(m_addressFile);
        return Error{.kind = ErrorKind::Internal,
                     .message = QStringLiteral("cannot listen at %1: %2").arg(path, why)};
    }
    QSaveFile file(m_addressFile);
    if (!file.open(QIODevice::WriteOnly) || file.write(path.toUtf8() + '\n') < 0
        || !file.commit()) {
        const QString why = file.errorString();
        close();
        return Error{.kind = ErrorKind::Internal,
                     .message = QStringLiteral("cannot write %1: %2").arg(m_addressFile, why)};
    }
    return {};
}

void LocalRequestListener::close()
{
    if (!m_server)
        return;
    QFile::remove(m_addressFile);
    m_server->close();
}

void LocalRequestListener::accept()
{
    while (QLocalSocket* socket = m_server->nextPendingConnection()) {
        if (m_open >= mostConnections || !isPeerOurUser(socket->socketDescriptor())) {
            qCWarning(lcNet) << "a local connection was turned away";
            socket->abort();
            socket->deleteLater();
            continue;
        }
        serve(socket);
    }
}

void LocalRequestListener::serve(QLocalSocket* socket)
{
    ++m_open;
    connect(socket, &QObject::destroyed, this, [this] { --m_open; });
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    socket->setReadBufferSize(maxRequestBytes + 1);
    auto* timer = new QTimer(socket);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, socket, &QLocalSocket::abort);
    timer->start(m_times.request);
    const auto read = [this, socket, timer] {
        if (!timer->isActive())
            return;
        if (!socket->canReadLine()) {
            if (socket->bytesAvailable() > maxRequestBytes)
                socket->abort();
            return;
        }
        timer->stop();
        m_handler(socket->readLine().chopped(1),
                  [peer = QPointer<QLocalSocket>(socket)](const QByteArray& answer) {
                      if (!peer)
                          return;
                      peer->write(answer + '\n');
                      peer->flush();
                      peer->disconnectFromServer();
                  });
    };
    connect(socket, &QLocalSocket::readyRead, this, read);
    read(); // it may all be there already
}

QFuture<Result<QByteArray>> sendLocalRequest(const QString& stateFolder, const QByteArray& line,
                                             QObject* context, const LocalRequestTimes& times)
{
    auto* exchange = new Exchange(line, times, context);
    QFuture<Result<QByteArray>> future = exchange->future();
    QFile file(addressFile(stateFolder));
    QString path;
    if (file.open(QIODevice::ReadOnly))
        path = QString::fromUtf8(file.readLine(4096)).trimmed();
    // An empty name would be refused in a way of its own.
    exchange->start(path.isEmpty() ? socketPath(stateFolder) : path);
    return future;
}

} // namespace ChatApp
