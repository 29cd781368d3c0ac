// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QMetaType>
#include <QtCore/QString>

#include <chrono>
#include <optional>

namespace ChatApp {

//! What went wrong, as far as a caller has to tell cases apart. The names that errorKindName()
//! gives are part of the command line's JSON and of the database: add at will, never rename.
enum class ErrorKind {
    Internal,
    Usage,
    Cancelled,

    // Files
    FileMissing,
    FileUnreadable,
    FileNotRegular,
    FileNameNotUtf8,
    FileChanged,
    FileTooLarge,
    FolderEmpty,

    // Profile and store
    ProfileInUse,
    DiskFull,
    StoreNewer,
    StoreFailed,

    // Secrets and accounts
    SecretLocked,
    SecretMissing,
    SecretDenied,
    SecretStoreUnavailable,
    AccountUnknown,

    // The way to the service
    PlainHttpRefused,
    Dns,
    ConnectionRefused,
    ConnectionLost,
    Tls,
    Proxy,
    Timeout,
    Offline,
    Intercepted,
    InvalidAnswer,

    // What the service said
    AccessKeyInvalid,
    SignatureRejected,
    ClockSkew,
    TokenRejected,
    NotSubscribed,
    PermissionDenied,
    OwnerUnknown,
    Throttled,
    ServiceUnavailable,
    SpaceInvalid,
    BucketMissing,
    ObjectExists,
    UploadMissing,
    ChecksumMismatch,
    Rejected,
};

//! An error as a value: the only error channel, together with Result. Words for people are made
//! from it in ui/ and cli/; `message` is what the service or the library said, already free of
//! secrets.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    QString code{}; //!< the service's own code, e.g. "Ram.PermissionDeny"; empty for local errors
    QString message{}; //!< for logs and experts, in English
    int httpStatus = 0; //!< 0: no answer arrived
    QString requestId{};
    QString ec{}; //!< OSS error code detail, e.g. "0002-00000226"
    std::optional<std::chrono::milliseconds> retryAfter{};

    bool operator==(const Error&) const = default;
};

//! Stable lower-camel name, e.g. "permissionDenied".
QString errorKindName(ErrorKind kind);
//! The inverse; an unknown name (from a newer version) gives Internal.
ErrorKind errorKindFromName(const QString& name);
//! Every kind there is, in order: for tables and tests that must be complete.
QList<ErrorKind> allErrorKinds();
//! One line for logs: kind, code, status, request id, message.
QString describeError(const Error& error);

} // namespace ChatApp

Q_DECLARE_METATYPE(ChatApp::Error)
