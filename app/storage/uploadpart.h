// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QMetaType>

namespace ChatApp {

//! A part of a multipart upload that the server has acknowledged.
struct UploadPart {
    int number = 0; //!< 1 to 10,000
    qint64 size = 0; //!< bytes
    QByteArray etag; //!< without quotes: the part's MD5 in hexadecimal
    quint64 crc64 = 0; //!< of the bytes read

    bool operator==(const UploadPart&) const = default;
};

} // namespace ChatApp
