// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cams/authorizationbroker.h"
#include "oss/ossclient.h"
#include "storage/uploadrecord.h"
#include "upload/requestbudget.h"
#include "upload/uploadservices.h"

#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <functional>

namespace ChatApp {

//! What the upload needs an authorization for.
AuthorizationKey authorizationKeyOf(const UploadTarget& target);

//! One request of an upload: waits for its place in the budget, takes the authorization as it then
//! is, sends. A token that was refused is reported to the broker, so that the next request gets a
//! new one; a service that throttles, to the budget. Lives on the engine thread; deletes itself
//! after finished(), which comes once and never from within send(). After abort() nothing comes.
class BudgetedCall : public QObject {
    Q_OBJECT
public:
    using Begin = std::function<OssCall*(const UploadAuthorization&)>;

    //! `ticket`: one that has been granted already, or none yet.
    BudgetedCall(UploadServices& services, AuthorizationKey key, RequestBudget::Ticket ticket,
                 QObject* parent);
    ~BudgetedCall() override;

    //! `host` is the one that the request goes to.
    void send(const QByteArray& host, Begin begin);
    void abort();

Q_SIGNALS:
    void bodyBytesSent(qint64 bytes);
    void finished(const ChatApp::OssOutcome& outcome);

private:
    void authorize();
    void answered(const OssOutcome& outcome);
    void end(const OssOutcome& outcome);

    UploadServices& m_services;
    AuthorizationKey m_key;
    RequestBudget::Ticket m_ticket;
    Begin m_begin;
    QPointer<OssCall> m_call;
    quint64 m_generation = 0;
    bool m_ended = false;
};

} // namespace ChatApp
