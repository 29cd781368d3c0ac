// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/httprequest.h"

#include <QtCore/QDateTime>
#include <QtCore/QString>

#include <chrono>

namespace ChatApp::Sandbox {

//! Part of a file that is sent as a body.
struct FileSlice {
    QString path;
    qint64 offset = 0;
    qint64 length = 0;
};

//! What a request is answered with, and whether it gets the answer.
struct HttpResponse {
    enum class Delivery {
        Send, //!< as it should be
        Close, //!< the connection is closed in place of an answer
        Stall, //!< nothing is sent until the peer goes, or `delay` is over
        Raw, //!< `body` is sent as it is, without a status line, and the connection closed
    };

    int status = 200;
    QList<HttpField> fields; //!< without Content-Length and Connection
    QByteArray body;
    std::optional<FileSlice> file; //!< sent in place of `body`
    std::optional<qint64> announcedLength; //!< of an answer to HEAD, which has no body
    Delivery delivery = Delivery::Send;
    std::chrono::milliseconds delay{0};
    bool close = false; //!< close the connection afterwards

    void setHeader(const QByteArray& name, const QByteArray& value);
    void removeHeader(const QByteArray& name);
    QByteArray header(const QByteArray& name) const;
};

QByteArray reasonPhrase(int status);
//! "Thu, 26 Oct 2023 10:22:32 GMT"
QByteArray httpDate(const QDateTime& time);

} // namespace ChatApp::Sandbox
