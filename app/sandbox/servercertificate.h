// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "sandbox/sandboxconfig.h"

#include <QtCore/QString>

namespace ChatApp {

//! A self-made certificate for 127.0.0.1, ::1 and localhost, and the authority that signed it.
struct SandboxCertificate {
    SandboxTls tls;
    QString caFile; //!< PEM; what a client has to trust
};

//! Makes both anew (EC P-256, valid for 30 days) in `folder`. Errors: DiskFull, Internal.
Result<SandboxCertificate> makeSandboxCertificate(const QString& folder);

} // namespace ChatApp
