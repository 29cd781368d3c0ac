// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "storage/uploadrecord.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <optional>
#include <set>
#include <utility>

namespace ChatApp {

//! Which upload goes next, and how many at once. Pulled, not pushed: whoever ended asks for the
//! next. A plain value on the engine thread; its order is that of the positions, ties by id.
class TransferScheduler {
public:
    //! A single PUT has one request in flight, so that this is the budget of requests too.
    //! 0: nothing is ever sent.
    explicit TransferScheduler(int slots) : m_slots(slots) { }

    //! Nothing if it is queued or running already.
    void enqueue(const QueuePlace& place);
    //! Gives a queued upload another place; nothing if it is not queued.
    void move(const QueuePlace& place);
    //! Takes the upload out of the queue, or gives its slot back; nothing if it has neither.
    void release(UploadId id);
    //! The next upload that has room now, its slot taken; nothing if there is none.
    std::optional<UploadId> next();

    int running() const { return static_cast<int>(m_running.size()); }
    qsizetype queued() const { return m_waiting.size(); }

private:
    int m_slots;
    std::set<std::pair<qint64, qint64>> m_queue; // position, id
    QHash<UploadId, qint64> m_waiting; // positions of those in the queue
    QSet<UploadId> m_running;
};

} // namespace ChatApp
