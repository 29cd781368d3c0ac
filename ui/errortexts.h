// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/error.h"

#include <QtCore/QString>

namespace ChatApp {

//! What a person is told about an Error, in their language: what happened in a few words, why, and
//! what they can do about it.
struct ErrorWords {
    QString title;
    QString explanation;
    QString nextStep;
};

//! The one table of words for errors. The service's own code decides where it is known, the kind
//! otherwise. GUI thread (translations).
ErrorWords errorWords(const Error& error);

//! True where the smallest RAM policy is the remedy.
bool isPermissionProblem(const Error& error);

//! The smallest RAM policy that lets a user upload, as JSON for the RAM console.
QString smallestRamPolicy();

//! Code, HTTP status and request id on one line, for the service's support; may be empty.
QString errorReference(const Error& error);

//! All that is known, for the clipboard. Free of secrets, as Error is.
QString errorDetails(const Error& error, const QString& fileName);

} // namespace ChatApp
