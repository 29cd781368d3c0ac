// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/errortexts.h"

#include "core/printabletext.h"

#include <QtCore/QStringList>

namespace ChatApp {

namespace {

struct Row {
    ErrorKind kind;
    const char* what;
    const char* nextStep;
};

constexpr Row rows[] = {
    {ErrorKind::Internal, "something went wrong inside this program",
     "the log in the profile's state folder has the details; please report it"},
    {ErrorKind::Usage, "the command was not understood", "see chatapp-upload --help"},
    {ErrorKind::Cancelled, "the upload was cancelled", "run the command again to upload the file"},

    {ErrorKind::FileMissing, "there is no such file", "check the path"},
    {ErrorKind::FileUnreadable, "the file cannot be read", "check its permissions"},
    {ErrorKind::FileNotRegular, "this is not a regular file",
     "name files or folders; pipes, sockets and devices are not uploaded"},
    {ErrorKind::FileNameNotUtf8, "the file's name is not UTF-8",
     "rename the file, for example with convmv"},
    {ErrorKind::FileChanged, "the file changed while it was being uploaded",
     "wait until nothing writes to it any more, then upload it again"},
    {ErrorKind::FileTooLarge, "the file is too large", "one upload takes at most 5 GB"},
    {ErrorKind::FolderEmpty, "there is no file to upload in this folder",
     "hidden files in a folder are left out; name them themselves if you mean them"},

    {ErrorKind::ProfileInUse, "another program uses this profile",
     "close that program, or name another folder with --profile"},
    {ErrorKind::DiskFull, "the disk is full", "make room where the profile's database is"},
    {ErrorKind::StoreNewer, "the profile's database was made by a newer version",
     "use that version, or another folder with --profile"},
    {ErrorKind::StoreFailed, "the profile's database cannot be used",
     "check that its folder can be written to"},

    {ErrorKind::SecretLocked, "the keychain is locked",
     "unlock it, or give the credentials in the environment and leave out --account"},
    {ErrorKind::SecretMissing, "the keychain has no secret for this account",
     "enter the AccessKey secret again in the window, under Accounts"},
    {ErrorKind::SecretDenied, "the keychain did not hand out the secret",
     "allow this program to read it"},
    {ErrorKind::SecretStoreUnavailable, "there is no keychain here",
     "give the credentials in the environment and leave out --account"},
    {ErrorKind::AccountUnknown, "there is no account of that name",
     "check --account; accounts are added in the window"},

    {ErrorKind::PlainHttpRefused, "plain http is refused, except to this computer itself",
     "use an https endpoint"},
    {ErrorKind::Dns, "the service's name cannot be looked up",
     "check the network connection and --endpoint"},
    {ErrorKind::ConnectionRefused, "the service refused the connection",
     "check --endpoint, the proxy and the firewall"},
    {ErrorKind::ConnectionLost, "the connection broke off",
     "check the network connection, then upload the file again"},
    {ErrorKind::Tls, "no secure connection could be made",
     "check the computer's clock; behind a company's proxy give its certificate with --ca-file"},
    {ErrorKind::Proxy, "the proxy did not let the request through",
     "check https_proxy and the proxy's user name and password"},
    {ErrorKind::Timeout, "the service did not answer in time", "try again later"},
    {ErrorKind::Offline, "there is no network connection", "connect, then upload the file again"},
    {ErrorKind::Intercepted, "something between here and the service redirected the request",
     "log in to the network you are on, or check the proxy"},
    {ErrorKind::InvalidAnswer, "the service's answer makes no sense",
     "check --endpoint and the proxy"},

    {ErrorKind::AccessKeyInvalid, "the AccessKey is unknown or disabled",
     "check the AccessKey ID in the RAM console"},
    {ErrorKind::SignatureRejected, "the AccessKey secret does not fit the AccessKey ID",
     "enter the secret again"},
    {ErrorKind::ClockSkew, "this computer's clock is wrong", "set the clock"},
    {ErrorKind::TokenRejected, "the security token is invalid or has expired",
     "get fresh temporary credentials"},
    {ErrorKind::NotSubscribed, "the account has not subscribed to ChatApp",
     "open the service in the ChatApp console"},
    {ErrorKind::PermissionDenied, "the account lacks a permission",
     "grant it cams:GetChatappUploadAuthorization on resource *"},
    {ErrorKind::OwnerUnknown, "the service does not know this account",
     "use an AccessKey of the account that subscribed to ChatApp"},
    {ErrorKind::Throttled, "the service takes no more calls at the moment", "try again later"},
    {ErrorKind::ServiceUnavailable, "the service is not available at the moment",
     "try again later"},
    {ErrorKind::SpaceInvalid, "the service does not know this space", "check --space"},
    {ErrorKind::BucketMissing, "the storage that the service named does not exist",
     "check --space; if it is right, report the request id to the service's support"},
    {ErrorKind::ObjectExists, "an object of that name exists already", "upload the file again"},
    {ErrorKind::UploadMissing, "the service has forgotten this upload", "upload the file again"},
    {ErrorKind::ChecksumMismatch, "what arrived is not what was sent",
     "upload the file again; if it happens again, suspect the network or the memory"},
    {ErrorKind::Rejected, "the service refused the request",
     "the code and the message above say why"},
};

//! "Ram.PermissionDeny, HTTP 400, request 1F2E…": what support will ask for.
QString particulars(const Error& error)
{
    QStringList parts;
    if (!error.code.isEmpty())
        parts.append(error.code);
    if (error.httpStatus != 0)
        parts.append(QStringLiteral("HTTP %1").arg(error.httpStatus));
    if (!error.ec.isEmpty())
        parts.append(QStringLiteral("EC %1").arg(error.ec));
    if (!error.requestId.isEmpty())
        parts.append(QStringLiteral("request %1").arg(error.requestId));
    return parts.join(QLatin1String(", "));
}

} // namespace

ErrorText errorText(ErrorKind kind)
{
    for (const Row& row : rows) {
        if (row.kind == kind)
            return {QString::fromLatin1(row.what), QString::fromLatin1(row.nextStep)};
    }
    return {};
}

QString errorLines(const Error& error)
{
    const ErrorText text = errorText(error.kind);
    // A usage error's message is the sentence; in the others it is what the service or a library
    // said.
    if (error.kind == ErrorKind::Usage && !error.message.isEmpty())
        return printableText(error.message) + QLatin1Char('\n') + text.nextStep;
    QStringList lines{text.what};
    if (!error.message.isEmpty())
        lines.append(printableText(error.message));
    if (const QString details = particulars(error); !details.isEmpty())
        lines.append(printableText(details));
    lines.append(text.nextStep);
    return lines.join(QLatin1Char('\n'));
}

} // namespace ChatApp
