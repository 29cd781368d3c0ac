// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "models/uploadsmodel.h"

#include "errortexts.h"
#include "formats.h"
#include "statewords.h"

#include <algorithm>

namespace ChatApp {

namespace {

//! Each range costs a move of all that is behind it: with more of them one reset is quicker.
constexpr int mostRangesRemovedSingly = 50;

//! Ascending row numbers as [first, last] pairs, last range first.
QList<std::pair<int, int>> rangesFromTheEnd(const QList<int>& sortedRows)
{
    QList<std::pair<int, int>> ranges;
    for (auto it = sortedRows.crbegin(); it != sortedRows.crend(); ++it) {
        if (!ranges.isEmpty() && ranges.last().first == *it + 1)
            ranges.last().first = *it;
        else
            ranges.append({*it, *it});
    }
    return ranges;
}

QString spokenText(const UploadSnapshot& upload)
{
    const StateWords words = stateWords(upload, QDateTime::currentDateTimeUtc());
    QStringList parts{singleLine(upload.record.name), formatSize(upload.record.identity.size),
                      targetTitle(upload.record.target), words.text};
    if (!words.detail.isEmpty())
        parts.append(words.detail);
    if (upload.record.state == UploadState::Failed && upload.record.error)
        parts.append(errorWords(*upload.record.error).nextStep);
    return parts.join(QStringLiteral(", "));
}

QString tipText(const UploadRecord& record)
{
    QStringList lines{record.path.toHtmlEscaped()};
    if (record.state == UploadState::Failed && record.error) {
        const ErrorWords words = errorWords(*record.error);
        lines.append({words.explanation.toHtmlEscaped(), words.nextStep.toHtmlEscaped(),
                      errorReference(*record.error).toHtmlEscaped()});
    }
    if (!record.url.isEmpty() && record.state == UploadState::Done)
        lines.append(record.url.toHtmlEscaped());
    return QStringLiteral("<p>%1</p>").arg(lines.join(QStringLiteral("<br>")));
}

} // namespace

int UploadsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant UploadsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const UploadSnapshot upload = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return singleLine(upload.record.name);
    case Qt::ToolTipRole:
        return tipText(upload.record);
    case Qt::AccessibleTextRole:
        return spokenText(upload);
    case SnapshotRole:
        return QVariant::fromValue(upload);
    case IdRole:
        return QVariant::fromValue(upload.record.id);
    default:
        return {};
    }
}

UploadSnapshot UploadsModel::at(int row) const
{
    const Row& found = rowAt(row);
    UploadSnapshot upload = found.news ? *found.news : UploadSnapshot{};
    upload.record = found.record.unpack();
    return upload;
}

void UploadsModel::setRow(Row& row, const UploadSnapshot& upload)
{
    row.record.assign(upload.record, m_pool);
    UploadSnapshot news = upload;
    news.record = {};
    if (news == UploadSnapshot{})
        row.news.reset();
    else
        row.news = std::make_unique<UploadSnapshot>(std::move(news));
}

void UploadsModel::apply(const UploadBatch& batch)
{
    const auto before = m_counts;
    removeUploads(batch.removed);
    changeUploads(batch.changed);
    if (m_counts != before)
        Q_EMIT countsChanged();
}

void UploadsModel::removeUploads(const QList<UploadId>& ids)
{
    QList<int> rows;
    for (const UploadId& id : ids) {
        if (const int row = rowOf(id); row >= 0)
            rows.append(row);
    }
    if (rows.isEmpty())
        return;
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (const int row : std::as_const(rows))
        count(rowAt(row).record.state, -1);

    const QList<std::pair<int, int>> ranges = rangesFromTheEnd(rows);
    if (ranges.size() > mostRangesRemovedSingly) {
        removeByReset(rows);
        return;
    }
    for (const auto& [first, last] : ranges)
        removeRange(first, last);
}

void UploadsModel::removeRange(int first, int last)
{
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row)
        m_rowOf.remove(rowAt(row).record.id);
    m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
    renumber(first);
    endRemoveRows();
}

void UploadsModel::removeByReset(const QList<int>& sortedRows)
{
    beginResetModel();
    std::vector<std::unique_ptr<Row>> kept;
    kept.reserve(m_rows.size() - static_cast<size_t>(sortedRows.size()));
    auto next = sortedRows.cbegin();
    for (int row = 0; row < rowCount(); ++row) {
        if (next != sortedRows.cend() && *next == row)
            ++next;
        else
            kept.push_back(std::move(m_rows.at(static_cast<size_t>(row))));
    }
    m_rows = std::move(kept);
    m_rowOf.clear();
    renumber(0);
    endResetModel();
}

void UploadsModel::changeUploads(const QList<UploadSnapshot>& uploads)
{
    std::vector<std::unique_ptr<Row>> added;
    int firstChanged = -1;
    int lastChanged = -1;
    for (const UploadSnapshot& upload : uploads) {
        const int row = rowOf(upload.record.id);
        if (row < 0) {
            added.push_back(std::make_unique<Row>());
            setRow(*added.back(), upload);
            continue;
        }
        count(rowAt(row).record.state, -1);
        count(upload.record.state, +1);
        setRow(*m_rows.at(static_cast<size_t>(row)), upload);
        firstChanged = firstChanged < 0 ? row : std::min(firstChanged, row);
        lastChanged = std::max(lastChanged, row);
    }
    // One signal for all: the view repaints what is visible of the range, whatever its length.
    if (firstChanged >= 0)
        Q_EMIT dataChanged(index(firstChanged), index(lastChanged));
    if (added.empty())
        return;
    const int first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
    for (std::unique_ptr<Row>& row : added) {
        count(row->record.state, +1);
        m_rows.push_back(std::move(row));
    }
    m_rowOf.reserve(rowCount());
    renumber(first);
    endInsertRows();
}

void UploadsModel::renumber(int from)
{
    for (int row = from; row < rowCount(); ++row)
        m_rowOf.insert(rowAt(row).record.id, row);
}

template <typename Predicate>
QList<UploadId> UploadsModel::idsWhere(Predicate predicate) const
{
    QList<UploadId> ids;
    for (const std::unique_ptr<Row>& row : m_rows) {
        if (predicate(row->record.state))
            ids.append(row->record.id);
    }
    return ids;
}

template <typename Predicate>
int UploadsModel::countWhere(Predicate predicate) const
{
    int sum = 0;
    for (size_t state = 0; state < m_counts.size(); ++state) {
        if (predicate(static_cast<UploadState>(state)))
            sum += m_counts.at(state);
    }
    return sum;
}

QList<UploadId> UploadsModel::startable() const
{
    return idsWhere(isStartable);
}

QList<UploadId> UploadsModel::running() const
{
    return idsWhere(isRunning);
}

QList<UploadId> UploadsModel::ended() const
{
    return idsWhere(isEnded);
}

int UploadsModel::startableCount() const
{
    return countWhere(isStartable);
}

int UploadsModel::runningCount() const
{
    return countWhere(isRunning);
}

int UploadsModel::endedCount() const
{
    return countWhere(isEnded);
}

} // namespace ChatApp
