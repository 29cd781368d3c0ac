// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "upload/uploadmachine.h"

#include <QtTest/QtTest>

namespace ChatApp {

inline const QDateTime start = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
constexpr std::uint64_t goodCrc = 4711;
constexpr qint64 mebibyte = 1024LL * 1024;
//! Three parts: 4, 4 and 2 MiB.
inline const FileIdentity bigFile{.device = 1, .inode = 5, .size = 10 * mebibyte, .mtimeNs = 3};
inline const FileIdentity someFile{.device = 1, .inode = 2, .size = 1000, .mtimeNs = 3};

inline UploadRecord stagedRecord(const FileIdentity& file = someFile)
{
    UploadRecord record;
    record.id = UploadId{1};
    record.path = QStringLiteral("/files/a.png");
    record.name = QStringLiteral("a.png");
    record.identity = file;
    record.objectName = QStringLiteral("a-random.png");
    return record;
}

//! What an earlier run left of a big file.
inline UploadRecord interruptedRecord()
{
    UploadRecord record = stagedRecord(bigFile);
    record.state = UploadState::SendingParts;
    record.uploadId = QStringLiteral("upload-0");
    record.partSize = 4 * mebibyte;
    record.bucket = QStringLiteral("bucket");
    record.key = QStringLiteral("dir/") + record.objectName;
    return record;
}

inline RetryPolicy policy()
{
    return {.maxAttempts = 4,
            .backoff = Backoff(std::chrono::milliseconds{100}, std::chrono::milliseconds{1000})};
}

//! Drives a machine, keeps what it asked for, and checks at every step what must always hold.
class Driver {
    template <typename Action>
    static constexpr bool hasAttempt = requires(const Action& action)
    {
        action.attempt;
    };

    template <typename Action>
    void note(const Action& action)
    {
        if constexpr (hasAttempt<Action>)
            attempt = action.attempt;
    }
    void note(const UploadAction::Store& action)
    {
        attempt = action.attempt;
        stored = action.record;
        if (stored.state == UploadState::Done)
            doneWasAskedToBeStored = true;
    }
    void note(const UploadAction::SendPut& action)
    {
        attempt = action.attempt;
        ++puts;
    }
    void note(const UploadAction::StartTimer& action)
    {
        attempt = action.attempt;
        delay = action.delay;
    }
    void note(const UploadAction::SendPart& action)
    {
        // Rule 1: no part is sent before its upload id is durable.
        QCOMPARE(stored.uploadId, machine.record().uploadId);
        QVERIFY(!stored.uploadId.isEmpty());
        partAttempts[action.number] = action.attempt;
        sentParts.append(action.number);
    }

public:
    explicit Driver(UploadRecord record = stagedRecord()) : machine(std::move(record), policy()) { }

    void feed(const AnyUploadEvent& event)
    {
        const UploadState before = state();
        actions = machine.handle(event, now, 0.5);
        now = now.addMSecs(1);
        for (const AnyUploadAction& action : actions)
            std::visit([this](const auto& specific) { note(specific); }, action);
        // Rule 2: no success is shown before its row is committed.
        if (state() == UploadState::Done && before != UploadState::Done) {
            const auto* answer = std::get_if<UploadEvent::Stored>(&event);
            QVERIFY(answer && answer->result);
            QVERIFY(doneWasAskedToBeStored);
        }
        // Rule 3: nothing is aborted on the server while complete is in flight.
        if (completing)
            QVERIFY(!asked<UploadAction::SendAbort>());
        completing = completing && std::holds_alternative<UploadEvent::Completed>(event) == false;
        if (asked<UploadAction::SendComplete>())
            completing = true;
        if (asked<UploadAction::AbortAll>())
            completing = false;
        // Rule 5: ended means no request and no timer.
        if (isEnded(before) && before == state())
            QVERIFY(actions.empty());
    }

    UploadState state() const { return machine.record().state; }
    template <typename Action>
    bool asked() const
    {
        return std::any_of(actions.begin(), actions.end(), [](const AnyUploadAction& action) {
            return std::holds_alternative<Action>(action);
        });
    }

    void storedOk() { feed(UploadEvent::Stored{attempt, {}}); }
    void queue()
    {
        feed(UploadEvent::StartRequested{});
        storedOk();
    }
    void runToPut()
    {
        queue();
        feed(UploadEvent::SlotGranted{});
        feed(UploadEvent::FileChecked{attempt, FileFacts{machine.record().identity, {}}});
        authorized();
    }
    //! For a big file: initiated, the id stored.
    void runToParts()
    {
        runToPut();
        initiated({});
        storedOk();
    }
    void initiated(std::optional<Error> error)
    {
        const QString id = error ? QString() : QStringLiteral("upload-%1").arg(++initiations);
        feed(UploadEvent::Initiated{.attempt = attempt, .error = std::move(error), .uploadId = id});
    }
    //! Lets it send as many parts as it wants to.
    void grantAll()
    {
        while (machine.wantsPart())
            feed(UploadEvent::PartSlotGranted{});
    }
    void partAnswered(int number, std::optional<Error> error = {},
                      std::optional<std::uint64_t> server = goodCrc,
                      std::optional<Error> fileError = {})
    {
        feed(UploadEvent::PartAnswered{.attempt = partAttempts.value(number),
                                       .number = number,
                                       .error = std::move(error),
                                       .fileError = std::move(fileError),
                                       .bodyCrc64 = goodCrc,
                                       .serverCrc64 = server,
                                       .etag = QByteArrayLiteral("E")});
    }
    //! All three parts are there, "completing" is stored, complete is on its way.
    void runToComplete()
    {
        runToParts();
        grantAll();
        for (const int number : {1, 2, 3})
            partAnswered(number);
        storedOk();
        authorized();
    }
    void completed(const std::optional<Error>& error, bool unknown = false)
    {
        feed(UploadEvent::Completed{.attempt = attempt,
                                    .error = error,
                                    .outcomeUnknown = unknown,
                                    .serverCrc64 = error ? std::nullopt : machine.record().crc64,
                                    .requestId = QStringLiteral("R3"),
                                    .url = QStringLiteral("https://host/dir/a")});
    }
    void aborted(std::optional<Error> error = {})
    {
        feed(UploadEvent::UploadAborted{.attempt = attempt, .error = std::move(error)});
    }
    void authorized(bool multipartDenied = false, const QString& dir = QStringLiteral("dir"))
    {
        feed(UploadEvent::Authorized{
            attempt, UploadEvent::Place{QStringLiteral("bucket"), dir, multipartDenied}});
    }
    void putAnswered(std::optional<Error> error, bool unknown = false,
                     std::optional<std::uint64_t> body = goodCrc,
                     std::optional<std::uint64_t> server = goodCrc)
    {
        feed(UploadEvent::PutAnswered{.attempt = attempt,
                                      .error = std::move(error),
                                      .outcomeUnknown = unknown,
                                      .fileError = {},
                                      .bodyCrc64 = body,
                                      .serverCrc64 = server,
                                      .requestId = QStringLiteral("R1"),
                                      .url = QStringLiteral("https://host/dir/a")});
    }
    void seen(std::optional<Error> error, std::optional<std::uint64_t> server)
    {
        feed(UploadEvent::ObjectSeen{.attempt = attempt,
                                     .error = std::move(error),
                                     .serverCrc64 = server,
                                     .requestId = QStringLiteral("R2"),
                                     .url = QStringLiteral("https://host/dir/a")});
    }
    void timer() { feed(UploadEvent::TimerFired{attempt}); }

    UploadMachine machine;
    std::vector<AnyUploadAction> actions;
    UploadRecord stored;
    QDateTime now = start;
    std::chrono::milliseconds delay{};
    int attempt = 0;
    int puts = 0;
    int initiations = 0;
    QHash<int, int> partAttempts; // by number
    QList<int> sentParts;
    bool completing = false;
    bool doneWasAskedToBeStored = false;
};

inline Error failure(ErrorKind kind, int status = 0)
{
    return Error{.kind = kind, .httpStatus = status};
}

} // namespace ChatApp
