// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/queueorder.h"

#include <QtCore/QSet>

#include <algorithm>
#include <iterator>

namespace ChatApp {

namespace {

// Room for twenty moves into the same gap before a neighbour has to make place.
constexpr qint64 gap = 1 << 20;

} // namespace

qint64 QueueOrder::reserve()
{
    return m_last += gap;
}

void QueueOrder::insert(const QueuePlace& place)
{
    m_order.insert(keyOf(place));
    m_last = std::max(m_last, place.position);
}

QList<UploadId> QueueOrder::ids() const
{
    QList<UploadId> ids;
    ids.reserve(static_cast<qsizetype>(m_order.size()));
    for (const Key& key : m_order)
        ids.append(UploadId{key.second});
    return ids;
}

QList<QueuePlace> QueueOrder::move(const QList<QueuePlace>& moved,
                                   const std::optional<QueuePlace>& before)
{
    QSet<UploadId> leaving;
    for (const QueuePlace& place : moved)
        leaving.insert(place.id);
    auto next = before ? m_order.lower_bound(keyOf(*before)) : m_order.end();
    while (next != m_order.end() && leaving.contains(UploadId{next->second}))
        ++next;

    QList<QueuePlace> block;
    for (const QueuePlace& place : moved) {
        if (m_order.erase(keyOf(place)) > 0)
            block.append(place);
    }
    const std::optional<qint64> lower =
        next == m_order.begin() ? std::nullopt : std::optional(std::prev(next)->first);
    // Neighbours go along until there is room for all.
    while (lower && next != m_order.end() && next->first - *lower <= block.size()) {
        block.append({UploadId{next->second}, next->first});
        next = m_order.erase(next);
    }

    const auto steps = static_cast<qint64>(block.size()) + 1;
    qint64 start = lower.value_or(0);
    qint64 step = gap;
    if (next != m_order.end()) {
        if (lower)
            step = (next->first - *lower) / steps;
        else
            start = next->first - steps * gap;
    }
    for (QueuePlace& place : block) {
        start += step;
        place.position = start;
        insert(place);
    }
    return block;
}

} // namespace ChatApp
