// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/credentials.h"
#include "core/result.h"
#include "net/endpoint.h"

#include <QtCore/QIODevice>
#include <QtCore/QList>

#include <functional>
#include <memory>
#include <optional>

namespace ChatApp {

//! What a request is about: an object, and the temporary credentials that may write it. (The
//! fields of an UploadAuthorization that matter here; this module does not know CAMS.)
struct OssTarget {
    Credentials credentials;
    Endpoint endpoint; //!< without the bucket
    QString bucket;
    QString key; //!< whole object key, `Dir/` included; not encoded
    QString preferredRegion; //!< the account's setting; empty: found out
};

//! A body that can be opened again if the request has to be signed anew. `open` is called on the
//! engine thread and gives a sequential device of exactly `size` bytes; it is read once.
struct OssBody {
    std::function<Result<std::unique_ptr<QIODevice>>()> open;
    qint64 size = 0;
    QByteArray contentType;
    QByteArray contentMd5; //!< base64; empty: not sent
};

struct OssPart {
    int number = 0; //!< 1 to 10,000
    QByteArray etag;
    qint64 size = -1; //!< -1: not told
    std::optional<quint64> crc64 = std::nullopt;

    bool operator==(const OssPart&) const = default;
};

//! What an answer told; each operation fills what it knows.
struct OssAnswer {
    int status = 0;
    QString requestId;
    std::optional<quint64> crc64; //!< of the object or part, if the answer carried it
    QByteArray etag; //!< without quotes
    //! Probe, where any status is an answer: why this one says nothing about the object (refused,
    //! or not OSS's own but a page of something on the way).
    std::optional<Error> refusal;
    QByteArray contentType; //!< head, probe
    qint64 size = -1; //!< of the object: head, probe; -1: not told
    QString uploadId; //!< initiate
    QList<OssPart> parts; //!< listParts, ascending
    std::optional<int> nextPartMarker; //!< listParts: there is more after this number
};

//! The outcome of one operation.
struct OssOutcome {
    Result<OssAnswer> answer{Error{}};
    //! Only with an error: the request may have been carried out all the same (no answer, or an
    //! answer 200 with an error in it). Ask the server before sending it again.
    bool outcomeUnknown = false;
};

//! How a bucket's requests have to be signed, as learnt from its answers.
struct SigningFacts {
    QString bucket;
    QString endpoint; //!< OSS endpoint, host[:port]
    QString region; //!< that V4 worked with; empty if only V1 worked
    bool v1Only = false;

    bool operator==(const SigningFacts&) const = default;
};

} // namespace ChatApp

Q_DECLARE_METATYPE(ChatApp::OssOutcome)
Q_DECLARE_METATYPE(ChatApp::SigningFacts)
