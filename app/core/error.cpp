// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/error.h"

#include <QtCore/QList>

#include <array>

namespace ChatApp {

namespace {

struct KindName {
    ErrorKind kind;
    const char* name;
};

constexpr std::array kindNames{
    KindName{ErrorKind::Internal, "internal"},
    KindName{ErrorKind::Usage, "usage"},
    KindName{ErrorKind::Cancelled, "cancelled"},
    KindName{ErrorKind::FileMissing, "fileMissing"},
    KindName{ErrorKind::FileUnreadable, "fileUnreadable"},
    KindName{ErrorKind::FileNotRegular, "fileNotRegular"},
    KindName{ErrorKind::FileNameNotUtf8, "fileNameNotUtf8"},
    KindName{ErrorKind::FileChanged, "fileChanged"},
    KindName{ErrorKind::FileTooLarge, "fileTooLarge"},
    KindName{ErrorKind::FolderEmpty, "folderEmpty"},
    KindName{ErrorKind::ProfileInUse, "profileInUse"},
    KindName{ErrorKind::DiskFull, "diskFull"},
    KindName{ErrorKind::StoreNewer, "storeNewer"},
    KindName{ErrorKind::StoreFailed, "storeFailed"},
    KindName{ErrorKind::SecretLocked, "secretLocked"},
    KindName{ErrorKind::SecretMissing, "secretMissing"},
    KindName{ErrorKind::SecretDenied, "secretDenied"},
    KindName{ErrorKind::SecretStoreUnavailable, "secretStoreUnavailable"},
    KindName{ErrorKind::AccountUnknown, "accountUnknown"},
    KindName{ErrorKind::PlainHttpRefused, "plainHttpRefused"},
    KindName{ErrorKind::Dns, "dns"},
    KindName{ErrorKind::ConnectionRefused, "connectionRefused"},
    KindName{ErrorKind::ConnectionLost, "connectionLost"},
    KindName{ErrorKind::Tls, "tls"},
    KindName{ErrorKind::Proxy, "proxy"},
    KindName{ErrorKind::Timeout, "timeout"},
    KindName{ErrorKind::Offline, "offline"},
    KindName{ErrorKind::Intercepted, "intercepted"},
    KindName{ErrorKind::InvalidAnswer, "invalidAnswer"},
    KindName{ErrorKind::AccessKeyInvalid, "accessKeyInvalid"},
    KindName{ErrorKind::SignatureRejected, "signatureRejected"},
    KindName{ErrorKind::ClockSkew, "clockSkew"},
    KindName{ErrorKind::TokenRejected, "tokenRejected"},
    KindName{ErrorKind::NotSubscribed, "notSubscribed"},
    KindName{ErrorKind::PermissionDenied, "permissionDenied"},
    KindName{ErrorKind::OwnerUnknown, "ownerUnknown"},
    KindName{ErrorKind::Throttled, "throttled"},
    KindName{ErrorKind::ServiceUnavailable, "serviceUnavailable"},
    KindName{ErrorKind::SpaceInvalid, "spaceInvalid"},
    KindName{ErrorKind::BucketMissing, "bucketMissing"},
    KindName{ErrorKind::ObjectExists, "objectExists"},
    KindName{ErrorKind::UploadMissing, "uploadMissing"},
    KindName{ErrorKind::ChecksumMismatch, "checksumMismatch"},
    KindName{ErrorKind::Rejected, "rejected"},
};
static_assert(kindNames.size() == static_cast<size_t>(ErrorKind::Rejected) + 1,
              "every kind has a name");

} // namespace

QString errorKindName(ErrorKind kind)
{
    for (const KindName& entry : kindNames) {
        if (entry.kind == kind)
            return QString::fromLatin1(entry.name);
    }
    return QStringLiteral("internal");
}

ErrorKind errorKindFromName(const QString& name)
{
    for (const KindName& entry : kindNames) {
        if (name == QLatin1String(entry.name))
            return entry.kind;
    }
    return ErrorKind::Internal;
}

QList<ErrorKind> allErrorKinds()
{
    QList<ErrorKind> kinds;
    for (const KindName& entry : kindNames)
        kinds.append(entry.kind);
    return kinds;
}

QString describeError(const Error& error)
{
    QString line = errorKindName(error.kind);
    const auto add = [&line](const char* label, const QString& value) {
        if (!value.isEmpty())
            line += QLatin1Char(' ') + QLatin1String(label) + QLatin1Char('=') + value;
    };
    add("code", error.code);
    add("status", error.httpStatus != 0 ? QString::number(error.httpStatus) : QString());
    add("ec", error.ec);
    add("request", error.requestId);
    if (!error.message.isEmpty())
        line += QLatin1String(": ") + error.message;
    return line;
}

} // namespace ChatApp
