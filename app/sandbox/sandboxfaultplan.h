// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "sandbox/sandboxoperation.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QString>

#include <chrono>

namespace ChatApp {

//! One way to misbehave.
struct SandboxFault {
    enum class Type {
        Status, //!< refuse with `status`, `code`, `ec`, `retryAfter`
        CloseBeforeReply, //!< read it all, do nothing, close
        CloseAfterBytes, //!< close once `bytes` of the body have arrived (0: after the head)
        CommitThenClose, //!< do it, then close in place of the answer
        Stall, //!< read it all, never answer; `delay` bounds it (default 10 minutes)
        Slow, //!< read the body at `bytesPerSecond` (0: at full speed), answer `delay` late
        WrongCrc, //!< do it, answer with another CRC64
        MissingCrc, //!< do it, answer without a CRC64
        ExpiredToken, //!< refuse as if the security token had expired
        Throttle, //!< refuse as the service throttles, with `retryAfter`
        Deny, //!< refuse as if the policy did not allow it
        DenyAcl, //!< the same, but only requests that carry x-oss-object-acl
        ClockSkew, //!< the server's clock is `skew` off for this request
        Garbage, //!< 200 with bytes that mean nothing
        NotHttp, //!< bytes that are not an HTTP answer
        Huge, //!< 200 with a body of `bytes` (default 2 MiB)
        Html, //!< 200 with a web page, as a captive portal answers
        Redirect, //!< `status` (default 302) to `location`
        ErrorIn200, //!< 200 with an error document: `code`
    };

    Type type = Type::Status;
    int status = 0; //!< 0: what the type usually has
    QString code{};
    QString ec{};
    std::chrono::milliseconds retryAfter{0};
    std::chrono::milliseconds delay{0};
    std::chrono::milliseconds skew{0};
    qint64 bytes = -1;
    qint64 bytesPerSecond = 0;
    QString location{};
    //! The request is carried out before its answer is replaced.
    bool commit = false;
};

//! Which requests a fault meets: the n-th of the operation, counted since the plan was set, and
//! `count` in a row. Only the first rule of a plan that meets a request acts on it.
struct SandboxFaultRule {
    SandboxOperation operation = SandboxOperation::Any;
    int ordinal = 1; //!< 0: always
    int count = 1; //!< from `ordinal` on; ignored with always
    SandboxFault fault;
    int hits = 0; //!< filled in by the server

    static SandboxFaultRule nth(SandboxOperation operation, int ordinal, SandboxFault fault);
    static SandboxFaultRule always(SandboxOperation operation, SandboxFault fault);
};

//! A list of rules with its counters. A plain value; the server keeps one on its thread.
class SandboxFaultPlan {
public:
    SandboxFaultPlan() = default;
    explicit SandboxFaultPlan(QList<SandboxFaultRule> rules) : m_rules(std::move(rules)) { }

    //! Counts a request and returns the index of the rule that meets it, or -1.
    int meet(SandboxOperation operation, bool carriesAcl);
    const QList<SandboxFaultRule>& rules() const { return m_rules; }

    //! {"rules": [{"operation": "PutObject", "ordinal": 2 | "always", "count": 1,
    //!  "fault": "status", …}]}; see app/sandbox/README.md. Unknown names are refused.
    static Result<SandboxFaultPlan> fromJson(const QByteArray& json);
    QByteArray toJson() const;

private:
    QList<SandboxFaultRule> m_rules;
    QMap<SandboxOperation, int> m_counts; //!< requests so far; Any counts all
};

} // namespace ChatApp
