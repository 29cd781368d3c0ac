// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/account.h"
#include "storage/uploadrecord.h"

namespace ChatApp {

//! Fills in what the saved account knows; what was given keeps its say.
void completeTarget(UploadTarget& target, const Account& account, const QList<Space>& spaces);

} // namespace ChatApp
