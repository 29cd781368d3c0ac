// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/exitcode.h"

#include <algorithm>

namespace ChatApp {

ExitCode exitCodeFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Usage:
    case ErrorKind::AccountUnknown:
    case ErrorKind::PlainHttpRefused:
        return ExitCode::Usage;

    case ErrorKind::SecretLocked:
    case ErrorKind::SecretMissing:
    case ErrorKind::SecretDenied:
    case ErrorKind::SecretStoreUnavailable:
    case ErrorKind::AccessKeyInvalid:
    case ErrorKind::SignatureRejected:
    case ErrorKind::ClockSkew:
    case ErrorKind::TokenRejected:
    case ErrorKind::NotSubscribed:
    case ErrorKind::PermissionDenied:
    case ErrorKind::OwnerUnknown:
        return ExitCode::Refused;

    case ErrorKind::Dns:
    case ErrorKind::ConnectionRefused:
    case ErrorKind::ConnectionLost:
    case ErrorKind::Tls:
    case ErrorKind::Proxy:
    case ErrorKind::Timeout:
    case ErrorKind::Offline:
    case ErrorKind::Intercepted:
    case ErrorKind::Throttled:
    case ErrorKind::ServiceUnavailable:
        return ExitCode::Network;

    case ErrorKind::ProfileInUse:
        return ExitCode::ProfileInUse;

    case ErrorKind::Cancelled:
        return ExitCode::Interrupted;

    case ErrorKind::Internal:
    case ErrorKind::FileMissing:
    case ErrorKind::FileUnreadable:
    case ErrorKind::FileNotRegular:
    case ErrorKind::FileNameNotUtf8:
    case ErrorKind::FileChanged:
    case ErrorKind::FileTooLarge:
    case ErrorKind::FolderEmpty:
    case ErrorKind::DiskFull:
    case ErrorKind::StoreNewer:
    case ErrorKind::StoreFailed:
    case ErrorKind::InvalidAnswer:
    case ErrorKind::SpaceInvalid:
    case ErrorKind::BucketMissing:
    case ErrorKind::ObjectExists:
    case ErrorKind::UploadMissing:
    case ErrorKind::ChecksumMismatch:
    case ErrorKind::Rejected:
        return ExitCode::Failed;
    }
    return ExitCode::Failed;
}

ExitCode exitCodeOf(const QList<ErrorKind>& failures)
{
    if (failures.isEmpty())
        return ExitCode::Done;
    const ExitCode first = exitCodeFor(failures.first());
    const bool allAlike = std::all_of(failures.begin(), failures.end(), [first](ErrorKind kind) {
        return exitCodeFor(kind) == first;
    });
    return allAlike ? first : ExitCode::Failed;
}

} // namespace ChatApp
