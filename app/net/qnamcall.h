// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/httptransport.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>

class QNetworkReply;

namespace ChatApp {

class UploadBody;

//! One request of QnamTransport: watches over a QNetworkReply, its time limits and its size, and
//! turns what comes of it into one HttpOutcome.
class QnamCall final : public HttpCall {
    Q_OBJECT
public:
    QnamCall(const TransportConfig& config, qint64 maxAnswerSize, QObject* parent);

    //! Follows the reply, which the call deletes when it is over. `body` may be null; `viaProxy`
    //! says whose fault a failed connection is.
    void follow(QNetworkReply* reply, UploadBody* body, bool viaProxy);
    void abort() override;
    //! Ends the call; finished() follows, queued. Only the first end counts.
    void end(Result<HttpResponse> response);
    //! Ends the call if need be, and delivers finished() before it returns, if that is still due.
    void endNow();

private:
    enum class Phase { Connecting, Sending, Waiting, Receiving };

    void enter(Phase phase);
    void assumeSent();
    void awaitBody();
    void limitReached();
    void readAnswer();
    void replyFinished();
    Result<HttpResponse> outcomeOfReply();
    void deliver();

    TransportConfig m_config;
    qint64 m_maxAnswerSize;
    QPointer<QNetworkReply> m_reply;
    QPointer<UploadBody> m_body;
    bool m_viaProxy = false;
    Phase m_phase = Phase::Connecting;
    QTimer m_limit;
    QString m_certificateProblem;
    QByteArray m_answer;
    bool m_ended = false;
    bool m_delivered = false;
    HttpOutcome m_outcome;
};

} // namespace ChatApp
