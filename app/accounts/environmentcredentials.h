// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/credentials.h"
#include "core/result.h"

#include <QtCore/QProcessEnvironment>

#include <optional>

namespace ChatApp {

//! Credentials from ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, if it is
//! there, ALIBABA_CLOUD_SECURITY_TOKEN; nothing if none of the three is set. An empty variable
//! counts as not set. Usage, with the name of the missing variable, if only a part is there.
Result<std::optional<Credentials>> environmentCredentials(
    const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment());

} // namespace ChatApp
