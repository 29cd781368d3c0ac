// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/secretservice.h"
#include "accounts/secretstore.h"
#include "core/answer.h"

namespace ChatApp {

//! The system's secret store through QtKeychain: Secret Service or KWallet. One entry per account
//! under the service "ChatApp Uploader", its key the account's id, its content the JSON object
//! {"accessKeySecret": "…"}. Before every operation the store is asked whether it is locked: a
//! locked one is neither read nor written, because it would say "not found". There is no plain text
//! fallback.
class KeychainSecretStore final : public SecretStore {
    Q_OBJECT
public:
    explicit KeychainSecretStore(QObject* parent = nullptr);

    QFuture<Result<SecretString>> read(const AccountId& account) override;
    QFuture<Result<void>> write(const AccountId& account, const SecretString& secret) override;
    QFuture<Result<void>> remove(const AccountId& account) override;
    QFuture<Result<void>> unlock() override;
    QString backendName() const override { return m_backendName; }

private:
    using Availability = SecretService::Availability;

    void look(const SecretService::Look& then);
    void startReading(const AccountId& account, const Answer<SecretString>& answer);
    void startWriting(const AccountId& account, const SecretString& secret,
                      const Answer<void>& answer);
    void readBack(const AccountId& account, const SecretString& secret, const Answer<void>& answer);
    void startRemoving(const AccountId& account, const Answer<void>& answer);

    SecretService m_service;
    QString m_backendName;
};

} // namespace ChatApp
