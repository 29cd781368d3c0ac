// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/profilefolders.h"

#include <QtCore/QDir>

namespace ChatApp {

ProfileFolders standardProfileFolders(const QProcessEnvironment& environment)
{
    const QString homeVariable = environment.value(QStringLiteral("HOME"));
    const QString home = QDir::isAbsolutePath(homeVariable) ? homeVariable : QDir::homePath();
    const auto folder = [&](const QString& variable, const QString& otherwise) {
        const QString named = environment.value(variable);
        const QString base =
            QDir::isAbsolutePath(named) ? named : home + QLatin1Char('/') + otherwise;
        return QDir::cleanPath(base + QLatin1String("/chatapp-uploader"));
    };
    return {folder(QStringLiteral("XDG_DATA_HOME"), QStringLiteral(".local/share")),
            folder(QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral(".config")),
            folder(QStringLiteral("XDG_STATE_HOME"), QStringLiteral(".local/state"))};
}

} // namespace ChatApp
