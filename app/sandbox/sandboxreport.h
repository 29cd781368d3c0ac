// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/sandboxoperation.h"

#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QMap>

#include <cstdint>
#include <functional>

namespace ChatApp {

//! An object in the sandbox's store.
struct SandboxObject {
    QString bucket;
    QString key;
    qint64 size = 0;
    std::uint64_t crc64 = 0;
    QByteArray md5; //!< lower-case hexadecimal, of the whole content
    QByteArray etag; //!< without quotes
    QByteArray contentType;
    QByteArray acl; //!< "default" or what x-oss-object-acl said
    QMap<QByteArray, QByteArray> headers; //!< stored and returned ones: Cache-Control, x-oss-meta-…
    QDateTime lastModified;
    QString file; //!< where its bytes are; read it, but leave it
};

struct SandboxPart {
    int number = 0;
    qint64 size = 0;
    std::uint64_t crc64 = 0;
    QByteArray etag; //!< without quotes
    QDateTime lastModified;
};

//! A multipart upload that was neither completed nor aborted.
struct SandboxUpload {
    QString bucket;
    QString key;
    QString uploadId;
    QList<SandboxPart> parts;
};

//! A request as the server saw it. Never holds a signature, a token or a secret.
struct SandboxLogEntry {
    qint64 sequence = 0; //!< counts from 1
    QDateTime time;
    qint64 connection = 0;
    SandboxOperation operation = SandboxOperation::Unknown;
    QByteArray method;
    QByteArray path; //!< without the query
    QMap<QByteArray, QByteArray> parameters; //!< harmless ones only
    QMap<QByteArray, QByteArray> headers; //!< lower-case names, harmless ones only
    QString bucket;
    QString key;
    QString accessKeyId;
    QString signature; //!< "ACS3", "V4", "V1", "V4 presigned", "V1 presigned", or empty
    qint64 bodyBytes = 0; //!< received
    bool committed = false; //!< it changed the store
    bool answered = false; //!< false: closed, stalled, or the peer went away
    int status = 0;
    QString code; //!< "OK", or the error's
    QString ec;
    QString requestId;
    int fault = -1; //!< index of the rule of the fault plan that hit it
};

struct SandboxStats {
    QMap<SandboxOperation, int> requests;
    QMap<SandboxOperation, int> refused; //!< of those, answered with an error
    //! Per AccessKey ID: the most GetChatappUploadAuthorization calls that arrived in any second.
    QMap<QString, int> peakAuthorizations;
    int openConnections = 0;
    int peakConnections = 0;
    qint64 connections = 0; //!< accepted in all
    int peakConcurrentRequests = 0;
    qint64 bodyBytes = 0; //!< received
    qint64 peakBytesPerSecond = 0; //!< in any whole second since the start
    qint64 storedBytes = 0; //!< objects and parts
};

//! Something that happened at the server, in order.
struct SandboxEvent {
    enum class Kind {
        Received, //!< the head of a request was read
        Committed, //!< an object, part or upload was stored, completed or aborted
        Answered, //!< the answer was handed to the system (or withheld as planned)
        Aborted, //!< the peer went away before that
    };

    qint64 number = 0; //!< of the event, counts from 1
    Kind kind = Kind::Received;
    qint64 request = 0; //!< SandboxLogEntry::sequence
    SandboxOperation operation = SandboxOperation::Unknown;
    QString key;
    int status = 0; //!< of the answer
};

//! A point that a request passes on its way through the server. Unlike an event it is told while
//! the server stands still: see SandboxServer::setGate().
struct SandboxMoment {
    enum class Stage {
        Received, //!< its head was read, nothing else
        Whole, //!< its body was read too; nothing was carried out
        CarriedOut, //!< the store is changed and the answer ready; nothing of it was sent
        Sent, //!< the answer was handed to the system
    };

    Stage stage = Stage::Received;
    SandboxOperation operation = SandboxOperation::Unknown;
    QString key;
    int status = 0; //!< of the answer, once there is one; 0: none is sent
};

//! Called on the server's thread, which does nothing else until it returns.
using SandboxGate = std::function<void(const SandboxMoment&)>;

} // namespace ChatApp

Q_DECLARE_METATYPE(ChatApp::SandboxEvent)
