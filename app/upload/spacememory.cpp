// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/spacememory.h"

namespace ChatApp {

QString SpaceMemory::nameOf(const QString& endpoint, const QString& accessKeyId,
                            const SpaceId& space)
{
    return endpoint + QLatin1Char('\n') + accessKeyId + QLatin1Char('\n') + space.value;
}

void SpaceMemory::know(const QList<SpaceFacts>& spaces)
{
    for (const SpaceFacts& facts : spaces)
        m_withoutMultipart.insert(nameOf(facts.endpoint, facts.accessKeyId, facts.space));
}

void SpaceMemory::rememberWithoutMultipart(const AuthorizationKey& key)
{
    m_withoutMultipart.insert(nameOf(key.endpoint, key.accessKeyId, key.space));
    // It saves a request next time, nothing else: nobody waits for it.
    m_store.rememberWithoutMultipart(
        {.endpoint = key.endpoint, .accessKeyId = key.accessKeyId, .space = key.space});
}

bool SpaceMemory::isWithoutMultipart(const AuthorizationKey& key) const
{
    return m_withoutMultipart.contains(nameOf(key.endpoint, key.accessKeyId, key.space));
}

} // namespace ChatApp
