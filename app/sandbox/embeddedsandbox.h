// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"

#include <QtCore/QString>

#include <memory>

namespace ChatApp {

//! How to reach a sandbox: made-up credentials that are good for nothing else.
struct SandboxAccess {
    QString endpoint; //!< "http://127.0.0.1:port"
    QString accessKeyId;
    QString accessKeySecret;
    QString spaceId;
    QString spaceName;
};

//! The sandbox inside another program (`--sandbox`): on 127.0.0.1, a random port and a thread of
//! its own, data in a temporary folder with a quota, removed in the destructor. No fault plan and
//! no admin interface.
class EmbeddedSandbox {
public:
    EmbeddedSandbox();
    ~EmbeddedSandbox();

    //! Blocks for a moment (no network involved). Errors: DiskFull, Internal.
    Result<SandboxAccess> start();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ChatApp
