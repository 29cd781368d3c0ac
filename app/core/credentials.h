// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/secretstring.h"

#include <QtCore/QString>

namespace ChatApp {

//! What signs a call.
struct Credentials {
    QString accessKeyId;
    SecretString accessKeySecret;
    SecretString securityToken; //!< empty for a long-term AccessKey
};

} // namespace ChatApp
