// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cams/uploadauthorization.h"
#include "core/clock.h"
#include "core/ids.h"
#include "net/httptransport.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <memory>

namespace ChatApp {

//! How often the service may be called: at most `calls` starts in any `window`, for each account
//! (AccessKey ID and endpoint). The service allows 5 a second and counts arrivals, so a call counts
//! until `window` after its answer: however late it arrived, it was before that.
struct CamsCallLimit {
    int calls = 5;
    std::chrono::milliseconds window{1050};
};

//! Who calls: one account at one endpoint has one allowance of calls.
struct CamsCaller {
    Credentials credentials;
    Endpoint endpoint;
};

//! The CAMS OpenAPI (2020-06-06), one method per action. Lives on the engine thread and borrows
//! transport and clock. Every request, repeats included, waits for its turn under CamsCallLimit and
//! is signed when it is sent. Repeated here, a bounded number of times: a nonce that was used, and,
//! once, a clock that was refused. Anything else is the caller's to repeat.
//! A future ends on every path, and never before the call has returned; when the client is
//! destroyed first, with Cancelled.
class CamsClient : public QObject {
    Q_OBJECT
public:
    CamsClient(HttpTransport& transport, const Clock& clock, CamsCallLimit limit = {},
               QObject* parent = nullptr);
    ~CamsClient() override;

    //! Generation is 0 in the result: the broker counts.
    QFuture<Result<UploadAuthorization>> getChatappUploadAuthorization(const CamsCaller& caller,
                                                                       const SpaceId& space);
    //! True if the service is open for the account. Needs no space: tells whether an AccessKey
    //! works.
    QFuture<Result<bool>> getChatappOpenStatus(const CamsCaller& caller);

    //! The service's clock minus this computer's, as far as answers of this endpoint told.
    std::chrono::milliseconds clockOffset(const Endpoint& endpoint) const;

Q_SIGNALS:
    //! A call has to wait for its turn until about `until` (UTC, this computer's clock). `space` is
    //! empty for calls without one.
    void callDelayed(const QString& accessKeyId, const ChatApp::Endpoint& endpoint,
                     const ChatApp::SpaceId& space, const QDateTime& until);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ChatApp

Q_DECLARE_METATYPE(ChatApp::Endpoint)
