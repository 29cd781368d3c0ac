// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cams/uploadauthorization.h"
#include "core/clock.h"
#include "core/ids.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <functional>
#include <memory>

namespace ChatApp {

class CamsClient;

//! What an upload authorization is given for.
struct AuthorizationKey {
    AccountId account; //!< empty: the environment's credentials
    QString accessKeyId;
    QString endpoint; //!< of CAMS, as the account has it
    SpaceId space;

    bool operator==(const AuthorizationKey&) const = default;
};
size_t qHash(const AuthorizationKey& key, size_t seed = 0);

//! Hands out upload authorizations: cached until they are due for renewal, one call in flight per
//! key however many ask, calls limited by the CamsClient for each account. Lives on the engine
//! thread, borrows client and clock. Failures are not cached: they go to all who wait, and the next
//! acquire() asks again.
class AuthorizationBroker : public QObject {
    Q_OBJECT
public:
    //! Credentials that may call for the key. The future may end on any thread.
    using CredentialsSource = std::function<QFuture<Result<Credentials>>(const AuthorizationKey&)>;

    AuthorizationBroker(CamsClient& client, const Clock& clock, CredentialsSource credentials,
                        QObject* parent = nullptr);
    ~AuthorizationBroker() override;

    //! The future ends on every path; when the broker is destroyed first, with Cancelled. Of
    //! several that wait for one call, each gets the same outcome.
    QFuture<Result<UploadAuthorization>> acquire(const AuthorizationKey& key);
    //! The service refused the credentials of this generation: the next acquire() asks anew. Of
    //! many failures of one generation the first counts; an older generation changes nothing.
    void invalidate(const AuthorizationKey& key, quint64 generation);

Q_SIGNALS:
    //! The call for this key waits for its turn until about `until` (UTC, this computer's clock).
    void callDelayed(const ChatApp::AuthorizationKey& key, const QDateTime& until);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ChatApp

Q_DECLARE_METATYPE(ChatApp::AuthorizationKey)
