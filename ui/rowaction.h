// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace ChatApp {

//! What can be done with a row of a list, from its links, its menu or the keyboard.
enum class RowAction {
    None,
    Start,
    Cancel,
    Retry,
    Remove,
    CopyLink,
    OpenLink,
    ShowFile,
    CopyDetails,
    CopyPolicy,
    Menu,
};

} // namespace ChatApp
