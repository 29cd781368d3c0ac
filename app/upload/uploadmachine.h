// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "core/retrypolicy.h"
#include "storage/uploadrecord.h"
#include "upload/fileprobe.h"

#include <QtCore/QDateTime>

#include <variant>
#include <vector>

namespace ChatApp {

//! What can happen to an upload. Answers carry the attempt that they belong to, so that a late one
//! changes nothing.
namespace UploadEvent {
struct StartRequested { };
struct PauseRequested { };
struct CancelRequested { };
//! Start again after Failed or Cancelled, with the file as it is now.
struct RetryRequested { };
//! The scheduler has room for this upload: it keeps the slot until it has ended or is paused.
struct SlotGranted { };
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
    quint64 generation = 0;
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
} // namespace UploadEvent

using AnyUploadEvent =
    std::variant<UploadEvent::StartRequested, UploadEvent::PauseRequested,
                 UploadEvent::CancelRequested, UploadEvent::RetryRequested,
                 UploadEvent::SlotGranted, UploadEvent::Stored, UploadEvent::FileChecked,
                 UploadEvent::FileHashed, UploadEvent::Authorized, UploadEvent::ObjectNamed,
                 UploadEvent::PutAnswered, UploadEvent::ObjectSeen, UploadEvent::TimerFired>;

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
struct InvalidateAuthorization {
    quint64 generation = 0;
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
//! Nothing of this upload may go on: requests, timers, reading.
struct AbortAll { };
//! The upload is paused or has ended, and its row is committed (or could not be: then the record
//! says so). Nothing is under way any more.
struct Rest { };
} // namespace UploadAction

using AnyUploadAction =
    std::variant<UploadAction::Store, UploadAction::CheckFile, UploadAction::HashFile,
                 UploadAction::Authorize, UploadAction::InvalidateAuthorization,
                 UploadAction::MakeObjectName, UploadAction::SendPut, UploadAction::SendHead,
                 UploadAction::SendProbe, UploadAction::StartTimer, UploadAction::AbortAll,
                 UploadAction::Rest>;

//! The states of one upload as a pure function: an event goes in, the record changes, actions come
//! out. No clock, no randomness, no I/O: the time and the jitter (0 to 1) come with the event, and
//! the same events give the same actions. The rules are those of the design's section 6.
class UploadMachine {
public:
    //! `record` as it stands in the store: Staged, Queued, Paused, or ended. A state that an
    //! earlier process left in the middle of something is taken as Paused.
    UploadMachine(UploadRecord record, RetryPolicy policy);

    std::vector<AnyUploadAction> handle(const AnyUploadEvent& event, const QDateTime& now,
                                        double jitter);

    const UploadRecord& record() const { return m_record; }
    //! While Waiting.
    const std::optional<Error>& waitingFor() const { return m_waitingFor; }
    QDateTime waitingUntil() const { return m_waitingUntil; }

private:
    using Actions = std::vector<AnyUploadAction>;
    enum class Step { Put, Verify }; // what an authorization is for
    enum class StoreFor { Nothing, Queue, Rename, Hold, End };

    void on(const UploadEvent::StartRequested&);
    void on(const UploadEvent::PauseRequested&);
    void on(const UploadEvent::CancelRequested&);
    void on(const UploadEvent::RetryRequested&);
    void on(const UploadEvent::SlotGranted&);
    void on(const UploadEvent::Stored& event);
    void on(const UploadEvent::FileChecked& event);
    void on(const UploadEvent::FileHashed& event);
    void on(const UploadEvent::Authorized& event);
    void on(const UploadEvent::ObjectNamed& event);
    void on(const UploadEvent::PutAnswered& event);
    void on(const UploadEvent::ObjectSeen& event);
    void on(const UploadEvent::TimerFired& event);

    bool isCurrent(int attempt) const { return attempt == m_attempt; }
    bool isEnding() const { return m_storeFor == StoreFor::End; }
    bool isRunning() const;
    template <typename Action>
    void act(Action action);
    void store(StoreFor purpose);
    void check();
    void authorize(Step step);
    void sendPut();
    void verify();
    void sendHead();
    //! Repeats `step` later if the error and the count of attempts allow it, else fails.
    void recover(const Error& error, Step step);
    void wait(const Error& error, Step step);
    //! The object is there with other content, or cannot be seen at all.
    void giveUpKey(const Error& error);
    void finish(UploadState state, std::optional<Error> error);
    void queueStored(const Result<void>& result);
    void endStored(const Result<void>& result);

    UploadRecord m_record;
    RetryPolicy m_policy;

    int m_attempt = 0; // of requests, checks, stores and timers: one is current at a time
    int m_failures = 0; // in a row
    int m_storeFailures = 0;
    bool m_freshKeyUsed = false;
    bool m_probing = false; // the HEAD was refused, the anonymous GET is under way
    Step m_step = Step::Put;
    StoreFor m_storeFor = StoreFor::Nothing;
    UploadRecord m_ended; // the row as it is to end, until it is committed
    quint64 m_generation = 0;
    std::optional<Error> m_lastError; // why a PUT is being verified or repeated
    std::optional<Error> m_waitingFor;
    QDateTime m_waitingUntil;

    // Valid during handle() only.
    Actions m_actions;
    QDateTime m_now;
    double m_jitter = 0;
};

} // namespace ChatApp
