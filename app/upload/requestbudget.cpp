// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/requestbudget.h"

#include <algorithm>
#include <utility>

namespace ChatApp {

using std::chrono::milliseconds;

RequestBudget::Ticket::Ticket(Ticket&& other) noexcept
    : m_budget(std::exchange(other.m_budget, nullptr))
    , m_number(std::exchange(other.m_number, 0))
{
}

RequestBudget::Ticket& RequestBudget::Ticket::operator=(Ticket&& other) noexcept
{
    if (this != &other) {
        giveBack();
        m_budget = std::exchange(other.m_budget, nullptr);
        m_number = std::exchange(other.m_number, 0);
    }
    return *this;
}

void RequestBudget::Ticket::giveBack()
{
    if (m_budget && m_number != 0)
        m_budget->giveBack(m_number);
    m_number = 0;
}

RequestBudget::RequestBudget(int total, int perHost, const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_total(std::max(1, total))
    , m_perHost(std::max(1, perHost))
    , m_clock(clock)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RequestBudget::grant);
}

RequestBudget::Ticket RequestBudget::ask(Purpose purpose, std::function<void()> granted)
{
    m_waiting.push_back({++m_lastNumber, std::move(purpose), std::move(granted)});
    schedule();
    return {this, m_lastNumber};
}

void RequestBudget::giveBack(quint64 number)
{
    if (const auto granted = m_granted.constFind(number); granted != m_granted.constEnd()) {
        if (--m_hosts[granted->host] == 0)
            m_hosts.remove(granted->host);
        m_granted.erase(granted);
        schedule();
        return;
    }
    const auto waiting =
        std::find_if(m_waiting.begin(), m_waiting.end(),
                     [number](const Waiting& one) { return one.number == number; });
    if (waiting != m_waiting.end())
        m_waiting.erase(waiting);
}

void RequestBudget::holdBack(const QString& account, milliseconds pause)
{
    const milliseconds until = m_clock.monotonic() + pause;
    m_heldUntil[account] = std::max(m_heldUntil.value(account), until);
}

milliseconds RequestBudget::heldUntil(const QString& account) const
{
    const milliseconds until = m_heldUntil.value(account);
    return until > m_clock.monotonic() ? until : milliseconds{0};
}

void RequestBudget::schedule()
{
    if (!m_waiting.empty())
        m_timer.start(0);
}

bool RequestBudget::hasRoom(const Purpose& purpose) const
{
    return inFlight() < m_total && m_hosts.value(purpose.host) < m_perHost;
}

void RequestBudget::grant()
{
    milliseconds next{0};
    std::list<Waiting> granted;
    for (auto one = m_waiting.begin(); one != m_waiting.end();) {
        const auto here = one++;
        const milliseconds held = heldUntil(here->purpose.account);
        if (held.count() > 0) {
            next = next.count() == 0 ? held : std::min(next, held);
        } else if (hasRoom(here->purpose)) {
            m_granted.insert(here->number, here->purpose);
            ++m_hosts[here->purpose.host];
            granted.splice(granted.end(), m_waiting, here);
        }
    }
    if (next.count() > 0)
        m_timer.start(std::max(milliseconds{1}, next - m_clock.monotonic()));
    // Whoever is told may ask, or give back, at once; one that gave back is not told.
    for (const Waiting& one : granted) {
        if (m_granted.contains(one.number))
            one.granted();
    }
}

} // namespace ChatApp
