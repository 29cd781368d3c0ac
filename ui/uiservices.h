// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/credentials.h"
#include "engine/engine.h"
#include "models/historymodel.h"

#include <functional>

namespace ChatApp {

class AccountManager;
class Desktop;
class UploadManager;

//! Calls the service with these credentials and says what it found.
using AccountTester = std::function<QFuture<Result<AccountTestReport>>(
    const Credentials& credentials, const QString& endpoint, const SpaceId& space)>;

//! All that the window's pages may call; borrowed, and outliving the window. Narrow on purpose: a
//! test drives the whole window without an engine.
struct UiServices {
    UploadManager& uploads;
    AccountManager& accounts;
    HistorySource history;
    AccountTester testAccount;
    Desktop& desktop;
};

} // namespace ChatApp
