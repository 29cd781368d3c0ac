// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/credentials.h"
#include "core/result.h"
#include "net/endpoint.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonObject>
#include <QtCore/QString>

namespace ChatApp {

//! What GetChatappUploadAuthorization gave: temporary credentials and where they may write. A plain
//! value; copies share the secrets' buffers.
struct UploadAuthorization {
    Credentials credentials; //!< with a security token
    QString bucket;
    QString dir; //!< without leading and trailing slash; empty: the bucket's root
    Endpoint endpoint; //!< of OSS, without the bucket
    QDateTime expiresAt; //!< UTC, by this computer's clock
    QDateTime renewAt; //!< after 80 % of its life; UTC, by this computer's clock
    quint64 generation = 0; //!< counted by the AuthorizationBroker, for invalidate()
    QString requestId;
};

//! When the answer was made and taken, for the reading of `Expire`.
struct AnswerTime {
    QDateTime local; //!< this computer's clock, UTC
    QDateTime server; //!< the answer's Date header; invalid: taken to be `local`
};

//! Reads the JSON body of an answer whose Code was OK (protocol notes 1.2): lenient about `Expire`,
//! the form of `EndPoint` and the slashes of `Dir`, strict about what an upload cannot do without.
//! Errors: InvalidAnswer (its message names the field, never a value), PlainHttpRefused.
Result<UploadAuthorization> parseUploadAuthorization(const QJsonObject& answer,
                                                     const AnswerTime& time);

} // namespace ChatApp
