// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/ids.h"

#include <QtCore/QSet>

#include <deque>
#include <optional>

namespace ChatApp {

//! Which upload goes next, and how many at once. Pulled, not pushed: whoever ended asks for the
//! next. A plain value on the engine thread; its order is the order of the queue.
class TransferScheduler {
public:
    //! A single PUT has one request in flight, so that this is the budget of requests too.
    explicit TransferScheduler(int slots) : m_slots(slots) { }

    //! Puts the upload at the end; nothing if it is queued or running already.
    void enqueue(UploadId id);
    //! Takes the upload out of the queue, or gives its slot back; nothing if it has neither.
    void release(UploadId id);
    //! The next upload that has room now, its slot taken; nothing if there is none.
    std::optional<UploadId> next();

    int running() const { return static_cast<int>(m_running.size()); }
    qsizetype queued() const { return m_waiting.size(); }

private:
    int m_slots;
    std::deque<UploadId> m_queue;
    // Those of the queue that still wait. One that left before its turn stays in the queue and is
    // skipped there: to search for it would cost time in proportion to the queue.
    QSet<UploadId> m_waiting;
    QSet<UploadId> m_running;
};

} // namespace ChatApp
