// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/logging.h"

namespace ChatApp {

Q_LOGGING_CATEGORY(lcNet, "chatapp.net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcCams, "chatapp.cams", QtInfoMsg)
Q_LOGGING_CATEGORY(lcOss, "chatapp.oss", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStore, "chatapp.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcAccounts, "chatapp.accounts", QtInfoMsg)
Q_LOGGING_CATEGORY(lcUpload, "chatapp.upload", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSandbox, "chatapp.sandbox", QtInfoMsg)
Q_LOGGING_CATEGORY(lcUi, "chatapp.ui", QtInfoMsg)

} // namespace ChatApp
