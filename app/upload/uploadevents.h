// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "storage/uploadpart.h"
#include "storage/uploadrecord.h"
#include "upload/fileprobe.h"
#include "upload/fileslice.h"

#include <QtCore/QDateTime>

#include <variant>

namespace ChatApp {

//! What can happen to an upload. Answers carry the attempt that they belong to, so that a late one
//! changes nothing.
namespace UploadEvent {
struct StartRequested { };
struct PauseRequested { };
struct CancelRequested { };
//! Start again after Failed or Cancelled, with the file as it is now.
struct RetryRequested { };
//! The program ends: pause, and wait for no answer.
struct StopRequested { };
//! The scheduler has room for this upload: it keeps the slot until it has ended or is paused.
struct SlotGranted { };
//! There is a network again.
struct NetworkReturned { };
struct Stored {
    int attempt = 0;
    Result<void> result;
};
struct FileChecked {
    int attempt = 0;
    Result<FileFacts> facts;
};
struct FileHashed {
    int attempt = 0;
    Result<std::uint64_t> crc64;
};
//! What an authorization says about the place; the credentials stay outside.
struct Place {
    QString bucket;
    QString dir;
    bool multipartDenied = false; //!< known from an earlier refusal in this space
};
struct Authorized {
    int attempt = 0;
    Result<Place> place;
};
struct ObjectNamed {
    QString objectName;
};
//! The answer to a PUT, or the lack of one.
struct PutAnswered {
    int attempt = 0;
    std::optional<Error> error;
    bool outcomeUnknown = false; //!< with an error: the object may be there all the same
    std::optional<Error> fileError; //!< the file could not be read to its end, or changed
    std::optional<std::uint64_t> bodyCrc64; //!< only if the whole body was read
    std::optional<std::uint64_t> serverCrc64;
    QString requestId;
    QString url;
};
//! What a signed HEAD, or after it an anonymous GET of bytes 0-0, found.
struct ObjectSeen {
    int attempt = 0;
    std::optional<Error> error;
    std::optional<std::uint64_t> serverCrc64;
    QString requestId;
    QString url;
};
struct TimerFired {
    int attempt = 0;
};
//! The journal's parts of the upload that the record names.
struct PartsLoaded {
    int attempt = 0;
    Result<QList<UploadPart>> parts;
};
struct Initiated {
    int attempt = 0;
    std::optional<Error> error;
    QString uploadId;
};
//! All parts that the server has; their checksums are not known (0).
struct PartsListed {
    int attempt = 0;
    Result<QList<UploadPart>> parts;
};
struct SlicesHashed {
    int attempt = 0;
    Result<QList<SliceDigest>> slices; //!< in the order that was asked for
};
//! There is room for one more request.
struct PartSlotGranted { };
//! The answer to one part. Its attempt is one of the ledger's, of which many are current.
struct PartAnswered {
    int attempt = 0;
    int number = 0;
    std::optional<Error> error;
    std::optional<Error> fileError;
    std::optional<std::uint64_t> bodyCrc64; //!< only if the whole slice was read
    std::optional<std::uint64_t> serverCrc64;
    QByteArray etag;
};
struct Completed {
    int attempt = 0;
    std::optional<Error> error;
    bool outcomeUnknown = false; //!< with an error: the object may be there all the same
    std::optional<std::uint64_t> serverCrc64;
    QString requestId;
    QString url;
};
struct UploadAborted {
    int attempt = 0;
    std::optional<Error> error;
};
} // namespace UploadEvent

using AnyUploadEvent =
    std::variant<UploadEvent::StartRequested, UploadEvent::PauseRequested,
                 UploadEvent::CancelRequested, UploadEvent::RetryRequested,
                 UploadEvent::StopRequested, UploadEvent::NetworkReturned, UploadEvent::SlotGranted,
                 UploadEvent::Stored, UploadEvent::FileChecked, UploadEvent::FileHashed,
                 UploadEvent::Authorized, UploadEvent::ObjectNamed, UploadEvent::PutAnswered,
                 UploadEvent::ObjectSeen, UploadEvent::TimerFired, UploadEvent::PartsLoaded,
                 UploadEvent::Initiated, UploadEvent::PartsListed, UploadEvent::SlicesHashed,
                 UploadEvent::PartSlotGranted, UploadEvent::PartAnswered, UploadEvent::Completed,
                 UploadEvent::UploadAborted>;

//! What the surroundings have to do. Each action that is answered names the attempt.
namespace UploadAction {
//! Write this row; answer Stored. It may say more than the state that is shown: success is shown
//! only after its row is committed.
struct Store {
    int attempt = 0;
    UploadRecord record;
};
struct CheckFile {
    int attempt = 0;
};
struct HashFile {
    int attempt = 0;
};
struct Authorize {
    int attempt = 0;
};
struct MakeObjectName { };
struct SendPut {
    int attempt = 0;
};
struct SendHead {
    int attempt = 0;
};
struct SendProbe {
    int attempt = 0;
};
struct StartTimer {
    int attempt = 0;
    std::chrono::milliseconds delay{};
};
struct LoadParts {
    int attempt = 0;
};
struct SendInitiate {
    int attempt = 0;
};
//! Multipart uploads are refused in this space: remember it.
struct RememberMultipartDenied { };
struct SendListParts {
    int attempt = 0;
};
//! Read these slices of the file and give the digests of each.
struct HashSlices {
    int attempt = 0;
    QList<FileSlice> slices;
};
//! Answer PartAnswered. Several may be under way.
struct SendPart {
    int attempt = 0;
    int number = 0;
    FileSlice slice;
};
//! Write it down; nothing waits for it, as the server knows it too.
struct JournalPart {
    UploadPart part;
};
struct SendComplete {
    int attempt = 0;
    QList<UploadPart> parts;
};
struct SendAbort {
    int attempt = 0;
};
//! Nothing of this upload may go on: requests, timers, reading.
struct AbortAll { };
//! The upload is paused or has ended, and its row is committed (or could not be: then the record
//! says so). Nothing is under way any more.
struct Rest { };
} // namespace UploadAction

using AnyUploadAction =
    std::variant<UploadAction::Store, UploadAction::CheckFile, UploadAction::HashFile,
                 UploadAction::Authorize, UploadAction::MakeObjectName, UploadAction::SendPut,
                 UploadAction::SendHead, UploadAction::SendProbe, UploadAction::StartTimer,
                 UploadAction::LoadParts, UploadAction::SendInitiate,
                 UploadAction::RememberMultipartDenied, UploadAction::SendListParts,
                 UploadAction::HashSlices, UploadAction::SendPart, UploadAction::JournalPart,
                 UploadAction::SendComplete, UploadAction::SendAbort, UploadAction::AbortAll,
                 UploadAction::Rest>;

} // namespace ChatApp
