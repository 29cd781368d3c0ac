// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cams/authorizationbroker.h"
#include "oss/ossclient.h"
#include "upload/budgetedcall.h"
#include "upload/partreader.h"
#include "upload/ratemeter.h"
#include "upload/uploadmachine.h"
#include "upload/uploadservices.h"
#include "upload/uploadsnapshot.h"

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QTimer>

#include <deque>

namespace ChatApp {

//! What became of reading a body.
struct BodyReading {
    std::shared_ptr<const PartReadout> readout; //!< of the last time it was opened
    qint64 sent = 0; //!< bytes handed to the socket
};

//! One upload under way: carries out what its UploadMachine decides, and tells it what came of it.
//! Lives on the engine thread from the moment it has a slot until it rests (ended or paused);
//! owned by the UploadCoordinator.
class UploadJob : public QObject {
    Q_OBJECT
public:
    //! `record` is Queued and committed. Begins with start().
    UploadJob(UploadRecord record, UploadServices& services, QObject* parent = nullptr);
    ~UploadJob() override;

    void start() { handle(UploadEvent::SlotGranted{}); }
    void pause() { handle(UploadEvent::PauseRequested{}); }
    void cancel() { handle(UploadEvent::CancelRequested{}); }
    //! Pauses without waiting for any answer: the program ends.
    void stop() { handle(UploadEvent::StopRequested{}); }

    //! rested() is on its way, or was sent: nothing reaches this upload through this job any more.
    bool hasRested() const { return m_hasRested; }

    UploadId id() const { return m_machine.record().id; }
    const UploadRecord& record() const { return m_machine.record(); }
    UploadSnapshot snapshot() const;
    //! Running time less the time in which bytes moved: what a file costs beside its bytes. Known
    //! once the upload has ended.
    std::chrono::milliseconds overhead() const;

Q_SIGNALS:
    void changed();
    //! Bytes handed to the socket since the last time.
    void bytesMoved(qint64 bytes);
    //! Done, Failed, Cancelled or Paused, and committed. Comes once, never from within a call.
    void rested();

private:
    void handle(const AnyUploadEvent& event);
    void perform(const UploadAction::Store& action);
    void perform(const UploadAction::CheckFile& action);
    void perform(const UploadAction::HashFile& action);
    void perform(const UploadAction::Authorize& action);
    void perform(const UploadAction::MakeObjectName& action);
    void perform(const UploadAction::SendPut& action);
    void perform(const UploadAction::SendHead& action);
    void perform(const UploadAction::SendProbe& action);
    void perform(const UploadAction::StartTimer& action);
    void perform(const UploadAction::LoadParts& action);
    void perform(const UploadAction::SendInitiate& action);
    void perform(const UploadAction::RememberMultipartDenied& action);
    void perform(const UploadAction::SendListParts& action);
    void perform(const UploadAction::HashSlices& action);
    void perform(const UploadAction::SendPart& action);
    void perform(const UploadAction::JournalPart& action);
    void perform(const UploadAction::SendComplete& action);
    void perform(const UploadAction::SendAbort& action);
    void perform(const UploadAction::AbortAll& action);
    void perform(const UploadAction::Rest& action);

    using Begin = std::function<OssCall*(const OssTarget&)>;
    using Finished = std::function<void(const OssOutcome&)>;
    //! Sends a request about the record's object when there is room for it.
    BudgetedCall* request(Begin begin, Finished finished, RequestBudget::Ticket ticket = {});
    //! A body that reads this slice of the file, and where its reading will be told.
    OssBody body(const FileSlice& slice, const std::shared_ptr<BodyReading>& reading) const;

    AuthorizationKey authorizationKey() const;
    OssTarget targetWith(const UploadAuthorization& authorization) const;
    QByteArray host() const;
    QString link() const;
    void putFinished(int attempt, const BodyReading& reading, const OssOutcome& outcome);
    void objectSeen(int attempt, const OssOutcome& outcome);
    void listPage(int attempt, const std::shared_ptr<QList<UploadPart>>& parts, int marker);
    void partFinished(const UploadAction::SendPart& part, const BodyReading& reading,
                      const OssOutcome& outcome);
    void askForPart();
    void bytesSent(qint64& soFar, qint64 bytes);

    UploadServices& m_services;
    UploadMachine m_machine;
    std::deque<AnyUploadEvent> m_events; // what arrived while one was being handled
    bool m_handling = false;
    bool m_hasRested = false;

    UploadAuthorization m_authorization; // the one that named bucket and folder
    QObject* m_requests = nullptr; // parent of every request under way
    RequestBudget::Ticket m_partTicket; // asked for, or granted for the part that is next
    QTimer m_timer;
    int m_timerAttempt = 0;

    QDateTime m_callDelayedUntil;
    qint64 m_putBytes = 0; // of the single PUT that is under way
    RateMeter m_rate{std::chrono::seconds{1}};
    RateMeter m_longRate{std::chrono::seconds{10}};
    std::chrono::milliseconds m_began{0};
    std::chrono::milliseconds m_firstByte{-1};
    std::chrono::milliseconds m_lastByte{-1};
    std::chrono::milliseconds m_restedAt{-1};
};

} // namespace ChatApp
