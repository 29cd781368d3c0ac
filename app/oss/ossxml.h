// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "oss/ossvalues.h"

#include <QtCore/QDateTime>

#include <optional>

namespace ChatApp {

// Readers of OSS's XML answers. Pure; unknown elements are skipped. Their input is bounded by the
// transport.

//! An <Error> document (protocol notes 3.6); absent elements are empty.
struct OssErrorDocument {
    QString code;
    QString message;
    QString requestId;
    QString ec;
    QDateTime serverTime; //!< of a refused clock
    QString region; //!< the region that is named as the right one, in whatever way; empty: none
};

//! Nothing if the bytes are not an <Error> document.
std::optional<OssErrorDocument> parseOssError(const QByteArray& xml);

//! UploadId of an InitiateMultipartUploadResult; nothing if there is none.
std::optional<QString> parseInitiateResult(const QByteArray& xml);

struct OssPartsPage {
    QList<OssPart> parts; //!< ascending
    std::optional<int> nextMarker; //!< there is more after this part number
};
//! A ListPartsResult; nothing if it is not one, or a part in it has no number.
std::optional<OssPartsPage> parseListPartsResult(const QByteArray& xml);

//! ETag (without quotes) of a CompleteMultipartUploadResult; nothing if it is not one.
std::optional<QByteArray> parseCompleteResult(const QByteArray& xml);

//! The body of CompleteMultipartUpload, in ascending order.
QByteArray completeUploadDocument(QList<OssPart> parts);

//! An ETag without the quotes that it is sent in.
QByteArray unquoted(const QByteArray& etag);

} // namespace ChatApp
