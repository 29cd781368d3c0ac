// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/refusal.h"

#include <functional>
#include <optional>

namespace ChatApp::Sandbox {

//! Checks the ACS3-HMAC-SHA256 signature of an OpenAPI call (protocol: "V3 request syntax &
//! signature method" of the OpenAPI gateway). Pure: it knows nothing of accounts or nonces seen.
class Acs3Authenticator {
public:
    using FindCaller = std::function<std::optional<KnownCaller>(const QByteArray& accessKeyId)>;

    //! What a call must be.
    struct Identity {
        QByteArray accessKeyId;
        QByteArray nonce;
        QByteArray action;
    };

    Acs3Authenticator(FindCaller findCaller, QDateTime now)
        : m_findCaller(std::move(findCaller))
        , m_now(std::move(now))
    {
    }

    //! `bodySha256`: of the body that arrived, in lower-case hexadecimal.
    std::variant<Identity, Refusal> check(const HttpRequest& request,
                                          const QByteArray& bodySha256) const;

private:
    FindCaller m_findCaller;
    QDateTime m_now;
};

} // namespace ChatApp::Sandbox
