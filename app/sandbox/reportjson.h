// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/sandboxreport.h"

#include <QtCore/QJsonObject>

#include <optional>

namespace ChatApp::Sandbox {

QJsonObject objectToJson(const SandboxObject& object);
QJsonObject uploadToJson(const SandboxUpload& upload);
QJsonObject logEntryToJson(const SandboxLogEntry& entry);
QJsonObject statsToJson(const SandboxStats& stats);
QJsonObject eventToJson(const SandboxEvent& event);
//! "received", "committed", "answered", "aborted"
std::optional<SandboxEvent::Kind> eventKindFromName(const QString& name);

} // namespace ChatApp::Sandbox
