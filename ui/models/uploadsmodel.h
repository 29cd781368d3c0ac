// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "upload/restingrecord.h"
#include "upload/uploadsnapshot.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QHash>

#include <array>
#include <memory>
#include <vector>

namespace ChatApp {

//! The uploads of the window as a list of values, keyed by their id and changed by batches. GUI
//! thread; knows nothing of the engine that makes the batches.
class UploadsModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        SnapshotRole = Qt::UserRole, //!< UploadSnapshot
        IdRole, //!< UploadId
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    void apply(const UploadBatch& batch);

    UploadSnapshot at(int row) const;
    UploadState stateOf(int row) const { return rowAt(row).record.state; } //!< quicker than at()
    //! -1: not in the list.
    int rowOf(UploadId id) const { return m_rowOf.value(id, -1); }
    int countOf(UploadState state) const { return m_counts.at(static_cast<size_t>(state)); }
    //! Staged and paused ones, in order.
    QList<UploadId> startable() const;
    QList<UploadId> running() const;
    QList<UploadId> ended() const;
    int startableCount() const;
    int runningCount() const;
    int endedCount() const;

Q_SIGNALS:
    //! One of the counts is another one now.
    void countsChanged();

private:
    void removeUploads(const QList<UploadId>& ids);
    void removeRange(int first, int last);
    void removeByReset(const QList<int>& sortedRows);
    void changeUploads(const QList<UploadSnapshot>& uploads);
    void renumber(int from);
    void count(UploadState state, int by) { m_counts.at(static_cast<size_t>(state)) += by; }
    template <typename Predicate>
    QList<UploadId> idsWhere(Predicate predicate) const;
    template <typename Predicate>
    int countWhere(Predicate predicate) const;

    //! A snapshot in the memory it needs, which is little for rows at rest.
    struct Row {
        RestingRecord record;
        std::unique_ptr<UploadSnapshot> news; // the rest of the snapshot, if it says anything
    };

    void setRow(Row& row, const UploadSnapshot& upload);
    const Row& rowAt(int row) const { return *m_rows.at(static_cast<size_t>(row)); }

    // Each row on its own: a list of 100,000 is moved in no time this way.
    std::vector<std::unique_ptr<Row>> m_rows;
    RecordPool m_pool;
    QHash<UploadId, int> m_rowOf;
    std::array<int, static_cast<size_t>(UploadState::Cancelled) + 1> m_counts{};
};

} // namespace ChatApp
