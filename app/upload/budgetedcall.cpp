// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/budgetedcall.h"

#include "core/whendone.h"
#include "upload/networkwatch.h"

namespace ChatApp {

namespace {

// How long an account's requests rest when the service throttles and names no time.
constexpr std::chrono::milliseconds throttlePause{1000};

} // namespace

AuthorizationKey authorizationKeyOf(const UploadTarget& target)
{
    return {target.accountId, target.accessKeyId, target.endpoint, target.spaceId};
}

BudgetedCall::BudgetedCall(UploadServices& services, AuthorizationKey key,
                           RequestBudget::Ticket ticket, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_key(std::move(key))
    , m_ticket(std::move(ticket))
{
}

BudgetedCall::~BudgetedCall()
{
    abort();
}

void BudgetedCall::abort()
{
    if (m_ended)
        return;
    m_ended = true;
    m_ticket.giveBack();
    if (m_call) {
        m_call->disconnect(this);
        m_call->abort();
    }
    deleteLater();
}

void BudgetedCall::send(const QByteArray& host, Begin begin)
{
    m_begin = std::move(begin);
    if (m_ticket.isValid())
        authorize();
    else
        m_ticket = m_services.budget.ask({host, m_key.accessKeyId}, [this] { authorize(); });
}

void BudgetedCall::authorize()
{
    whenDone(m_services.broker.acquire(m_key), this,
             [this](const Result<UploadAuthorization>& authorization) {
                 if (m_ended)
                     return;
                 if (!authorization) {
                     end({.answer = authorization.error(), .outcomeUnknown = false});
                     return;
                 }
                 m_generation = authorization->generation;
                 m_call = m_begin(*authorization);
                 connect(m_call, &OssCall::bodyBytesSent, this, &BudgetedCall::bodyBytesSent);
                 connect(m_call, &OssCall::finished, this, &BudgetedCall::answered);
             });
}

void BudgetedCall::answered(const OssOutcome& outcome)
{
    m_call.clear();
    if (outcome.answer) {
        m_services.network.answered();
    } else {
        const Error& error = outcome.answer.error();
        if (error.kind == ErrorKind::TokenRejected)
            m_services.broker.invalidate(m_key, m_generation);
        else if (error.kind == ErrorKind::Throttled)
            m_services.budget.holdBack(m_key.accessKeyId, error.retryAfter.value_or(throttlePause));
    }
    end(outcome);
}

void BudgetedCall::end(const OssOutcome& outcome)
{
    m_ended = true;
    m_ticket.giveBack();
    deleteLater();
    OssOutcome judged = outcome;
    if (!judged.answer)
        judged.answer = m_services.network.judge(judged.answer.error());
    Q_EMIT finished(judged);
}

} // namespace ChatApp
