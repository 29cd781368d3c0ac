// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/account.h"
#include "core/result.h"
#include "core/secretstring.h"

namespace ChatApp {

//! The account with white space around its fields taken off, if every field makes sense by itself.
//! Errors, with the field's name in the message: Usage, PlainHttpRefused.
Result<Account> checkedAccount(Account account);
//! Usage if the secret has anything in it that no AccessKey secret has. An empty one is fine here.
Result<void> checkSecret(const SecretString& secret);
//! As checkedAccount().
Result<Space> checkedSpace(Space space);

} // namespace ChatApp
