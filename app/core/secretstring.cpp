// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/secretstring.h"

#include <openssl/crypto.h>

#include <vector>

namespace ChatApp {

struct SecretString::Buffer {
    explicit Buffer(const QByteArray& source) : bytes(source.begin(), source.end()) { }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer() { OPENSSL_cleanse(bytes.data(), bytes.size()); }

    std::vector<char> bytes;
};

SecretString::SecretString(QByteArray&& bytes)
{
    QByteArray source = std::move(bytes);
    if (source.isEmpty())
        return;
    m_buffer = std::make_shared<const Buffer>(source);
    // A shared buffer belongs to somebody else too (a literal, a parser's copy); data() would
    // detach and wipe a fresh copy for nothing.
    if (source.isDetached())
        OPENSSL_cleanse(source.data(), static_cast<size_t>(source.size()));
}

SecretString SecretString::copyOf(const QByteArray& bytes)
{
    SecretString copy;
    if (!bytes.isEmpty())
        copy.m_buffer = std::make_shared<const Buffer>(bytes);
    return copy;
}

bool SecretString::isEmpty() const
{
    return !m_buffer;
}

QByteArray SecretString::expose() const
{
    if (!m_buffer)
        return {};
    return QByteArray::fromRawData(m_buffer->bytes.data(),
                                   static_cast<qsizetype>(m_buffer->bytes.size()));
}

} // namespace ChatApp
