// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/sessionsecretstore.h"

#include "core/answer.h"

namespace ChatApp {

QFuture<Result<SecretString>> SessionSecretStore::read(const AccountId& account)
{
    const Answer<SecretString> answer;
    if (const auto found = m_secrets.constFind(account); found != m_secrets.constEnd())
        answer.give(*found);
    else
        answer.give(Error{.kind = ErrorKind::SecretMissing});
    return answer.future();
}

QFuture<Result<void>> SessionSecretStore::write(const AccountId& account,
                                                const SecretString& secret)
{
    const Answer<void> answer;
    m_secrets.insert(account, secret);
    answer.give({});
    return answer.future();
}

QFuture<Result<void>> SessionSecretStore::remove(const AccountId& account)
{
    const Answer<void> answer;
    m_secrets.remove(account);
    answer.give({});
    return answer.future();
}

QString SessionSecretStore::backendName() const
{
    return {};
}

} // namespace ChatApp
