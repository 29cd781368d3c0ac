// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "engine/engineconfig.h"

namespace ChatApp {

ProfilePaths ProfilePaths::below(const QString& folder)
{
    return {.data = folder + QStringLiteral("/data"),
            .config = folder + QStringLiteral("/config"),
            .state = folder + QStringLiteral("/state")};
}

QString ProfilePaths::databaseFile() const
{
    return data + QStringLiteral("/uploads.sqlite");
}

} // namespace ChatApp
