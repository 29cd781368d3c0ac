// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "storage/uploadrecord.h"
#include "upload/uploadmanager.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>

namespace ChatApp {

struct HandoverFile {
    QString path; //!< absolute
    bool replace = false;

    bool operator==(const HandoverFile&) const = default;
};

//! Files for the process that holds the profile, to be stored and uploaded by it. Never a secret:
//! credentials are named, and the holder must have them. On the wire one line of JSON:
//! {"command":"enqueue","files":[{"path":"/a.png","replace":false}],
//!  "target":{"account":"","accessKeyId":"…","endpoint":"…","region":"","space":"…"}}
struct HandoverRequest {
    QList<HandoverFile> files;
    //! accountName (a saved account, of which the holder knows the rest), or accessKeyId (of the
    //! credentials in the environment); endpoint, region, spaceId.
    UploadTarget target;

    bool operator==(const HandoverRequest&) const = default;
};

//! What the holder made of it: {"ok":true,"ids":[1],"failures":[{"path","kind","message"}]}, or
//! {"ok":false,"error":{"kind","message"}}.
struct HandoverAnswer {
    QList<UploadId> ids; //!< of the files that have no failure, in their order
    QList<StageFailure> failures;
};

//! As many lines as it takes to keep each, and its answer, short enough; with the number of files
//! of each.
struct HandoverLine {
    QByteArray line;
    qsizetype files = 0;
};
QList<HandoverLine> handoverLines(const HandoverRequest& request);
//! Strict: whatever is not exactly as above is Usage, with the reason as its message.
Result<HandoverRequest> parseHandover(const QByteArray& line);

QByteArray handoverAnswerLine(const Result<HandoverAnswer>& answer);
//! The holder's error; InvalidAnswer for what makes no sense.
Result<HandoverAnswer> parseHandoverAnswer(const QByteArray& line);

} // namespace ChatApp
