// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/error.h"

#include <QtCore/QList>

namespace ChatApp {

//! Exit codes of chatapp-upload: an interface, described in README.md.
enum class ExitCode {
    Done = 0,
    Failed = 1,
    Usage = 2,
    Refused = 3, //!< AccessKey, signature, subscription, permission
    Network = 4,
    ProfileInUse = 5,
    Interrupted = 130,
};

//! The class that an error belongs to.
ExitCode exitCodeFor(ErrorKind kind);

//! The code of a whole run: Done without failures, their class if all are of one, else Failed.
ExitCode exitCodeOf(const QList<ErrorKind>& failures);

} // namespace ChatApp
