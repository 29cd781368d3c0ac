// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/puttally.h"
#include "upload/folderwalk.h"

#include <optional>
#include <utility>

namespace ChatApp {

//! What a folder on the command line stands for, where files have to be named one by one: another
//! process takes over files, and no folders.
struct FolderContents {
    QList<PutFile> files;
    QList<std::pair<PutFile, Error>> passedOver; //!< FileNotRegular is no failure, the others are
};

//! Walks the folder as staging would; nothing if it is none. Blocks on the disk: for a worker.
std::optional<FolderContents> contentsOf(const PutFile& folder, const FolderWalk::StopFlag& stop);

} // namespace ChatApp
