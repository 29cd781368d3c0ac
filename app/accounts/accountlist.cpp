// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/accountlist.h"

#include <algorithm>

namespace ChatApp {

namespace {

bool comesFirst(const Space& left, const Space& right)
{
    if (left.lastUsedAt != right.lastUsedAt) {
        // An invalid time is "never".
        return left.lastUsedAt.isValid()
            && (!right.lastUsedAt.isValid() || left.lastUsedAt > right.lastUsedAt);
    }
    const int byName = QString::localeAwareCompare(left.name, right.name);
    return byName != 0 ? byName < 0 : left.id.value < right.id.value;
}

} // namespace

void AccountList::add(Entry entry)
{
    m_entries.push_back(std::move(entry));
}

void AccountList::remove(const AccountId& id)
{
    std::erase_if(m_entries, [&id](const Entry& entry) { return entry.account.id == id; });
}

AccountList::Entry* AccountList::find(const AccountId& id)
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&id](const Entry& entry) { return entry.account.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

const AccountList::Entry* AccountList::find(const AccountId& id) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&id](const Entry& entry) { return entry.account.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

QList<Account> AccountList::accounts() const
{
    QList<Account> accounts;
    for (const Entry& entry : m_entries)
        accounts.append(entry.account);
    return accounts;
}

QList<Space> AccountList::spaces(const AccountId& id) const
{
    const Entry* entry = find(id);
    if (!entry)
        return {};
    QList<Space> spaces = entry->spaces;
    std::sort(spaces.begin(), spaces.end(), comesFirst);
    return spaces;
}

bool AccountList::isNameTaken(const QString& name, const AccountId& except) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return entry.account.name == name && entry.account.id != except;
    });
}

void AccountList::putSpace(const Space& space)
{
    removeSpace(space.account, space.id);
    if (Entry* entry = find(space.account))
        entry->spaces.append(space);
}

void AccountList::removeSpace(const AccountId& account, const SpaceId& space)
{
    if (Entry* entry = find(account))
        entry->spaces.removeIf([&space](const Space& known) { return known.id == space; });
}

} // namespace ChatApp
