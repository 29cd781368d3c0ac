// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "models/spacesmodel.h"

#include "formats.h"

#include <algorithm>

namespace ChatApp {

UploadTarget SpaceChoice::target() const
{
    UploadTarget target;
    target.accountId = account.id;
    target.accountName = account.name;
    target.accessKeyId = account.accessKeyId;
    target.endpoint = account.endpoint;
    target.region = account.region;
    target.spaceId = space.id;
    target.spaceName = space.name;
    return target;
}

int SpacesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_choices.size());
}

QVariant SpacesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SpaceChoice& choice = m_choices.at(index.row());
    const QString title = spaceTitle(choice.space.id, choice.space.name);
    switch (role) {
    case Qt::DisplayRole:
        return choice.account.name + QStringLiteral(" · ") + title;
    case Qt::ToolTipRole:
    case SpaceIdRole:
        return choice.space.id.value;
    case AccountNameRole:
        return choice.account.name;
    case SpaceTitleRole:
        return title;
    case SearchRole:
        return QStringList{choice.account.name, choice.space.name, choice.space.id.value}.join(
            QLatin1Char(' '));
    default:
        return {};
    }
}

void SpacesModel::setChoices(QList<SpaceChoice> choices)
{
    std::stable_sort(choices.begin(), choices.end(),
                     [](const SpaceChoice& a, const SpaceChoice& b) {
                         // An invalid time (never used) is earlier than all others.
                         if (a.space.lastUsedAt != b.space.lastUsedAt)
                             return a.space.lastUsedAt > b.space.lastUsedAt;
                         if (a.account.name != b.account.name)
                             return a.account.name.localeAwareCompare(b.account.name) < 0;
                         return spaceTitle(a.space.id, a.space.name)
                                    .localeAwareCompare(spaceTitle(b.space.id, b.space.name))
                             < 0;
                     });
    beginResetModel();
    m_choices = std::move(choices);
    endResetModel();
}

int SpacesModel::rowOf(const AccountId& account, const SpaceId& space) const
{
    const auto it =
        std::find_if(m_choices.cbegin(), m_choices.cend(), [&](const SpaceChoice& choice) {
            return choice.space.id == space
                && (account.value.isEmpty() || choice.account.id == account);
        });
    return it == m_choices.cend() ? -1 : static_cast<int>(it - m_choices.cbegin());
}

} // namespace ChatApp
