// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "sandbox/sandboxconfig.h"

#include <QtCore/QJsonObject>

#include <optional>

namespace ChatApp::Sandbox {

QJsonObject behaviorToJson(const SandboxBehavior& behavior);
//! `behavior` with the members of `changes` applied; an unknown member or value is an error
//! (Usage).
Result<SandboxBehavior> changeBehavior(SandboxBehavior behavior, const QJsonObject& changes);

// The words that the command line and the admin interface use.
std::optional<SandboxBehavior::ExpireFormat> expireFormatFromName(const QString& name);
std::optional<SandboxBehavior::EndpointFormat> endpointFormatFromName(const QString& name);
std::optional<SandboxBehavior::DirFormat> dirFormatFromName(const QString& name);

} // namespace ChatApp::Sandbox
