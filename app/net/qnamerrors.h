// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/error.h"

#include <QtNetwork/QNetworkReply>

namespace ChatApp {

//! What is known about a reply that failed.
struct ReplyFailure {
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QString text; //!< Qt's own words
    QString certificateProblem; //!< empty if the certificate was in order, or never seen
    bool viaProxy = false;
    bool requestTaken = false;
};

//! True for an error that only repeats the HTTP status: there is an answer, and it is the caller's.
bool isStatusError(QNetworkReply::NetworkError error, int status);

//! True for errors that only come while a connection is made.
bool isBeforeRequest(QNetworkReply::NetworkError error);

//! The Error for a failure that is not a status. Pure.
Error errorOfReply(const ReplyFailure& failure);

} // namespace ChatApp
