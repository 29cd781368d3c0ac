// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/sandboxconfig.h"

#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QMap>

namespace ChatApp::Test {

//! A request, byte by byte as the test wants it.
struct RawRequest {
    QByteArray method;
    QByteArray target;
    QList<std::pair<QByteArray, QByteArray>> fields;
    QByteArray body;

    void set(const QByteArray& name, const QByteArray& value);
    void remove(const QByteArray& name);
    QByteArray get(const QByteArray& name) const;
    QByteArray head() const; //!< with the empty line
};

struct RawAnswer {
    int status = 0; //!< 0: the connection was closed, or fell silent, without a status line
    QMap<QByteArray, QByteArray> headers; //!< lower-case names
    QByteArray body;
    bool timedOut = false;

    //! The code in the body, or in `x-oss-err`, JSON or XML alike.
    QByteArray code() const;
    QByteArray element(const QByteArray& name) const; //!< of an XML body
};

//! Temporary credentials as GetChatappUploadAuthorization gave them.
struct RawCredentials {
    QByteArray accessKeyId;
    QByteArray secret;
    QByteArray token;
    QByteArray bucket;
    QByteArray directory;
};

//! A client that does what it is told, right or wrong, with blocking sockets and signing code of
//! its own: for tests of the sandbox itself.
class SandboxClient {
public:
    SandboxClient(quint16 port, SandboxAccount account)
        : m_port(port)
        , m_account(std::move(account))
    {
    }

    //! One connection per call. Sends `bodyLimit` bytes of the body at most (-1: all), then waits.
    RawAnswer send(const RawRequest& request, int timeoutMs = 10'000, qint64 bodyLimit = -1) const;
    RawAnswer sendBytes(const QByteArray& bytes, int timeoutMs = 10'000) const;

    //! A signed call; change it before signing it again with signCams().
    RawRequest camsCall(const QByteArray& action, const QByteArray& query) const;
    void signCams(RawRequest& request) const;
    RawCredentials authorize() const;

    //! An unsigned request for an object, path-style. `key` is decoded, `query` as sent.
    RawRequest oss(const QByteArray& method, const QByteArray& key, const QByteArray& body = {},
                   const QByteArray& query = {}) const;
    RawRequest v4(RawRequest request, const RawCredentials& credentials,
                  const QByteArray& region = "ap-southeast-1") const;
    RawRequest v1(RawRequest request, const RawCredentials& credentials) const;

    void setBucket(const QByteArray& bucket) { m_bucket = bucket; }
    //! The time that requests are dated with.
    QDateTime now = QDateTime::currentDateTimeUtc();

private:
    QByteArray host() const { return "127.0.0.1:" + QByteArray::number(m_port); }

    quint16 m_port;
    SandboxAccount m_account;
    QByteArray m_bucket;
};

} // namespace ChatApp::Test
