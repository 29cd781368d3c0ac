// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/error.h"

namespace ChatApp {

//! An error in the words of the command line: what happened, and what to do about it.
struct ErrorText {
    QString what;
    QString nextStep;
};

ErrorText errorText(ErrorKind kind);

//! For stderr: what happened, what the service said with code and request id, the next step. One
//! line each, without control characters.
QString errorLines(const Error& error);

} // namespace ChatApp
