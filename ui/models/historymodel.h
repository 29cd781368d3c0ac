// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "storage/uploadrecord.h"
#include "tones.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QFuture>

#include <functional>

namespace ChatApp {

//! Asks for one page of history; answers on the GUI thread's event loop.
using HistorySource = std::function<QFuture<Result<QList<UploadRecord>>>(const HistoryQuery&)>;

//! History as a table that is paged in while it is scrolled. An answer that belongs to an earlier
//! search is dropped. GUI thread.
class HistoryModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { When, Name, Space, Size, Outcome, Link, ColumnCount };
    enum Role {
        RecordRole = Qt::UserRole, //!< UploadRecord; see CellRole for the others
    };

    explicit HistoryModel(HistorySource source, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    //! Starts again from the newest row. The old rows stay in sight until the answer is there.
    void search(const QString& text, std::optional<UploadState> outcome);
    //! The same search again.
    void reload();
    //! A row that has just ended: goes on top if the present search shows it.
    void prepend(const UploadRecord& record);

    const UploadRecord& at(int row) const { return m_rows.at(row); }
    bool isLoading() const { return m_loading; }
    //! True if the rows are those of a search or a filter rather than all there are.
    bool isFiltered() const { return !m_query.search.isEmpty() || m_query.outcome.has_value(); }

Q_SIGNALS:
    //! An answer arrived: rows are up to date as far as they were asked for.
    void loaded();
    void failed(const ChatApp::Error& error);

private:
    void request(const HistoryQuery& query, bool fromStart);
    void take(const Result<QList<UploadRecord>>& answer, bool fromStart);
    void removeById(UploadId id);
    QString text(const UploadRecord& record, int column) const;
    Tone tone(const UploadRecord& record, int column) const;
    QString spokenText(const UploadRecord& record) const;

    HistorySource m_source;
    HistoryQuery m_query;
    QList<UploadRecord> m_rows;
    quint64 m_generation = 0;
    bool m_loading = false;
    bool m_complete = true; //!< nothing more behind the last row
};

} // namespace ChatApp
