// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "statewords.h"

#include "errortexts.h"
#include "formats.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace ChatApp {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(StateWords)

public:
    static StateWords sending(const UploadSnapshot& upload)
    {
        StateWords words{QStringLiteral("state-sending"),
                         tr("Sending %1 %").arg(progressPercent(upload)),
                         {},
                         Tone::Neutral};
        if (upload.bytesPerSecond > 0) {
            words.detail = formatSpeed(upload.bytesPerSecond);
            if (const QString left = formatTimeLeft(upload.timeLeft); !left.isEmpty())
                words.detail += QStringLiteral(" · ") + left;
        }
        return words;
    }

    static QString waitingFor(const std::optional<Error>& why)
    {
        if (!why)
            return tr("Waiting");
        switch (why->kind) {
        case ErrorKind::Offline:
            return tr("Waiting for the network");
        case ErrorKind::Throttled:
            return tr("Waiting: too many requests");
        case ErrorKind::ServiceUnavailable:
            return tr("Waiting for the service");
        case ErrorKind::SecretLocked:
            return tr("Waiting for the keychain");
        default:
            return tr("Waiting: %1").arg(errorWords(*why).title);
        }
    }

    static QString waitingUntil(const QDateTime& until, const QDateTime& now)
    {
        if (!until.isValid())
            return {};
        const qint64 seconds = std::max<qint64>(0, (now.msecsTo(until) + 999) / 1000);
        return seconds == 0 ? tr("next try now")
                            : tr("next try in %n second(s)", nullptr, static_cast<int>(seconds));
    }

    static StateWords of(const UploadSnapshot& upload, const QDateTime& now)
    {
        const QString clock = QStringLiteral("state-queued");
        switch (upload.record.state) {
        case UploadState::Staged:
            return {QStringLiteral("state-ready"), tr("Ready"), tr("nothing sent yet"),
                    Tone::Muted};
        case UploadState::Queued:
            return {clock, tr("Waiting for its turn"), {}, Tone::Muted};
        case UploadState::Checking:
            return {QStringLiteral("state-checking"), tr("Checking the file"), {}, Tone::Neutral};
        case UploadState::Authorizing:
            return {QStringLiteral("key"), tr("Waiting for permission"), {}, Tone::Neutral};
        case UploadState::Initiating:
            return {clock, tr("Preparing"), {}, Tone::Neutral};
        case UploadState::Reconciling:
            return {
                QStringLiteral("state-checking"), tr("Looking at what arrived"), {}, Tone::Neutral};
        case UploadState::Putting:
        case UploadState::SendingParts:
            return sending(upload);
        case UploadState::Completing:
            return {clock, tr("Completing"), {}, Tone::Neutral};
        case UploadState::Verifying:
            return {QStringLiteral("state-checking"), tr("Verifying"), {}, Tone::Neutral};
        case UploadState::Waiting:
            return {QStringLiteral("state-waiting"), waitingFor(upload.waitingFor),
                    waitingUntil(upload.waitingUntil, now), Tone::Warning};
        case UploadState::Paused:
            return {QStringLiteral("state-paused"), tr("Paused"), tr("Start goes on"), Tone::Muted};
        case UploadState::Cancelling:
            return {QStringLiteral("state-cancelled"), tr("Cancelling"), {}, Tone::Muted};
        case UploadState::Done:
        case UploadState::Failed:
        case UploadState::Cancelled:
            return outcomeWords(upload.record);
        }
        return {};
    }

    static StateWords outcome(const UploadRecord& record)
    {
        switch (record.state) {
        case UploadState::Done:
            return done(record.link);
        case UploadState::Failed:
            return {QStringLiteral("state-failed"),
                    record.error ? errorWords(*record.error).title : tr("Failed"),
                    {},
                    Tone::Danger};
        default:
            return {QStringLiteral("state-cancelled"), tr("Cancelled"), {}, Tone::Muted};
        }
    }

    static StateWords done(LinkState link)
    {
        StateWords words{QStringLiteral("state-done"), tr("Done"), {}, Tone::Success};
        const QString found = Words::link(link);
        if (!found.isEmpty())
            words.text = tr("Done · %1", "%1: what was found behind the link").arg(found);
        if (link != LinkState::Unchecked && link != LinkState::Open) {
            words.tone = Tone::Warning;
            words.symbol = QStringLiteral("state-warning");
        }
        return words;
    }

    static QString link(LinkState link)
    {
        switch (link) {
        case LinkState::Unchecked:
            return {};
        case LinkState::Open:
            return tr("anyone with the link can open it");
        case LinkState::Private:
            return tr("link is private (403)");
        case LinkState::Unreachable:
            return tr("link cannot be reached");
        case LinkState::WrongType:
            return tr("link has another file type");
        }
        return {};
    }
};

} // namespace

StateWords stateWords(const UploadSnapshot& upload, const QDateTime& now)
{
    return Words::of(upload, now);
}

StateWords outcomeWords(const UploadRecord& record)
{
    return Words::outcome(record);
}

QString linkWords(LinkState link)
{
    return Words::link(link);
}

int progressPercent(const UploadSnapshot& upload)
{
    if (upload.record.state == UploadState::Done)
        return 100;
    const qint64 size = upload.record.identity.size;
    if (size <= 0)
        return 0;
    constexpr int mostBeforeVerified = 99;
    return static_cast<int>(std::clamp<double>(100.0 * static_cast<double>(upload.bytesSent)
                                                   / static_cast<double>(size),
                                               0, mostBeforeVerified));
}

bool isStartable(UploadState state)
{
    return state == UploadState::Staged || state == UploadState::Paused;
}

bool isRunning(UploadState state)
{
    return !isStartable(state) && !isEnded(state);
}

} // namespace ChatApp
