// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/clock.h"
#include "net/httptransport.h"
#include "oss/ossclient.h"
#include "oss/osserrors.h"
#include "oss/ossrequest.h"
#include "oss/signingbook.h"

#include <QtCore/QPointer>

#include <functional>
#include <optional>

namespace ChatApp {

//! One operation, ready to be signed and sent, and how its answer is read.
struct OssOperation {
    OssRequest request; //!< not signed
    ObjectUrl url; //!< without the query
    Credentials credentials;
    SigningTarget signing;
    bool anonymous = false; //!< not signed; any status is a success
    QByteArray body; //!< a small one
    std::optional<OssBody> bodySource; //!< or a large one
    //! Adds to `answer` what a successful response tells; false: it lacks what it must tell.
    std::function<bool(const HttpResponse& response, OssAnswer& answer)> read;
};

//! What all operations of an OssClient share; it outlives its calls.
struct SigningContext {
    HttpTransport& transport;
    SigningBook& book;
    ServerClock& serverClock; //!< of the operation's endpoint
    std::function<void(const SigningFacts&)> learnt;
};

//! Carries out one OssOperation: signs, sends, and where the refusal was about the signature or its
//! time, signs anew and sends again.
class SignedCall final : public OssCall {
    Q_OBJECT
public:
    SignedCall(SigningContext context, OssOperation operation, QObject* parent);
    ~SignedCall() override;

    void start();
    void abort() override;
    //! Ends the call if need be, and delivers finished() before it returns, if that is still due.
    void endNow();

private:
    void attempt();
    Result<HttpRequest> nextRequest();
    void answered(const HttpOutcome& outcome);
    void refused(const OssRefusal& refusal);
    bool signsAnew(const OssRefusal& refusal);
    void end(const OssOutcome& outcome);
    void deliver();

    SigningContext m_context;
    OssOperation m_operation;
    QList<SigningChoice> m_tried; //!< the last one is in use
    bool m_clockRepeated = false;
    QPointer<HttpCall> m_request;
    bool m_ended = false;
    bool m_delivered = false;
    OssOutcome m_outcome;
};

} // namespace ChatApp
