// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "sandbox/sandboxconfig.h"
#include "sandbox/sandboxfaultplan.h"

#include <QtCore/QStringList>

namespace ChatApp {

//! What the command line of chatapp-sandbox asks for.
struct SandboxOptions {
    SandboxConfig config;
    SandboxFaultPlan plan;
    bool tls = false;
    bool json = false;
    bool help = false;
    bool version = false;
};

//! `arguments` without the program's name. Errors: Usage.
Result<SandboxOptions> parseSandboxOptions(const QStringList& arguments);
QString sandboxHelp();

} // namespace ChatApp
