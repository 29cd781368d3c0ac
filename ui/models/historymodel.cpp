// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "models/historymodel.h"

#include "cellroles.h"
#include "core/whendone.h"
#include "errortexts.h"
#include "formats.h"
#include "statewords.h"

#include <algorithm>

namespace ChatApp {

HistoryModel::HistoryModel(HistorySource source, QObject* parent)
    : QAbstractTableModel(parent)
    , m_source(std::move(source))
{
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const UploadRecord& record = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(record, index.column());
    case Qt::ToolTipRole:
        return index.column() == When ? formatMoment(record.endedAt) : text(record, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == When ? spokenText(record) : text(record, index.column());
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignVCenter
                                | (index.column() == Size ? Qt::AlignRight : Qt::AlignLeft));
    case RecordRole:
        return QVariant::fromValue(record);
    case CellSymbolRole:
        return index.column() == Outcome ? outcomeWords(record).symbol : QString();
    case CellBoldRole:
        return index.column() == Name;
    case CellElideRole:
        return static_cast<int>(index.column() == Name || index.column() == Link ? Qt::ElideMiddle
                                                                                 : Qt::ElideRight);
    case CellToneRole:
        return static_cast<int>(tone(record, index.column()));
    default:
        return {};
    }
}

Tone HistoryModel::tone(const UploadRecord& record, int column) const
{
    switch (column) {
    case When:
    case Size:
        return Tone::Muted;
    case Outcome:
        return outcomeWords(record).tone;
    case Link:
        return Tone::Accent;
    default:
        return Tone::Neutral;
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter
                                | (section == Size ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case When:
        return tr("When");
    case Name:
        return tr("Name");
    case Space:
        return tr("Space");
    case Size:
        return tr("Size");
    case Outcome:
        return tr("Outcome");
    case Link:
        return tr("Link");
    default:
        return {};
    }
}

QString HistoryModel::text(const UploadRecord& record, int column) const
{
    switch (column) {
    case When:
        return formatWhen(record.endedAt, QDateTime::currentDateTimeUtc());
    case Name:
        return singleLine(record.name);
    case Space:
        return targetTitle(record.target);
    case Size:
        return formatSize(record.identity.size);
    case Outcome:
        return outcomeWords(record).text;
    case Link:
        return record.state == UploadState::Done ? record.url : QString();
    default:
        return {};
    }
}

QString HistoryModel::spokenText(const UploadRecord& record) const
{
    return QStringList{singleLine(record.name), text(record, When), outcomeWords(record).text,
                       targetTitle(record.target)}
        .join(QStringLiteral(", "));
}

bool HistoryModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_complete && !m_loading && !m_rows.isEmpty();
}

void HistoryModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    HistoryQuery query = m_query;
    query.afterEndedAtMs = m_rows.constLast().endedAt.toMSecsSinceEpoch();
    query.afterId = m_rows.constLast().id;
    request(query, false);
}

void HistoryModel::search(const QString& text, std::optional<UploadState> outcome)
{
    m_query.search = text.trimmed();
    m_query.outcome = outcome;
    request(m_query, true);
}

void HistoryModel::reload()
{
    request(m_query, true);
}

void HistoryModel::request(const HistoryQuery& query, bool fromStart)
{
    m_loading = true;
    const quint64 generation = ++m_generation;
    whenDone(m_source(query), this,
             [this, generation, fromStart](const Result<QList<UploadRecord>>& answer) {
                 if (generation == m_generation)
                     take(answer, fromStart);
             });
}

void HistoryModel::take(const Result<QList<UploadRecord>>& answer, bool fromStart)
{
    m_loading = false;
    if (!answer) {
        m_complete = true;
        Q_EMIT failed(answer.error());
        return;
    }
    m_complete = answer->size() < m_query.limit;
    if (fromStart) {
        beginResetModel();
        m_rows = *answer;
        endResetModel();
    }
    if (!fromStart && !answer->isEmpty()) {
        const int first = static_cast<int>(m_rows.size());
        beginInsertRows({}, first, first + static_cast<int>(answer->size()) - 1);
        m_rows.append(*answer);
        endInsertRows();
    }
    Q_EMIT loaded();
}

void HistoryModel::prepend(const UploadRecord& record)
{
    // What a search finds is for the store to say; and an answer under way may or may not hold the
    // new row.
    if (!m_query.search.isEmpty() || m_loading) {
        reload();
        return;
    }
    removeById(record.id);
    if (m_query.outcome && *m_query.outcome != record.state)
        return;
    beginInsertRows({}, 0, 0);
    m_rows.prepend(record);
    endInsertRows();
    Q_EMIT loaded();
}

void HistoryModel::removeById(UploadId id)
{
    const auto it = std::find_if(m_rows.cbegin(), m_rows.cend(),
                                 [&](const UploadRecord& row) { return row.id == id; });
    if (it == m_rows.cend())
        return;
    const int row = static_cast<int>(it - m_rows.cbegin());
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
}

} // namespace ChatApp
