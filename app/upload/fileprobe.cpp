// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/fileprobe.h"

#include "media/contenttype.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ChatApp {

namespace {

FileIdentity identityFrom(const struct stat& status)
{
    constexpr qint64 nanoseconds = 1'000'000'000;
    return FileIdentity{.device = status.st_dev,
                        .inode = status.st_ino,
                        .size = status.st_size,
                        .mtimeNs = status.st_mtim.tv_sec * nanoseconds + status.st_mtim.tv_nsec};
}

Error errorFromErrno(int number, const QString& path)
{
    const ErrorKind kind =
        number == ENOENT || number == ENOTDIR ? ErrorKind::FileMissing : ErrorKind::FileUnreadable;
    return Error{.kind = kind,
                 .message = QStringLiteral("%1: %2").arg(
                     path, QString::fromLocal8Bit(std::strerror(number)))};
}

class Descriptor {
public:
    explicit Descriptor(const QByteArray& path)
        // A FIFO without a writer would block open() for ever.
        : m_fd(::open(path.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
    {
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    int get() const { return m_fd; }

private:
    int m_fd;
};

} // namespace

Result<FileIdentity> identityOf(int fileDescriptor)
{
    struct stat status { };
    if (::fstat(fileDescriptor, &status) != 0)
        return errorFromErrno(errno, QStringLiteral("open file"));
    return identityFrom(status);
}

Result<FileIdentity> identityAt(const QString& path)
{
    struct stat status { };
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return errorFromErrno(errno, path);
    return identityFrom(status);
}

Result<FileFacts> probeFile(const QString& path)
{
    struct stat status { };
    const QByteArray native = QFile::encodeName(path);
    if (::stat(native.constData(), &status) != 0) {
        if (errno == ENOENT && path.contains(QChar::ReplacementCharacter))
            return Error{.kind = ErrorKind::FileNameNotUtf8, .message = path};
        return errorFromErrno(errno, path);
    }
    if (!S_ISREG(status.st_mode)) {
        return Error{.kind = ErrorKind::FileNotRegular,
                     .message = S_ISDIR(status.st_mode)
                         ? QStringLiteral("%1: is a folder").arg(path)
                         : QStringLiteral("%1: is not a regular file").arg(path)};
    }
    const Descriptor file(native);
    if (file.get() < 0)
        return errorFromErrno(errno, path);
    const Result<FileIdentity> identity = identityOf(file.get());
    if (!identity)
        return identity.error();

    QByteArray head(contentTypeHeadSize, Qt::Uninitialized);
    const ssize_t got = ::pread(file.get(), head.data(), static_cast<size_t>(head.size()), 0);
    if (got < 0)
        return errorFromErrno(errno, path);
    head.truncate(got);
    return FileFacts{.identity = *identity,
                     .contentType = contentTypeFor(QFileInfo(path).fileName(), head)};
}

} // namespace ChatApp
