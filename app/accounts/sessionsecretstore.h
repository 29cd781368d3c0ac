// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/secretstore.h"

#include <QtCore/QHash>

namespace ChatApp {

//! Secrets in memory, for as long as this object lives: where there is no secret store. Never
//! written anywhere.
class SessionSecretStore final : public SecretStore {
    Q_OBJECT
public:
    using SecretStore::SecretStore;

    QFuture<Result<SecretString>> read(const AccountId& account) override;
    QFuture<Result<void>> write(const AccountId& account, const SecretString& secret) override;
    QFuture<Result<void>> remove(const AccountId& account) override;
    QString backendName() const override;

    bool contains(const AccountId& account) const { return m_secrets.contains(account); }

private:
    QHash<AccountId, SecretString> m_secrets;
};

} // namespace ChatApp
