// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "storage/uploadrecord.h"

#include <QtCore/QList>

#include <optional>
#include <set>
#include <utility>

namespace ChatApp {

//! The order of the whole list by position, ties by id. Positions have room between them: a move
//! takes time in proportion to what is moved (times the logarithm of the list), and now and then
//! pushes a few neighbours on. A plain value on the engine thread.
class QueueOrder {
public:
    //! The position for one more upload behind all others, those reserved before included.
    qint64 reserve();
    void insert(const QueuePlace& place);
    void remove(const QueuePlace& place) { m_order.erase(keyOf(place)); }
    //! First to last.
    QList<UploadId> ids() const;

    //! Puts `moved`, in this order, in front of `before`; nothing: at the end. All are given with
    //! their present places. If `before` is itself moved, the first one behind it that is not takes
    //! its part. Gives the new places of all that have one.
    QList<QueuePlace> move(const QList<QueuePlace>& moved, const std::optional<QueuePlace>& before);

private:
    using Key = std::pair<qint64, qint64>; // position, id

    static Key keyOf(const QueuePlace& place) { return {place.position, place.id.value}; }

    std::set<Key> m_order;
    qint64 m_last = 0;
};

} // namespace ChatApp
