// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/clock.h"

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QTimer>

#include <functional>
#include <list>

namespace ChatApp {

//! How many requests to the object storage may be in flight, in all and to one host. Who wants to
//! send one asks for a ticket and gets it in turn; an upload in parts asks for one part at a time,
//! so that many uploads take turns whatever their sizes are. A service that throttles holds back
//! the requests of that account, not those of others. Lives on the engine thread.
class RequestBudget : public QObject {
    Q_OBJECT
public:
    struct Purpose {
        QByteArray host;
        QString account; //!< whose requests are held back together
    };

    //! The right to have one request in flight, or the place in the queue for it; goes back to the
    //! budget when it is destroyed.
    class Ticket {
    public:
        Ticket() = default;
        Ticket(RequestBudget* budget, quint64 number) : m_budget(budget), m_number(number) { }
        Ticket(Ticket&& other) noexcept;
        Ticket& operator=(Ticket&& other) noexcept;
        Ticket(const Ticket&) = delete;
        Ticket& operator=(const Ticket&) = delete;
        ~Ticket() { giveBack(); }

        bool isValid() const { return m_number != 0; }
        void giveBack();

    private:
        QPointer<RequestBudget> m_budget;
        quint64 m_number = 0;
    };

    RequestBudget(int total, int perHost, const Clock& clock, QObject* parent = nullptr);

    //! Calls `granted` when it is this one's turn, never from within; not at all once the ticket is
    //! gone.
    [[nodiscard]] Ticket ask(Purpose purpose, std::function<void()> granted);
    //! The service asked for a pause: nothing of this account is granted before it is over.
    void holdBack(const QString& account, std::chrono::milliseconds pause);

    int inFlight() const { return static_cast<int>(m_granted.size()); }

private:
    struct Waiting {
        quint64 number = 0;
        Purpose purpose;
        std::function<void()> granted;
    };
    void giveBack(quint64 number);
    void schedule();
    void grant();
    bool hasRoom(const Purpose& purpose) const;
    //! Until when the account's requests are held back; zero: they are not.
    std::chrono::milliseconds heldUntil(const QString& account) const;

    int m_total;
    int m_perHost;
    const Clock& m_clock;
    quint64 m_lastNumber = 0;
    std::list<Waiting> m_waiting;
    QHash<quint64, Purpose> m_granted;
    QHash<QByteArray, int> m_hosts; // granted ones
    QHash<QString, std::chrono::milliseconds> m_heldUntil; // by the monotonic clock
    QTimer m_timer;
};

} // namespace ChatApp
