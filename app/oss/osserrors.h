// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/httptransport.h"
#include "oss/ossxml.h"

namespace ChatApp {

//! What a code of OSS means (protocol notes 3.6), refined by its EC; unknown codes are judged by
//! the status. Credentials are temporary here, so an unknown AccessKey ID is a token that ended.
//! Pure.
ErrorKind ossErrorKind(const QString& code, const QString& ec, int httpStatus);

//! A refusal: the Error, and what OSS said beyond it.
struct OssRefusal {
    Error error;
    QDateTime serverTime; //!< of a refused clock; invalid: not told
    QString region; //!< named as the right one; empty: none
};

//! Reads an answer that is not a success, or whose body is an <Error> all the same; the answer to
//! HEAD carries it in x-oss-err. Pure.
OssRefusal readOssRefusal(const HttpResponse& response);

//! True for an answer that is not OSS's own: a page of a portal or a proxy.
bool isForeignAnswer(const HttpResponse& response);

} // namespace ChatApp
