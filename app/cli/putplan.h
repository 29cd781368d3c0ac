// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/options.h"
#include "engine/accounttarget.h"
#include "engine/engineconfig.h"
#include "sandbox/embeddedsandbox.h"
#include "storage/uploadrecord.h"

#include <QtCore/QProcessEnvironment>

namespace ChatApp {

//! What a `put` is made from, once options, environment and sandbox have been looked at.
struct PutPlan {
    EngineConfig config;
    //! Complete, unless `accountName` names a saved account, which gives the rest.
    UploadTarget target;
};

//! The profile's folders: those below --profile, or the user's own.
ProfilePaths profilePaths(const CommonOptions& options, const QProcessEnvironment& environment);

//! Errors: Usage (no credentials, an endpoint that is none), PlainHttpRefused. The keychain is left
//! out of the config: the caller opens one where an account is named.
Result<PutPlan> planPut(const PutOptions& options, const ProfilePaths& paths,
                        const QProcessEnvironment& environment,
                        const std::optional<SandboxAccess>& sandbox);

//! For a command that goes on with rows of the profile, whatever their credentials: those of the
//! environment, if there are any. Error: Usage (only a part of them is there). The keychain is left
//! out.
Result<EngineConfig> configForRows(const CommonOptions& options, const ProfilePaths& paths,
                                   const QProcessEnvironment& environment);

//! What the options of `put` and `resume` say about how much goes at once.
void setConcurrency(EngineConfig& config, std::optional<int> parallel, std::optional<int> parts);

} // namespace ChatApp
