// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "errortexts.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>
#include <array>
#include <iterator>

namespace ChatApp {

namespace {

struct KindText {
    ErrorKind kind;
    const char* title;
    const char* explanation;
    const char* nextStep;
};

struct CodeText {
    const char* code; //!< the whole code, or the part before a trailing '*'
    const char* title;
    const char* explanation;
    const char* nextStep;
};

#define WORDS(text) QT_TRANSLATE_NOOP("ErrorTexts", text)

// In the order of ErrorKind.
constexpr std::array kindTexts{
    KindText{ErrorKind::Internal, WORDS("Something went wrong in the program"),
             WORDS("The program met a situation it was not made for."),
             WORDS("Try again. If it happens again, copy the details and report them.")},
    KindText{ErrorKind::Usage, WORDS("Something is missing"),
             WORDS("What was entered is not complete or not valid."),
             WORDS("Check the fields and try again.")},
    KindText{ErrorKind::Cancelled, WORDS("Cancelled"), WORDS("The upload was stopped on request."),
             WORDS("Retry sends the file after all.")},

    KindText{ErrorKind::FileMissing, WORDS("The file is gone"),
             WORDS("There is no file at this place any more."),
             WORDS("Put it back, or add it again from where it is now.")},
    KindText{ErrorKind::FileUnreadable, WORDS("The file cannot be read"),
             WORDS("This user may not read the file, or the disk failed to."),
             WORDS("Check the file's permissions and the disk, then retry.")},
    KindText{ErrorKind::FileNotRegular, WORDS("This is not a file"),
             WORDS("Pipes, sockets, devices and links that lead in a circle cannot be uploaded."),
             WORDS("Add files, or folders with files in them.")},
    KindText{ErrorKind::FileNameNotUtf8, WORDS("The file's name cannot be read"),
             WORDS("The name is not valid UTF-8, so no link could be made from it."),
             WORDS("Rename the file, then add it again.")},
    KindText{ErrorKind::FileChanged, WORDS("The file changed"),
             WORDS("It was written to between adding and sending it, so nothing was kept of it."),
             WORDS("Wait until it is complete, then retry.")},
    KindText{ErrorKind::FileTooLarge, WORDS("The file is too large"),
             WORDS("It is larger than the service takes in one piece (5 GB)."),
             WORDS("Make it smaller, or split it.")},
    KindText{ErrorKind::FolderEmpty, WORDS("The folder has no files"),
             WORDS("There is nothing to upload in it. Hidden files in a folder are left out."),
             WORDS("Add the hidden files themselves if you mean them.")},

    KindText{ErrorKind::ProfileInUse, WORDS("ChatApp Uploader is already running"),
             WORDS("Another window or command is using this profile."),
             WORDS("Use that one, or close it and start again.")},
    KindText{ErrorKind::DiskFull, WORDS("The disk is full"),
             WORDS("The program could not note down what it is doing, so it stopped."),
             WORDS("Make room on the disk that holds your home folder, then retry.")},
    KindText{ErrorKind::StoreNewer, WORDS("This profile is from a newer version"),
             WORDS("A newer version of ChatApp Uploader has written it; opening it could harm it."),
             WORDS("Start the newer version, or choose another profile.")},
    KindText{ErrorKind::StoreFailed, WORDS("The upload list cannot be opened"),
             WORDS("The database of this profile could not be read or written."),
             WORDS("Check the disk and the permissions of the profile's folder, then try again.")},

    KindText{ErrorKind::SecretLocked, WORDS("The keychain is locked"),
             WORDS("The AccessKey secret is safe in it, but cannot be read now."),
             WORDS("Unlock the keychain, then retry.")},
    KindText{ErrorKind::SecretMissing, WORDS("The AccessKey secret is missing"),
             WORDS("The keychain has no secret for this account."),
             WORDS("Enter it again under Accounts, then retry.")},
    KindText{ErrorKind::SecretDenied, WORDS("The keychain refused"),
             WORDS("Access to the AccessKey secret was denied."),
             WORDS("Allow it when the keychain asks, then retry.")},
    KindText{ErrorKind::SecretStoreUnavailable, WORDS("There is no keychain"),
             WORDS("No secret store answers on this computer, and the secret is never written to "
                   "a plain file."),
             WORDS("Start a keychain (GNOME Keyring, KWallet), or enter the secret again for this "
                   "session.")},
    KindText{ErrorKind::AccountUnknown, WORDS("The account is gone"),
             WORDS("The account of this upload was deleted."),
             WORDS("Add the file again and choose another account.")},

    KindText{ErrorKind::PlainHttpRefused, WORDS("Unencrypted connection refused"),
             WORDS("The endpoint starts with http://, so keys and files would travel in the open."),
             WORDS("Use an https:// endpoint.")},
    KindText{ErrorKind::Dns, WORDS("The server's name was not found"),
             WORDS("The name of the service could not be looked up."),
             WORDS("Check the network and the endpoint's spelling, then retry.")},
    KindText{ErrorKind::ConnectionRefused, WORDS("The server refused the connection"),
             WORDS("Nothing answers at that address."),
             WORDS("Check the endpoint and your firewall, then retry.")},
    KindText{ErrorKind::ConnectionLost, WORDS("The connection broke"),
             WORDS("It ended before the service had answered."), WORDS("Retry.")},
    KindText{ErrorKind::Tls, WORDS("The connection is not secure"),
             WORDS("The server's certificate is not valid or not trusted here, so nothing was "
                   "sent."),
             WORDS("Check the computer's date. In a company network, ask for its CA certificate.")},
    KindText{ErrorKind::Proxy, WORDS("The proxy did not let the request through"),
             WORDS("It could not be reached, refused, or wants a password."),
             WORDS("Check the proxy settings of the system, then retry.")},
    KindText{ErrorKind::Timeout, WORDS("No answer in time"),
             WORDS("The service or the network was silent for too long."),
             WORDS("Check the network, then retry.")},
    KindText{ErrorKind::Offline, WORDS("There is no network"),
             WORDS("This computer is not connected."),
             WORDS("Connect it; sending goes on when the network is back.")},
    KindText{ErrorKind::Intercepted, WORDS("Somebody else answered"),
             WORDS("The answer did not come from the service but from a sign-in page or a filter "
                   "in between."),
             WORDS("Sign in to the network in a browser, then retry.")},
    KindText{ErrorKind::InvalidAnswer, WORDS("The answer makes no sense"),
             WORDS("The service answered with something that is not in its documentation."),
             WORDS("Retry later; if it stays, check the endpoint and report the details.")},

    KindText{ErrorKind::AccessKeyInvalid, WORDS("The AccessKey is not valid"),
             WORDS("The service does not know this AccessKey ID, or it is disabled."),
             WORDS("Compare it with the RAM console and correct it under Accounts.")},
    KindText{ErrorKind::SignatureRejected, WORDS("The AccessKey secret is wrong"),
             WORDS("The signature made with it does not match."),
             WORDS("Enter the secret again under Accounts.")},
    KindText{ErrorKind::ClockSkew, WORDS("The clock is wrong"),
             WORDS("This computer's time differs too much from the service's."),
             WORDS("Set the date and time, then retry.")},
    KindText{ErrorKind::TokenRejected, WORDS("The upload permission was refused"),
             WORDS("The temporary permission ended early or does not fit."),
             WORDS("Retry: a new one is asked for.")},
    KindText{ErrorKind::NotSubscribed, WORDS("ChatApp is not activated"),
             WORDS("This Alibaba Cloud account has not subscribed to the ChatApp service."),
             WORDS("Activate it in the ChatApp console, then retry.")},
    KindText{ErrorKind::PermissionDenied, WORDS("Not permitted"),
             WORDS("The service does not allow this account to do that."),
             WORDS("Ask for the permission of the smallest RAM policy, then retry.")},
    KindText{ErrorKind::OwnerUnknown, WORDS("The account's owner is not known"),
             WORDS("The service cannot tell which Alibaba Cloud account the AccessKey belongs to."),
             WORDS("Check that the AccessKey and the space belong together.")},
    KindText{ErrorKind::Throttled, WORDS("Too many requests"),
             WORDS("The service asks for a pause; other programs may be using the same account."),
             WORDS("Retry in a minute.")},
    KindText{ErrorKind::ServiceUnavailable, WORDS("The service is not available"),
             WORDS("It has trouble of its own at the moment."), WORDS("Retry later.")},
    KindText{ErrorKind::SpaceInvalid, WORDS("The space is not valid"),
             WORDS("The service does not know this space ID, or it belongs to somebody else."),
             WORDS("Compare the ID with the ChatApp console.")},
    KindText{ErrorKind::BucketMissing, WORDS("The storage is gone"),
             WORDS("The bucket that the service named does not exist."),
             WORDS("Retry later; if it stays, report the details to the service.")},
    KindText{ErrorKind::ObjectExists, WORDS("A file with that name is already there"),
             WORDS("Nothing was overwritten."), WORDS("Rename the file, or retry.")},
    KindText{ErrorKind::UploadMissing, WORDS("The service forgot the upload"),
             WORDS("An upload that was begun is not known there any more."),
             WORDS("Retry: it starts afresh.")},
    KindText{ErrorKind::ChecksumMismatch, WORDS("The file arrived damaged"),
             WORDS("What the service stored differs from what was read here."), WORDS("Retry.")},
    KindText{ErrorKind::Rejected, WORDS("The service said no"),
             WORDS("It refused the request for a reason of its own."),
             WORDS("See the code and message in the details.")},
};
static_assert(kindTexts.size() == static_cast<size_t>(ErrorKind::Rejected) + 1,
              "every kind has words");

// CAMS (documented, then the gateway's), then OSS. The first match counts.
constexpr std::array codeTexts{
    CodeText{"Product.Unsubscript", WORDS("ChatApp is not activated"),
             WORDS("This Alibaba Cloud account has not subscribed to the ChatApp service."),
             WORDS("Activate it in the ChatApp console, then retry.")},
    CodeText{"Ram.PermissionDeny", WORDS("This AccessKey may not upload"),
             WORDS("Its RAM user lacks the permission cams:GetChatappUploadAuthorization."),
             WORDS("Copy the RAM policy, have it granted in the RAM console, then retry.")},
    CodeText{"System.LimitControl", WORDS("Too many requests for this account"),
             WORDS("The service allows five permissions a second; other programs may use them up."),
             WORDS("Retry in a minute.")},
    CodeText{"Unknown.ResourceOwnerId", WORDS("The account's owner is not known"),
             WORDS("The service cannot tell which Alibaba Cloud account the AccessKey belongs to."),
             WORDS("Check that the AccessKey and the space belong to the same account.")},
    CodeText{"InvalidAccessKeyId.Inactive", WORDS("The AccessKey is disabled"),
             WORDS("It exists, but was switched off in the RAM console."),
             WORDS("Enable it there, or enter another one under Accounts.")},
    CodeText{"InvalidAccessKeyId.NotFound", WORDS("The AccessKey ID does not exist"),
             WORDS("It is misspelt, or was deleted in the RAM console."),
             WORDS("Compare it with the RAM console and correct it under Accounts.")},
    CodeText{"SignatureNonceUsed", WORDS("The request was sent twice"),
             WORDS("Something between here and the service repeated it."), WORDS("Retry.")},
    CodeText{"InvalidTimeStamp*", WORDS("The clock is wrong"),
             WORDS("This computer's time differs by more than 15 minutes from the service's."),
             WORDS("Set the date and time, then retry.")},
    CodeText{"InvalidSecurityToken*", WORDS("The session token is not valid"),
             WORDS("It has expired, or does not belong to this AccessKey."),
             WORDS("Retry: a new one is asked for.")},
    CodeText{"Forbidden.RAM", WORDS("This AccessKey may not upload"),
             WORDS("Its RAM user lacks the permission cams:GetChatappUploadAuthorization."),
             WORDS("Copy the RAM policy, have it granted in the RAM console, then retry.")},
    CodeText{"NoPermission", WORDS("This AccessKey may not upload"),
             WORDS("Its RAM user lacks the permission cams:GetChatappUploadAuthorization."),
             WORDS("Copy the RAM policy, have it granted in the RAM console, then retry.")},
    CodeText{"InvalidAction.NotFound", WORDS("This is not a ChatApp endpoint"),
             WORDS("The service at this address does not know the request."),
             WORDS("Correct the endpoint under Accounts.")},
    CodeText{"Throttling*", WORDS("Too many requests for this account"),
             WORDS("The gateway before the service asks for a pause."),
             WORDS("Retry in a minute.")},
    CodeText{"InvalidParameter*", WORDS("The service does not accept a value"),
             WORDS("Most often the space ID is misspelt."),
             WORDS("Compare the space ID with the ChatApp console.")},

    CodeText{"AccessDenied", WORDS("The storage refused the file"),
             WORDS("The temporary permission of this space does not cover this upload."),
             WORDS("Retry; if it stays, report code and request ID to the service.")},
    CodeText{"SecurityTokenExpired", WORDS("The upload permission expired"),
             WORDS("It ended before the file had arrived."),
             WORDS("Retry: a new one is asked for.")},
    CodeText{"RequestTimeTooSkewed", WORDS("The clock is wrong"),
             WORDS("This computer's time differs by more than 15 minutes from the storage's."),
             WORDS("Set the date and time, then retry.")},
    CodeText{"EntityTooLarge", WORDS("The file is too large"),
             WORDS("The storage does not take a file of this size in one piece."),
             WORDS("Make it smaller, or split it.")},
    CodeText{"InvalidObjectName", WORDS("The storage does not accept the name"),
             WORDS("The name made from the file's name is not valid there."),
             WORDS("Rename the file, then add it again.")},
    CodeText{"InvalidDigest", WORDS("The file arrived damaged"),
             WORDS("The storage found that the content does not match its checksum."),
             WORDS("Retry.")},
    CodeText{"UserDisable", WORDS("The storage of this account is disabled"),
             WORDS("Alibaba Cloud has disabled it, often because of an overdue payment."),
             WORDS("Look into the Alibaba Cloud console.")},
    CodeText{"QpsLimitExceeded", WORDS("The storage is busy"),
             WORDS("It gets too many requests at the moment."), WORDS("Retry in a minute.")},
};

#undef WORDS

bool codeMatches(const QString& code, QLatin1String pattern)
{
    if (pattern.endsWith(QLatin1Char('*')))
        return code.startsWith(pattern.chopped(1));
    return code == pattern;
}

QString translated(const char* text)
{
    return QCoreApplication::translate("ErrorTexts", text);
}

} // namespace

ErrorWords errorWords(const Error& error)
{
    for (const CodeText& entry : codeTexts) {
        if (codeMatches(error.code, QLatin1String(entry.code)))
            return {translated(entry.title), translated(entry.explanation),
                    translated(entry.nextStep)};
    }
    const auto* const entry = std::find_if(kindTexts.begin(), kindTexts.end(),
                                           [&](const KindText& t) { return t.kind == error.kind; });
    const KindText& text = entry != kindTexts.end() ? *entry : kindTexts.front();
    return {translated(text.title), translated(text.explanation), translated(text.nextStep)};
}

bool isPermissionProblem(const Error& error)
{
    // An AccessDenied of the storage is about the temporary permission, which no RAM policy of the
    // user changes.
    return error.kind == ErrorKind::PermissionDenied && error.code != QLatin1String("AccessDenied");
}

QString smallestRamPolicy()
{
    return QStringLiteral(R"({"Version":"1","Statement":[{"Effect":"Allow",)"
                          R"("Action":["cams:GetChatappUploadAuthorization"],"Resource":"*"}]})");
}

QString errorReference(const Error& error)
{
    QStringList parts;
    if (!error.code.isEmpty())
        parts.append(error.code);
    if (!error.ec.isEmpty())
        parts.append(QStringLiteral("EC %1").arg(error.ec));
    if (error.httpStatus > 0)
        parts.append(QStringLiteral("HTTP %1").arg(error.httpStatus));
    if (!error.requestId.isEmpty()) {
        parts.append(QCoreApplication::translate("ErrorTexts", "request ID %1",
                                                 "the service's name for one request")
                         .arg(error.requestId));
    }
    return parts.join(QStringLiteral(" · "));
}

QString errorDetails(const Error& error, const QString& fileName)
{
    const ErrorWords words = errorWords(error);
    QStringList lines;
    if (!fileName.isEmpty())
        lines.append(fileName);
    lines.append(words.title + QStringLiteral(": ") + words.explanation);
    // The kind's name and the service's message stay in English: they are for whoever helps.
    lines.append(QStringLiteral("kind: %1").arg(errorKindName(error.kind)));
    const QString reference = errorReference(error);
    if (!reference.isEmpty())
        lines.append(reference);
    if (!error.message.isEmpty())
        lines.append(error.message);
    return lines.join(QLatin1Char('\n'));
}

} // namespace ChatApp
