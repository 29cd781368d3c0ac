// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/spool.h"

#include <QtCore/QDir>
#include <QtCore/QStorageInfo>

#include <openssl/evp.h>

#include <array>

namespace ChatApp::Sandbox {

Md5::Md5() : m_context(EVP_MD_CTX_new())
{
    EVP_DigestInit_ex(m_context, EVP_md5(), nullptr);
}

Md5::~Md5()
{
    EVP_MD_CTX_free(m_context);
}

void Md5::update(const char* data, qint64 size)
{
    EVP_DigestUpdate(m_context, data, static_cast<size_t>(size));
}

QByteArray Md5::result() const
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_MD_CTX* copy = EVP_MD_CTX_new();
    EVP_MD_CTX_copy_ex(copy, m_context);
    EVP_DigestFinal_ex(copy, digest.data(), &length);
    EVP_MD_CTX_free(copy);
    return {reinterpret_cast<const char*>(digest.data()), static_cast<qsizetype>(length)};
}

SpoolFile::SpoolFile(SpoolArea& area, const QString& path, qint64 reserved)
    : m_area(area)
    , m_file(path)
    , m_reserved(reserved)
{
    m_area.addReserved(m_reserved);
}

SpoolFile::~SpoolFile()
{
    m_area.addReserved(-m_reserved);
    m_file.close();
    if (!m_kept)
        m_file.remove();
}

bool SpoolFile::open()
{
    return m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered);
}

bool SpoolFile::write(const char* data, qint64 size)
{
    if (m_file.write(data, size) != size)
        return false;
    m_size += size;
    m_crc.update(data, size);
    m_md5.update(data, size);
    return true;
}

bool SpoolFile::keepAs(const QString& path)
{
    m_file.close();
    m_kept = m_file.error() == QFileDevice::NoError && m_file.rename(path);
    if (m_kept)
        m_area.addStored(m_size);
    return m_kept;
}

SpoolArea::SpoolArea(const QString& folder) : m_folder(folder)
{
    const QDir dir(folder);
    m_usable = dir.mkpath(QStringLiteral("incoming")) && dir.mkpath(QStringLiteral("stored"));
}

SpoolArea::Room SpoolArea::room(qint64 size, qint64 quota) const
{
    if (quota > 0 && size > quota - m_stored - m_reserved)
        return Room::QuotaExceeded;
    const qint64 available = QStorageInfo(m_folder).bytesAvailable();
    if (available >= 0 && size > available)
        return Room::DiskFull;
    return Room::Enough;
}

std::unique_ptr<SpoolFile> SpoolArea::newFile(qint64 announcedSize)
{
    const QString path = QStringLiteral("%1/incoming/%2").arg(m_folder).arg(++m_counter);
    return std::make_unique<SpoolFile>(*this, path, announcedSize);
}

QString SpoolArea::newPlace()
{
    return QStringLiteral("%1/stored/%2").arg(m_folder).arg(++m_counter);
}

} // namespace ChatApp::Sandbox
