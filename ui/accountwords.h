// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/account.h"
#include "engine/engine.h"
#include "tones.h"

#include <QtCore/QString>

namespace ChatApp {

//! A sentence about an account, with what it means and what helps.
struct AccountWords {
    QString symbol;
    QString text;
    QString action; //!< label of the button that helps; empty if nothing is to do
    Tone tone = Tone::Neutral;
};

//! Where the secret is: every state has its own sentence.
AccountWords secretWords(const Account& account);
//! What a test of an account found.
AccountWords testWords(const Result<AccountTestReport>& report);

} // namespace ChatApp
