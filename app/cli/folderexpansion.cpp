// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/folderexpansion.h"

#include <QtCore/QFileInfo>

#include <algorithm>

namespace ChatApp {

namespace {

constexpr qsizetype entriesAtOnce = 1000;

} // namespace

std::optional<FolderContents> contentsOf(const PutFile& folder, const FolderWalk::StopFlag& stop)
{
    if (!QFileInfo(folder.path).isDir())
        return {};
    FolderWalk walk(folder.path, stop);
    QString shown = folder.shown;
    while (shown.endsWith(QLatin1Char('/')))
        shown.chop(1);
    const auto named = [&walk, &shown](const QString& path) {
        return PutFile{shown + path.mid(walk.top().size()), path};
    };
    FolderContents contents;
    bool finished = false;
    while (!finished) {
        const FolderWalk::Portion portion = walk.next(entriesAtOnce);
        for (const QString& path : portion.files)
            contents.files.append(named(path));
        for (const FolderWalk::Skipped& skipped : portion.skipped)
            contents.passedOver.append({named(skipped.path), skipped.error});
        finished = portion.finished;
    }
    const auto isFailure = [](const std::pair<PutFile, Error>& entry) {
        return entry.second.kind != ErrorKind::FileNotRegular;
    };
    if (contents.files.isEmpty()
        && std::none_of(contents.passedOver.cbegin(), contents.passedOver.cend(), isFailure))
        contents.passedOver.append({folder, Error{.kind = ErrorKind::FolderEmpty}});
    return contents;
}

} // namespace ChatApp
