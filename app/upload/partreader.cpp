// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/partreader.h"

#include "upload/fileprobe.h"

#include <QtCore/QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace ChatApp {

namespace {

constexpr qint64 chunkSize = 64 * 1024;

Error changedError(const QString& path)
{
    return Error{.kind = ErrorKind::FileChanged,
                 .message = QStringLiteral("%1: changed since it was added").arg(path)};
}

} // namespace

Result<std::unique_ptr<PartReader>> PartReader::open(const QString& path,
                                                     const FileIdentity& expected, qint64 offset,
                                                     qint64 length, Bandwidth* bandwidth)
{
    const int fd =
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        const int number = errno;
        return Error{.kind = number == ENOENT || number == ENOTDIR ? ErrorKind::FileMissing
                                                                   : ErrorKind::FileUnreadable,
                     .message = QStringLiteral("%1: %2").arg(
                         path, QString::fromLocal8Bit(std::strerror(number)))};
    }
    std::unique_ptr<PartReader> reader(new PartReader(fd, path, expected, offset, length));
    const Result<FileIdentity> identity = identityOf(fd);
    if (!identity)
        return identity.error();
    if (*identity != expected)
        return changedError(path);
    if (bandwidth) {
        reader->m_share = std::make_unique<BandwidthShare>(
            *bandwidth, [device = reader.get()] { Q_EMIT device->readyRead(); });
    }
    reader->QIODevice::open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    return reader;
}

PartReader::PartReader(int fileDescriptor, QString path, const FileIdentity& expected,
                       qint64 offset, qint64 length)
    : m_fd(fileDescriptor)
    , m_path(std::move(path))
    , m_expected(expected)
    , m_offset(offset)
    , m_length(length)
    , m_readout(std::make_shared<PartReadout>())
{
}

PartReader::~PartReader()
{
    ::close(m_fd);
}

bool PartReader::atEnd() const
{
    return m_readout->failure || m_readout->bytesRead >= m_length;
}

qint64 PartReader::bytesAvailable() const
{
    return m_readout->failure ? 0 : m_length - m_readout->bytesRead;
}

qint64 PartReader::fail(ErrorKind kind, const QString& message)
{
    m_readout->failure = Error{.kind = kind, .message = message};
    setErrorString(message);
    return -1;
}

bool PartReader::isUnchanged()
{
    const Result<FileIdentity> open = identityOf(m_fd);
    if (!open || *open != m_expected)
        return false;
    if (m_readout->bytesRead < m_length)
        return true;
    // A file that was replaced keeps its old bytes open here; the user means the new one.
    const Result<FileIdentity> atPath = identityAt(m_path);
    return atPath && *atPath == m_expected;
}

qint64 PartReader::readData(char* data, qint64 maxSize)
{
    if (m_readout->failure)
        return -1;
    const qint64 left = m_length - m_readout->bytesRead;
    qint64 wanted = std::min({maxSize, chunkSize, left});
    if (wanted <= 0)
        return left <= 0 ? -1 : 0;
    if (m_share)
        wanted = m_share->take(wanted, left);
    if (wanted == 0)
        return 0;
    ssize_t got = 0;
    do {
        got = ::pread(m_fd, data, static_cast<size_t>(wanted), m_offset + m_readout->bytesRead);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        return fail(
            ErrorKind::FileUnreadable,
            QStringLiteral("%1: %2").arg(m_path, QString::fromLocal8Bit(std::strerror(errno))));
    }
    if (got == 0)
        return fail(ErrorKind::FileChanged, changedError(m_path).message);
    m_readout->bytesRead += got;
    if (!isUnchanged())
        return fail(ErrorKind::FileChanged, changedError(m_path).message);
    m_crc.update(data, got);
    m_readout->crc64 = m_crc.value();
    return got;
}

} // namespace ChatApp
