// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/uploadjob.h"

#include "core/logging.h"
#include "core/random.h"
#include "core/whendone.h"
#include "storage/uploadstore.h"
#include "upload/fileworker.h"
#include "upload/networkwatch.h"
#include "upload/objectname.h"
#include "upload/spacememory.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>

namespace ChatApp {

using std::chrono::milliseconds;

UploadJob::UploadJob(UploadRecord record, UploadServices& services, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_machine(std::move(record), services.retry, services.multipart)
    , m_requests(new QObject(this))
    , m_timer(this)
    , m_began(services.clock.monotonic())
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this,
            [this] { handle(UploadEvent::TimerFired{m_timerAttempt}); });
    connect(&m_services.network, &NetworkWatch::returned, this,
            [this] { handle(UploadEvent::NetworkReturned{}); });
    connect(&m_services.broker, &AuthorizationBroker::callDelayed, this,
            [this](const AuthorizationKey& key, const QDateTime& until) {
                if (m_machine.record().state == UploadState::Authorizing
                    && key == authorizationKey()) {
                    m_callDelayedUntil = until;
                    Q_EMIT changed();
                }
            });
}

UploadJob::~UploadJob()
{
    perform(UploadAction::AbortAll{});
}

void UploadJob::handle(const AnyUploadEvent& event)
{
    // What comes after the last commit is for whoever has the row then.
    if (m_hasRested)
        return;
    m_events.push_back(event);
    if (m_handling)
        return;
    m_handling = true;
    while (!m_events.empty() && !m_hasRested) {
        const AnyUploadEvent next = std::move(m_events.front());
        m_events.pop_front();
        const UploadState before = record().state;
        const auto actions = m_machine.handle(next, m_services.clock.now(),
                                              QRandomGenerator::global()->generateDouble());
        if (before != record().state) {
            m_callDelayedUntil = {};
            qCDebug(lcUpload) << "upload" << id().value << uploadStateName(before) << "->"
                              << uploadStateName(record().state);
        }
        for (const AnyUploadAction& action : actions)
            std::visit([this](const auto& specific) { perform(specific); }, action);
    }
    m_handling = false;
    askForPart();
    Q_EMIT changed();
}

void UploadJob::perform(const UploadAction::Store& action)
{
    whenDone(m_services.store.update({action.record}), this,
             [this, attempt = action.attempt](const Result<void>& result) {
                 handle(UploadEvent::Stored{attempt, result});
             });
}

void UploadJob::perform(const UploadAction::CheckFile& action)
{
    whenDone(m_services.files.probe(record().path), this,
             [this, attempt = action.attempt](const Result<FileFacts>& facts) {
                 handle(UploadEvent::FileChecked{attempt, facts});
             });
}

void UploadJob::perform(const UploadAction::HashFile& action)
{
    whenDone(m_services.files.hash(record().path, record().identity), this,
             [this, attempt = action.attempt](const Result<std::uint64_t>& crc) {
                 handle(UploadEvent::FileHashed{attempt, crc});
             });
}

AuthorizationKey UploadJob::authorizationKey() const
{
    return authorizationKeyOf(record().target);
}

void UploadJob::perform(const UploadAction::Authorize& action)
{
    whenDone(
        m_services.broker.acquire(authorizationKey()), this,
        [this, attempt = action.attempt](const Result<UploadAuthorization>& answer) {
            if (!answer) {
                handle(UploadEvent::Authorized{attempt, m_services.network.judge(answer.error())});
                return;
            }
            m_authorization = *answer;
            handle(UploadEvent::Authorized{
                attempt,
                UploadEvent::Place{answer->bucket, answer->dir,
                                   m_services.spaces.isWithoutMultipart(authorizationKey())}});
        });
}

void UploadJob::perform(const UploadAction::MakeObjectName&)
{
    handle(UploadEvent::ObjectNamed{
        makeObjectName(record().name, randomBase32(16), m_services.nameTemplate(),
                       m_services.clock.now().date().toString(Qt::ISODate))});
}

// Requests

OssTarget UploadJob::targetWith(const UploadAuthorization& authorization) const
{
    return {.credentials = authorization.credentials,
            .endpoint = authorization.endpoint,
            .bucket = record().bucket,
            .key = record().key,
            .preferredRegion = record().target.region};
}

QByteArray UploadJob::host() const
{
    return objectUrl(m_authorization.endpoint, record().bucket, record().key).server.authority();
}

QString UploadJob::link() const
{
    return objectUrl(m_authorization.endpoint, record().bucket, record().key).toString();
}

BudgetedCall* UploadJob::request(Begin begin, Finished finished, RequestBudget::Ticket ticket)
{
    auto* call = new BudgetedCall(m_services, authorizationKey(), std::move(ticket), m_requests);
    connect(call, &BudgetedCall::finished, this, std::move(finished));
    call->send(host(), [this, begin = std::move(begin)](const UploadAuthorization& authorization) {
        return begin(targetWith(authorization));
    });
    return call;
}

OssBody UploadJob::body(const FileSlice& slice, const std::shared_ptr<BodyReading>& reading) const
{
    const auto open = [reading, slice, path = record().path, identity = record().identity,
                       &bandwidth = m_services.bandwidth]() -> Result<std::unique_ptr<QIODevice>> {
        Result<std::unique_ptr<PartReader>> reader =
            PartReader::open(path, identity, slice.offset, slice.size, &bandwidth);
        if (!reader) {
            auto failed = std::make_shared<PartReadout>();
            failed->failure = reader.error();
            reading->readout = failed;
            return reader.error();
        }
        reading->readout = (*reader)->readout();
        return std::unique_ptr<QIODevice>(std::move(*reader));
    };
    return {.open = open,
            .size = slice.size,
            .contentType = record().contentType.toLatin1(),
            .contentMd5 = {}};
}

void UploadJob::perform(const UploadAction::SendPut& action)
{
    m_putBytes = 0;
    const FileSlice whole{0, record().identity.size};
    auto reading = std::make_shared<BodyReading>();
    BudgetedCall* call = request(
        [this, whole, reading](const OssTarget& target) {
            return m_services.oss.put(target, body(whole, reading), !record().replace);
        },
        [this, attempt = action.attempt, reading](const OssOutcome& outcome) {
            putFinished(attempt, *reading, outcome);
        });
    connect(call, &BudgetedCall::bodyBytesSent, this,
            [this](qint64 bytes) { bytesSent(m_putBytes, bytes); });
}

void UploadJob::putFinished(int attempt, const BodyReading& reading, const OssOutcome& outcome)
{
    UploadEvent::PutAnswered event{.attempt = attempt,
                                   .error = {},
                                   .outcomeUnknown = outcome.outcomeUnknown,
                                   .fileError = {},
                                   .bodyCrc64 = {},
                                   .serverCrc64 = {},
                                   .requestId = {},
                                   .url = link()};
    if (reading.readout) {
        event.fileError = reading.readout->failure;
        if (reading.readout->bytesRead == record().identity.size)
            event.bodyCrc64 = reading.readout->crc64;
    }
    if (outcome.answer) {
        event.serverCrc64 = outcome.answer->crc64;
        event.requestId = outcome.answer->requestId;
        bytesSent(m_putBytes, record().identity.size);
    } else {
        event.error = outcome.answer.error();
        event.requestId = event.error->requestId;
    }
    handle(event);
}

void UploadJob::perform(const UploadAction::SendHead& action)
{
    request([this](const OssTarget& target) { return m_services.oss.head(target); },
            [this, attempt = action.attempt](const OssOutcome& outcome) {
                objectSeen(attempt, outcome);
            });
}

void UploadJob::perform(const UploadAction::SendProbe& action)
{
    request(
        [this](const OssTarget& target) {
            return m_services.oss.anonymousProbe(
                objectUrl(target.endpoint, target.bucket, target.key));
        },
        [this, attempt = action.attempt](const OssOutcome& outcome) {
            objectSeen(attempt, outcome);
        });
}

void UploadJob::objectSeen(int attempt, const OssOutcome& outcome)
{
    UploadEvent::ObjectSeen event{
        .attempt = attempt, .error = {}, .serverCrc64 = {}, .requestId = {}, .url = link()};
    if (!outcome.answer) {
        event.error = outcome.answer.error();
    } else if (outcome.answer->refusal) {
        event.error = outcome.answer->refusal;
    } else {
        event.serverCrc64 = outcome.answer->crc64;
        event.requestId = outcome.answer->requestId;
    }
    handle(event);
}

void UploadJob::perform(const UploadAction::StartTimer& action)
{
    m_timerAttempt = action.attempt;
    m_timer.start(action.delay);
}

void UploadJob::perform(const UploadAction::AbortAll&)
{
    m_timer.stop();
    m_partTicket.giveBack();
    const QList<BudgetedCall*> calls = m_requests->findChildren<BudgetedCall*>();
    for (BudgetedCall* call : calls) {
        call->disconnect(this);
        call->abort();
    }
}

void UploadJob::perform(const UploadAction::Rest&)
{
    m_hasRested = true;
    m_restedAt = m_services.clock.monotonic();
    QMetaObject::invokeMethod(this, &UploadJob::rested, Qt::QueuedConnection);
}

void UploadJob::bytesSent(qint64& soFar, qint64 bytes)
{
    const milliseconds now = m_services.clock.monotonic();
    if (bytes > soFar) {
        if (m_firstByte.count() < 0)
            m_firstByte = now;
        m_lastByte = now;
        m_rate.add(bytes - soFar, now);
        m_longRate.add(bytes - soFar, now);
        Q_EMIT bytesMoved(bytes - soFar);
    }
    soFar = bytes;
    Q_EMIT changed();
}

milliseconds UploadJob::overhead() const
{
    const milliseconds moving =
        m_firstByte.count() < 0 ? milliseconds{0} : m_lastByte - m_firstByte;
    return std::max(milliseconds{0}, m_restedAt - m_began - moving);
}

UploadSnapshot UploadJob::snapshot() const
{
    UploadSnapshot snapshot;
    snapshot.record = record();
    const qint64 size = record().identity.size;
    const qint64 moved = record().uploadId.isEmpty() ? m_putBytes : record().bytesConfirmed;
    if (record().state == UploadState::Done)
        snapshot.bytesSent = size;
    else
        snapshot.bytesSent = std::clamp<qint64>(moved, 0, std::max<qint64>(0, size - 1));
    snapshot.waitingFor = m_machine.waitingFor();
    snapshot.waitingUntil = m_machine.waitingUntil();
    if (record().state == UploadState::Authorizing)
        snapshot.waitingUntil = m_callDelayedUntil;
    if (record().state == UploadState::Putting || record().state == UploadState::SendingParts) {
        const milliseconds now = m_services.clock.monotonic();
        snapshot.bytesPerSecond = m_rate.rate(now);
        const double steady = m_longRate.rate(now);
        // Less than two seconds of sending, or a stall, promise nothing.
        constexpr milliseconds trusted{2000};
        if (m_firstByte.count() >= 0 && now - m_firstByte >= trusted && steady > 0
            && snapshot.bytesPerSecond > 0) {
            snapshot.timeLeft = milliseconds{
                static_cast<qint64>(static_cast<double>(size - moved) * 1000.0 / steady)};
        }
    }
    return snapshot;
}

} // namespace ChatApp
