// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "storage/uploadrecord.h"

#include <QtCore/QHash>

#include <optional>
#include <set>
#include <utility>

namespace ChatApp {

//! Which upload goes next, and how many at once. Pulled, not pushed: whoever ended asks for the
//! next. Its order is that of the positions, ties by id; but large files take no more than half of
//! the slots while small ones wait, which would else wait for hours. A plain value on the engine
//! thread.
class TransferScheduler {
public:
    //! 0 slots: nothing is ever sent. `largeAbove`: bytes.
    TransferScheduler(int slots, qint64 largeAbove) : m_slots(slots), m_largeAbove(largeAbove) { }

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
    using Queue = std::set<std::pair<qint64, qint64>>; // position, id
    struct Waiting {
        qint64 position = 0;
        bool isLarge = false;
    };
    Queue& queueOf(bool isLarge) { return isLarge ? m_large : m_small; }
    bool takesLarge() const;

    int m_slots;
    qint64 m_largeAbove;
    Queue m_small;
    Queue m_large;
    QHash<UploadId, Waiting> m_waiting; // those in the queues
    QHash<UploadId, bool> m_running; // and whether they are large
    int m_largeRunning = 0;
};

} // namespace ChatApp
