// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/accountcheck.h"

#include "net/endpoint.h"

#include <algorithm>

namespace ChatApp {

namespace {

Error wrong(const QString& what)
{
    return Error{.kind = ErrorKind::Usage, .message = what};
}

//! Printable ASCII without the space: what goes into a signature and a header as it stands.
bool isGraphic(const QString& text)
{
    return std::all_of(text.begin(), text.end(),
                       [](QChar c) { return c > QLatin1Char(' ') && c <= QLatin1Char('~'); });
}

} // namespace

Result<Account> checkedAccount(Account account)
{
    account.name = account.name.trimmed();
    account.accessKeyId = account.accessKeyId.trimmed();
    account.endpoint = account.endpoint.trimmed();
    account.region = account.region.trimmed();
    if (account.name.isEmpty())
        return wrong(QStringLiteral("the name is empty"));
    if (account.accessKeyId.isEmpty() || !isGraphic(account.accessKeyId))
        return wrong(QStringLiteral("the AccessKey ID is empty or has characters that none has"));
    if (!isGraphic(account.region))
        return wrong(QStringLiteral("the region has characters that none has"));
    if (const auto endpoint = parseEndpoint(account.endpoint); !endpoint)
        return endpoint.error();
    return account;
}

Result<void> checkSecret(const SecretString& secret)
{
    const QByteArray bytes = secret.expose();
    if (!std::all_of(bytes.begin(), bytes.end(), [](char c) { return c > ' ' && c <= '~'; }))
        return wrong(QStringLiteral("the secret has characters that none has"));
    return {};
}

Result<Space> checkedSpace(Space space)
{
    space.id.value = space.id.value.trimmed();
    space.name = space.name.trimmed();
    if (space.id.value.isEmpty() || !isGraphic(space.id.value))
        return wrong(QStringLiteral("the space id is empty or has characters that none has"));
    return space;
}

} // namespace ChatApp
