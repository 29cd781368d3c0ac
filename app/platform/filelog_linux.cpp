// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/printabletext.h"
#include "platform/filelog.h"
#include "platform/logredaction.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QMutex>

#include <atomic>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ChatApp {

namespace {

char levelLetter(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return 'D';
    case QtInfoMsg:
        return 'I';
    case QtWarningMsg:
        return 'W';
    case QtCriticalMsg:
        return 'E';
    case QtFatalMsg:
        return 'F';
    }
    return '?';
}

QByteArray logLine(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    const QString time = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    const QLatin1String category(context.category != nullptr ? context.category : "default");
    return (time + QLatin1Char(' ') + QLatin1Char(levelLetter(type)) + QLatin1Char(' ') + category
            + QLatin1String(": ") + printableText(redactedLogMessage(message)) + QLatin1Char('\n'))
        .toUtf8();
}

} // namespace

class FileLog::Private {
public:
    Private(const QString& folder, FileLogLimits limits) : m_folder(folder), m_limits(limits)
    {
        QDir().mkpath(folder);
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        open();
        s_installed = this;
        m_previous = qInstallMessageHandler(handler);
    }

    ~Private()
    {
        qInstallMessageHandler(m_previous);
        s_installed = nullptr;
        close();
    }

    Private(const Private&) = delete;
    Private& operator=(const Private&) = delete;

    QString path(int number) const
    {
        const QString suffix = number > 0 ? QLatin1Char('.') + QString::number(number) : QString();
        return m_folder + QLatin1String("/chatapp-uploader") + suffix + QLatin1String(".log");
    }

    void handle(QtMsgType type, const QMessageLogContext& context, const QString& message)
    {
        const QByteArray line = logLine(type, context, message);
        const bool written = write(line);
        const bool grave = type != QtDebugMsg && type != QtInfoMsg;
        if (type == QtFatalMsg || (grave && !written))
            std::fputs(line.constData(), stderr);
    }

private:
    // Qt's message handler is a plain function without a context: here it finds the log.
    static std::atomic<Private*> s_installed;
    static void handler(QtMsgType type, const QMessageLogContext& context, const QString& message);

    void open()
    {
        m_fd = ::open(QFile::encodeName(path(0)).constData(),
                      O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    }

    void close()
    {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = -1;
    }

    //! One write() on a file opened for appending: lines of two programs do not mix.
    bool write(const QByteArray& line)
    {
        // Messages come from every thread, and while the process goes down: a queue to a thread of
        // its own would lose the last ones, which matter most.
        const QMutexLocker lock(&m_mutex);
        makeRoom(line.size());
        return m_fd >= 0
            && ::write(m_fd, line.constData(), static_cast<size_t>(line.size())) == line.size();
    }

    void makeRoom(qint64 bytes)
    {
        struct stat ours { };
        const bool fits = m_fd < 0 || ::fstat(m_fd, &ours) != 0 || ours.st_size == 0
            || ours.st_size + bytes <= m_limits.bytesPerFile;
        if (fits)
            return;
        struct stat current { };
        const bool rotatedByAnother = ::stat(QFile::encodeName(path(0)).constData(), &current) != 0
            || current.st_ino != ours.st_ino;
        if (!rotatedByAnother) {
            QFile::remove(path(m_limits.files - 1));
            for (int number = m_limits.files - 1; number > 0; --number)
                QFile::rename(path(number - 1), path(number));
        }
        close();
        open();
    }

    const QString m_folder;
    const FileLogLimits m_limits;
    QtMessageHandler m_previous = nullptr;
    QMutex m_mutex;
    int m_fd = -1;
};

std::atomic<FileLog::Private*> FileLog::Private::s_installed{nullptr};

void FileLog::Private::handler(QtMsgType type, const QMessageLogContext& context,
                               const QString& message)
{
    if (Private* log = s_installed.load())
        log->handle(type, context, message);
}

FileLog::FileLog(const QString& folder, FileLogLimits limits)
    : d(std::make_unique<Private>(folder, limits))
{
}

FileLog::~FileLog() = default;

QString FileLog::file() const
{
    return d->path(0);
}

} // namespace ChatApp
