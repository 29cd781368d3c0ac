// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QIODevice>
#include <QtCore/QList>
#include <QtCore/QObject>

#include <chrono>
#include <memory>

namespace ChatApp {

struct HttpHeader {
    QByteArray name;
    QByteArray value;

    bool operator==(const HttpHeader&) const = default;
};
using HttpHeaders = QList<HttpHeader>;

//! One HTTP/1.1 request, exactly as it is to go out. Nothing in it is encoded or normalised again.
struct HttpRequest {
    QByteArray method;
    QByteArray scheme = "https"; //!< "https", or "http" on a loopback address only
    QByteArray host; //!< name or address, IPv6 without brackets
    int port = -1; //!< -1: the scheme's default
    QByteArray target = "/"; //!< path and query, percent-encoded: goes to the wire as it stands
    HttpHeaders headers; //!< without Host and Content-Length, which the transport adds
    QByteArray body; //!< a small body, held in memory
    //! A large body instead: sequential, open for reading, `bodySize` bytes. The transport owns it
    //! and reads it once, while it is sent. A device that has nothing now reads 0 bytes, is not
    //! atEnd(), and emits readyRead() when it has: no time limit runs meanwhile.
    std::unique_ptr<QIODevice> bodyDevice;
    qint64 bodySize = 0;
    qint64 maxAnswerSize = 1024 * 1024; //!< a longer answer is an error (InvalidAnswer)
};

struct HttpResponse {
    int status = 0;
    HttpHeaders headers;
    QByteArray body;

    //! First value of the header, compared without case; empty if it is not there.
    QByteArray header(const QByteArray& name) const;
};

//! The outcome of one call: an answer with any status from 200 to 599 except the redirects, which
//! are the error Intercepted, or the transport's Error (Dns, Tls, Timeout …). `requestTaken` says
//! whether any byte of the request may have reached the server: if so, an error leaves the outcome
//! unknown.
struct HttpOutcome {
    Result<HttpResponse> response{Error{}};
    bool requestTaken = false;
};

//! One request under way. Lives on the transport's thread and is owned by the transport; it deletes
//! itself after finished(). finished() comes exactly once, never from within HttpTransport::send().
class HttpCall : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    //! Ends the call with ErrorKind::Cancelled, if it has not ended; finished() follows, queued.
    virtual void abort() = 0;

Q_SIGNALS:
    //! Bytes of the body handed to the socket so far; never falls.
    void bodyBytesSent(qint64 bytes);
    void finished(const ChatApp::HttpOutcome& outcome);
};

//! Sends requests. The implementation drives a QNetworkAccessManager (see network/http path in the
//! architecture notes of README.md): no redirect is followed, no cookie kept, no cache, no HTTP/2;
//! plain http to a host that is not a loopback address is refused with PlainHttpRefused before
//! anything is sent. Used on the thread it lives on.
class HttpTransport : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual HttpCall* send(HttpRequest request) = 0;
};

//! How a transport reaches the network. A value, fixed when the transport is built.
struct TransportConfig {
    enum class ProxyMode { Environment, None, Fixed };

    ProxyMode proxyMode = ProxyMode::Environment; //!< https_proxy, http_proxy, no_proxy
    QByteArray fixedProxy; //!< "http://host:port" or "socks5://host:port", for Fixed
    QString extraCaFile; //!< PEM; added to the system's certificates; empty: none
    std::chrono::milliseconds connectTimeout{30'000};
    std::chrono::milliseconds sendStallTimeout{60'000}; //!< no byte moved of a body that has some
    std::chrono::milliseconds answerTimeout{120'000}; //!< no answer after the whole body
};

//! True for `localhost`, 127.0.0.0/8 and ::1: the only hosts where plain http is allowed.
bool isLoopbackHost(const QByteArray& host);

} // namespace ChatApp

Q_DECLARE_METATYPE(ChatApp::HttpOutcome)
