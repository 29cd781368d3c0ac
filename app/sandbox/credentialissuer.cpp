// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/credentialissuer.h"

#include "core/random.h"

namespace ChatApp::Sandbox {

IssuedCredentials CredentialIssuer::issue(const QString& accessKeyId, const QString& spaceId,
                                          const QDateTime& expiry)
{
    IssuedCredentials issued;
    issued.accessKeyId = "STS.SANDBOX" + randomBase32(16).toUpper();
    issued.caller.secret = "SandboxSecret" + randomBase32(24);
    // '+', '/' and '=' as in real tokens, because they have to survive every encoding.
    issued.caller.securityToken = "SANDBOX+TOKEN/" + systemRandomBytes(48).toBase64() + "==";
    issued.caller.expiry = expiry;
    issued.directory = directoryOf(accessKeyId, spaceId);
    m_issued.insert(issued.accessKeyId, issued);
    return issued;
}

std::optional<IssuedCredentials> CredentialIssuer::find(const QByteArray& accessKeyId) const
{
    const auto found = m_issued.constFind(accessKeyId);
    return found == m_issued.constEnd() ? std::nullopt : std::optional(*found);
}

QByteArray CredentialIssuer::directoryOf(const QString& accessKeyId, const QString& spaceId)
{
    QByteArray& directory = m_directories[accessKeyId + QLatin1Char('/') + spaceId];
    if (directory.isEmpty())
        directory = "sandbox/" + randomBase32(8);
    return directory;
}

} // namespace ChatApp::Sandbox
