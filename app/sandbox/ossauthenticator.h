// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/osssignature.h"
#include "sandbox/refusal.h"

#include <functional>
#include <variant>

namespace ChatApp::Sandbox {

//! Checks who sent an OSS request: signature (V4 or V1, in the header or in the query), security
//! token, its expiry, the date. Pure: it is given the time and a way to look up callers.
class OssAuthenticator {
public:
    struct Policy {
        QByteArray region;
        bool acceptV4 = true;
        bool acceptV1 = true;
        bool nameRegion = false;
    };

    struct Identity {
        QByteArray accessKeyId; //!< empty: anonymous
    };

    using FindCaller = std::function<std::optional<KnownCaller>(const QByteArray& accessKeyId)>;

    OssAuthenticator(Policy policy, FindCaller findCaller, QDateTime now)
        : m_policy(std::move(policy))
        , m_findCaller(std::move(findCaller))
        , m_now(std::move(now))
    {
    }

    std::variant<Identity, Refusal> check(const HttpRequest& request,
                                          const OssTarget& target) const;

private:
    std::optional<Refusal> checkForm(const HttpRequest& request, const OssClaim& claim) const;
    std::optional<Refusal> checkScope(const OssClaim& claim) const;
    std::optional<Refusal> checkToken(const OssClaim& claim, const KnownCaller& caller) const;
    std::optional<Refusal> checkDate(const OssClaim& claim, const OssTarget& target) const;
    std::optional<Refusal> checkSkew(const QDateTime& sent) const;

    Policy m_policy;
    FindCaller m_findCaller;
    QDateTime m_now;
};

//! "V4", "V1", "V4 presigned", "V1 presigned", or empty for an anonymous request.
QByteArray ossSignatureName(const HttpRequest& request, const OssTarget& target);

} // namespace ChatApp::Sandbox
