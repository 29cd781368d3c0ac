// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>

namespace ChatApp {

//! `message` with everything replaced that looks like a credential: Authorization headers and the
//! schemes that stand in them, signatures, security tokens, values of fields named secret, token or
//! password. The last line of defence: nothing of the kind is logged on purpose, but libraries and
//! servers' answers end up in messages too. It rather hides too much than too little.
QString redactedLogMessage(const QString& message);

} // namespace ChatApp
