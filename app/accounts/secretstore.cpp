// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/secretstore.h"

#include "core/answer.h"

namespace ChatApp {

QFuture<Result<void>> SecretStore::unlock()
{
    const Answer<void> answer;
    answer.give({});
    return answer.future();
}

} // namespace ChatApp
