// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/retrypolicy.h"
#include "oss/multipartlimits.h"
#include "upload/partledger.h"
#include "upload/uploadevents.h"

#include <vector>

namespace ChatApp {

//! The states of one upload as a pure function: an event goes in, the record changes, actions come
//! out. No clock, no randomness, no I/O: the time and the jitter (0 to 1) come with the event, and
//! the same events give the same actions. The rules are those of the design's section 6.
class UploadMachine {
public:
    //! `record` as it stands in the store: Staged, Queued, Paused, Cancelling, or ended. A state
    //! that an earlier process left in the middle of something is taken as Paused.
    UploadMachine(UploadRecord record, RetryPolicy policy, MultipartLimits limits = {});

    std::vector<AnyUploadAction> handle(const AnyUploadEvent& event, const QDateTime& now,
                                        double jitter);

    const UploadRecord& record() const { return m_record; }
    //! While Waiting.
    const std::optional<Error>& waitingFor() const { return m_waitingFor; }
    QDateTime waitingUntil() const { return m_waitingUntil; }
    //! PartSlotGranted would send a part.
    bool wantsPart() const;
    //! It goes in parts, or its next attempt would.
    bool goesInParts() const;

private:
    using Actions = std::vector<AnyUploadAction>;
    //! What an authorization or a timer is for.
    enum class Step { Put, Initiate, Reconcile, Parts, Complete, Verify, Abort };
    enum class StoreFor { Nothing, Queue, Rename, Hold, MultipartId, Complete, Cancel, End };
    //! The answer that is waited for; parts apart, one at a time.
    enum class Await {
        Nothing,
        File,
        Hash,
        Authorization,
        Name,
        Put,
        Seen,
        Timer,
        Parts,
        Initiate,
        List,
        Slices,
        Complete,
        Abort,
    };
    //! What comes after the server was told to drop the parts.
    enum class AfterDrop { End, Rename, Restart };
    enum class ServerUpload { Gone, MayBeThere };
    enum class Wish { None, Pause, Cancel };

    void on(const UploadEvent::StartRequested&);
    void on(const UploadEvent::PauseRequested&);
    void on(const UploadEvent::CancelRequested&);
    void on(const UploadEvent::RetryRequested&);
    void on(const UploadEvent::StopRequested&);
    void on(const UploadEvent::NetworkReturned&);
    void on(const UploadEvent::SlotGranted&);
    void on(const UploadEvent::Stored& event);
    void on(const UploadEvent::FileChecked& event);
    void on(const UploadEvent::FileHashed& event);
    void on(const UploadEvent::Authorized& event);
    void on(const UploadEvent::ObjectNamed& event);
    void on(const UploadEvent::PutAnswered& event);
    void on(const UploadEvent::ObjectSeen& event);
    void on(const UploadEvent::TimerFired& event);
    void on(const UploadEvent::PartsLoaded& event);
    void on(const UploadEvent::Initiated& event);
    void on(const UploadEvent::PartsListed& event);
    void on(const UploadEvent::SlicesHashed& event);
    void on(const UploadEvent::PartSlotGranted&);
    void on(const UploadEvent::PartAnswered& event);
    void on(const UploadEvent::Completed& event);
    void on(const UploadEvent::UploadAborted& event);

    bool isCurrent(int attempt) const { return attempt == m_attempt; }
    //! The event answers what is waited for; if so, nothing is waited for any more.
    bool takes(Await what, int attempt);
    bool isEnding() const { return m_storeFor == StoreFor::End; }
    bool isRunning() const;
    template <typename Action>
    void act(Action action)
    {
        m_actions.emplace_back(std::move(action));
    }
    //! An action whose answer is waited for.
    template <typename Action>
    void ask(Await what, Action action)
    {
        m_await = what;
        action.attempt = ++m_attempt;
        act(std::move(action));
    }
    void show(UploadState state);
    void store(StoreFor purpose);
    void hold();
    void cancelNow();
    void check();
    void begin();
    void authorize(Step step);
    void proceed(const UploadEvent::Place& place);
    QString keyAt(const UploadEvent::Place& place) const;
    void settleAt(const UploadEvent::Place& place);
    void sendPut();
    //! Repeats `step` later if the error and the count of attempts allow it, else fails.
    void recover(const Error& error, Step step);
    void wait(const Error& error, Step step);
    void goOn();
    std::chrono::milliseconds delayAfter(const Error& error, int failures) const;
    void finish(UploadState state, std::optional<Error> error);
    void storeEnd();
    void queueStored(const Result<void>& result);
    void endStored(const Result<void>& result);

    // What is there? uploadmachine_verify.cpp
    void verify();
    void notSeen(const UploadEvent::ObjectSeen& event);
    void absent();
    void compare(std::uint64_t server);
    //! The object is there with other content, or cannot be seen at all.
    void giveUpKey(const Error& error);
    static Error mismatchError();

    // In parts: uploadmachine_parts.cpp
    void initiate(const UploadEvent::Place& place);
    void multipartDenied(const Error& error);
    void multipartStored(StoreFor purpose, const Result<void>& result);
    void listParts(const UploadEvent::Place& place);
    void hashCandidates();
    void keepParts(const QList<SliceDigest>& slices);
    void sendParts();
    void acknowledge(const UploadPart& part);
    void partDelivered(const UploadEvent::PartAnswered& event);
    void partFailed(int number, const Error& error);
    void cool(const Error& error);
    void settleParts();
    void stopParts();
    void complete();
    //! The server's parts are of no use: begins again, once.
    void restart(const Error& error, ServerUpload upload);
    void drop(AfterDrop after);
    void dropFailed(const Error& error);
    void dropped();
    void forgetUpload();

    UploadRecord m_record;
    RetryPolicy m_policy;
    MultipartLimits m_limits;

    int m_attempt = 0; // of requests, checks, stores and timers: one is current at a time
    Await m_await = Await::Nothing;
    int m_failures = 0; // in a row
    int m_offlineWaits = 0; // in a row; they are nobody's failure
    int m_storeFailures = 0;
    bool m_freshKeyUsed = false;
    bool m_probing = false; // the HEAD was refused, the anonymous GET is under way
    Step m_step = Step::Put;
    Step m_verified = Step::Put; // whose outcome is being verified
    StoreFor m_storeFor = StoreFor::Nothing;
    UploadRecord m_ended; // the row as it is to end, until it is committed
    std::optional<Error> m_lastError; // why an outcome is being verified or a request repeated
    std::optional<std::uint64_t> m_seenCrc64; // while the file is read to compare it
    std::optional<Error> m_waitingFor;
    QDateTime m_waitingUntil;

    PartLedger m_ledger;
    int m_partAttempt = 0;
    QList<UploadPart> m_journal; // as it was when the program went on with the upload
    QList<UploadPart> m_candidates; // parts that may be kept, while their slices are read
    bool m_byJournal = false; // the candidates are the journal's, as the server does not list them
    bool m_cooling = false; // no part is begun before the timer fires
    bool m_putOnly = false; // parts are refused here
    bool m_restarted = false;
    bool m_reconciledAgain = false;
    int m_dropFailures = 0;
    AfterDrop m_afterDrop = AfterDrop::End;
    Wish m_wish = Wish::None; // carried out when the answer is there

    // Valid during handle() only.
    Actions m_actions;
    QDateTime m_now;
    double m_jitter = 0;
};

} // namespace ChatApp
