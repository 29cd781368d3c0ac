// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/retrypolicy.h"

namespace ChatApp {

RetryClass retryClass(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Dns:
    case ErrorKind::ConnectionRefused:
    case ErrorKind::ConnectionLost:
    case ErrorKind::Proxy:
    case ErrorKind::Timeout:
    case ErrorKind::Offline:
    case ErrorKind::Intercepted:
    case ErrorKind::InvalidAnswer:
    case ErrorKind::ClockSkew:
    case ErrorKind::Throttled:
    case ErrorKind::ServiceUnavailable:
    case ErrorKind::ChecksumMismatch:
        return RetryClass::Transient;
    case ErrorKind::TokenRejected:
        return RetryClass::RefreshCredentials;
    case ErrorKind::Internal:
    case ErrorKind::Usage:
    case ErrorKind::Cancelled:
    case ErrorKind::FileMissing:
    case ErrorKind::FileUnreadable:
    case ErrorKind::FileNotRegular:
    case ErrorKind::FileNameNotUtf8:
    case ErrorKind::FileChanged:
    case ErrorKind::FileTooLarge:
    case ErrorKind::FolderEmpty:
    case ErrorKind::ProfileInUse:
    case ErrorKind::DiskFull:
    case ErrorKind::StoreNewer:
    case ErrorKind::StoreFailed:
    case ErrorKind::SecretLocked:
    case ErrorKind::SecretMissing:
    case ErrorKind::SecretDenied:
    case ErrorKind::SecretStoreUnavailable:
    case ErrorKind::AccountUnknown:
    case ErrorKind::PlainHttpRefused:
    case ErrorKind::Tls:
    case ErrorKind::AccessKeyInvalid:
    case ErrorKind::SignatureRejected:
    case ErrorKind::NotSubscribed:
    case ErrorKind::PermissionDenied:
    case ErrorKind::OwnerUnknown:
    case ErrorKind::SpaceInvalid:
    case ErrorKind::BucketMissing:
    case ErrorKind::ObjectExists:
    case ErrorKind::UploadMissing:
    case ErrorKind::Rejected:
        return RetryClass::Permanent;
    }
    return RetryClass::Permanent;
}

} // namespace ChatApp
