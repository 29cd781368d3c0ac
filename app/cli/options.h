// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/ids.h"
#include "core/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>
#include <variant>

namespace ChatApp {

//! What every command understands. Empty: not given.
struct CommonOptions {
    QString profile;
    QString account;
    QString endpoint;
    QString region;
    QString caFile;
    bool json = false;
    bool sandbox = false;

    bool operator==(const CommonOptions&) const = default;
};

//! `put`: upload files.
struct PutOptions {
    CommonOptions common;
    SpaceId space; //!< never empty, except with `sandbox`
    QList<QByteArray> files; //!< as they stand in argv: names of files are bytes
    std::chrono::seconds wait{30}; //!< for a network that is away
    //! Bytes per second, 0: without a limit; nothing: what the profile's setting says.
    std::optional<qint64> bytesPerSecond;
    std::optional<int> parallel{}; //!< uploads at once, 1 to 8
    std::optional<int> parts{}; //!< of one file at once, 1 to 16
    bool replace = false; //!< an object of that key may be overwritten
    bool linkCheck = true;
    bool enqueue = false; //!< store the files for a later run, or for who holds the profile

    bool operator==(const PutOptions&) const = default;
};

//! `resume`: go on with what was started and has not ended.
struct ResumeOptions {
    CommonOptions common;
    std::chrono::seconds wait{30};
    std::optional<int> parallel{};
    std::optional<int> parts{};
    //! As for `put`.
    std::optional<qint64> bytesPerSecond{};

    bool operator==(const ResumeOptions&) const = default;
};

//! `list`: show what has not ended.
struct ListOptions {
    CommonOptions common;

    bool operator==(const ListOptions&) const = default;
};

//! `cancel`: cancel uploads that have not ended.
struct CancelOptions {
    CommonOptions common;
    QList<UploadId> ids; //!< at least one, each once

    bool operator==(const CancelOptions&) const = default;
};

//! `history`: show what was uploaded.
struct HistoryOptions {
    CommonOptions common;
    std::optional<int> limit; //!< at least 1; nothing: every row
    QString search;

    bool operator==(const HistoryOptions&) const = default;
};

struct HelpOptions {
    QString command; //!< empty: the program as a whole

    bool operator==(const HelpOptions&) const = default;
};

struct VersionOptions {
    bool operator==(const VersionOptions&) const = default;
};

using Options = std::variant<PutOptions, ResumeOptions, ListOptions, CancelOptions, HistoryOptions,
                             HelpOptions, VersionOptions>;

//! Reads the arguments that follow the program's name, as bytes. Options and files may be mixed;
//! after `--` all are files. Error: Usage, whose message is a sentence for the person at the
//! terminal. A pure function: looks at no file and no variable.
Result<Options> parseOptions(const QList<QByteArray>& arguments);

//! The text of --help for one command, or of the whole program for an empty name.
QString helpText(const QString& command);

} // namespace ChatApp
