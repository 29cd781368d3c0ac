// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "engine/accounttarget.h"

namespace ChatApp {

void completeTarget(UploadTarget& target, const Account& account, const QList<Space>& spaces)
{
    target.accountId = account.id;
    target.accountName = account.name;
    target.accessKeyId = account.accessKeyId;
    if (target.endpoint.isEmpty())
        target.endpoint = account.endpoint;
    if (target.region.isEmpty())
        target.region = account.region;
    for (const Space& space : spaces) {
        if (space.id == target.spaceId)
            target.spaceName = space.name;
    }
}

} // namespace ChatApp
