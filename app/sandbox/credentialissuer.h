// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/refusal.h"

#include <QtCore/QHash>
#include <QtCore/QString>

#include <optional>

namespace ChatApp::Sandbox {

//! A set of temporary credentials, good for one Dir.
struct IssuedCredentials {
    QByteArray accessKeyId;
    KnownCaller caller;
    QByteArray directory; //!< without slashes around it
};

//! Hands out temporary credentials and knows them again. All names say what they are.
class CredentialIssuer {
public:
    //! Always the same directory for the same account and space, until the sandbox ends.
    IssuedCredentials issue(const QString& accessKeyId, const QString& spaceId,
                            const QDateTime& expiry);
    std::optional<IssuedCredentials> find(const QByteArray& accessKeyId) const;

private:
    QByteArray directoryOf(const QString& accessKeyId, const QString& spaceId);

    QHash<QByteArray, IssuedCredentials> m_issued;
    QHash<QString, QByteArray> m_directories;
};

} // namespace ChatApp::Sandbox
