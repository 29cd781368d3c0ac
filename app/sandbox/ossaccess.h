// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/osstarget.h"
#include "sandbox/refusal.h"
#include "sandbox/sandboxstate.h"

namespace ChatApp::Sandbox {

//! All that can be said about an OSS request before looking at what it wants: form, bucket, who
//! sent it, whether that caller may do this to that key. Fills in the log entry on the way.
std::optional<Refusal> checkOssAccess(RequestContext& context, const OssTarget& target);

//! May anybody read the object without a signature?
bool isPublic(const SandboxObject& object, const SandboxBehavior& behavior);

} // namespace ChatApp::Sandbox
