// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/environmentcredentials.h"

namespace ChatApp {

namespace {

const QString idVariable = QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_ID");
const QString secretVariable = QStringLiteral("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
const QString tokenVariable = QStringLiteral("ALIBABA_CLOUD_SECURITY_TOKEN");

Error notSet(const QString& variable)
{
    return Error{.kind = ErrorKind::Usage,
                 .message = QStringLiteral("the environment variable %1 is not set").arg(variable)};
}

} // namespace

Result<std::optional<Credentials>> environmentCredentials(const QProcessEnvironment& environment)
{
    const QString id = environment.value(idVariable);
    const QString secret = environment.value(secretVariable);
    const QString token = environment.value(tokenVariable);
    if (id.isEmpty() && secret.isEmpty() && token.isEmpty())
        return std::optional<Credentials>();
    if (id.isEmpty())
        return notSet(idVariable);
    if (secret.isEmpty())
        return notSet(secretVariable);
    return std::optional(
        Credentials{id, SecretString(secret.toUtf8()), SecretString(token.toUtf8())});
}

} // namespace ChatApp
