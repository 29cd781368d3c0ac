// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "net/uploadbody.h"

#include <algorithm>

namespace ChatApp {

UploadBody::UploadBody(std::unique_ptr<QIODevice> source, qint64 size)
    : m_source(std::move(source))
    , m_size(size)
{
    connect(m_source.get(), &QIODevice::readyRead, this, &QIODevice::readyRead);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

UploadBody::~UploadBody() = default;

qint64 UploadBody::readData(char* data, qint64 maxSize)
{
    if (m_taken == m_size)
        return -1;
    const qint64 count = m_source->read(data, std::min(maxSize, m_size - m_taken));
    if (count < 0 || (count == 0 && m_source->atEnd())) {
        setErrorString(count < 0 ? m_source->errorString()
                                 : QStringLiteral("it ended before its size"));
        Q_EMIT brokeOff(errorString());
        return 0; // not the end: QNetworkAccessManager must not take what it has for the whole
    }
    m_taken += count;
    if (count > 0)
        Q_EMIT progressed(m_taken);
    else if (maxSize > 0)
        Q_EMIT starved();
    return count;
}

qint64 UploadBody::writeData(const char* data, qint64 maxSize)
{
    Q_UNUSED(data)
    Q_UNUSED(maxSize)
    return -1;
}

} // namespace ChatApp
