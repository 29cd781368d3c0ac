// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "faultcells.h"

#include <array>

namespace ChatApp {

using Type = SandboxFault::Type;
using Op = SandboxOperation;
using std::chrono::milliseconds;

namespace {

SandboxFault ofType(Type type)
{
    SandboxFault fault;
    fault.type = type;
    return fault;
}

NamedFault plain(const char* name, Type type)
{
    return {QString::fromLatin1(name), ofType(type)};
}

NamedFault refusal(const char* name, int status, const char* code, bool commit = false)
{
    SandboxFault fault = ofType(Type::Status);
    fault.status = status;
    fault.code = QString::fromLatin1(code);
    fault.commit = commit;
    return {QString::fromLatin1(name), fault};
}

NamedFault closeAfter(const char* name, qint64 bytes)
{
    SandboxFault fault = ofType(Type::CloseAfterBytes);
    fault.bytes = bytes;
    return {QString::fromLatin1(name), fault};
}

NamedFault slow(const char* name, qint64 bytesPerSecond, milliseconds delay)
{
    SandboxFault fault = ofType(Type::Slow);
    fault.bytesPerSecond = bytesPerSecond;
    fault.delay = delay;
    return {QString::fromLatin1(name), fault};
}

NamedFault committedStall()
{
    SandboxFault fault = ofType(Type::Stall);
    fault.commit = true;
    return {QStringLiteral("commit-then-stall"), fault};
}

NamedFault skewed(const char* name, std::chrono::hours skew)
{
    SandboxFault fault = ofType(Type::ClockSkew);
    fault.skew = skew;
    return {QString::fromLatin1(name), fault};
}

NamedFault throttled()
{
    SandboxFault fault = ofType(Type::Throttle);
    fault.retryAfter = milliseconds{100}; // OSS says it in whole seconds
    return {QStringLiteral("throttle"), fault};
}

NamedFault errorIn200()
{
    SandboxFault fault = ofType(Type::ErrorIn200);
    fault.code = QStringLiteral("InternalError");
    return {QStringLiteral("error-in-200"), fault};
}

QList<NamedFault> bodyFaults(Op operation)
{
    switch (operation) {
    case Op::PutObject:
        return {closeAfter("close-halfway", 500), slow("slow", 20'000, milliseconds{0})};
    case Op::UploadPart:
        return {closeAfter("close-halfway", 50'000), slow("slow", 1'000'000, milliseconds{0})};
    case Op::CompleteMultipartUpload:
        return {closeAfter("close-halfway", 50), slow("slow", 2'000, milliseconds{0})};
    default:
        return {}; // has no body
    }
}

const QStringList afterCommit{
    QStringLiteral("500-after-commit"),
    QStringLiteral("commit-then-close"),
    QStringLiteral("commit-then-stall"),
    QStringLiteral("answer-too-late"),
};

//! Where the default, all done and nothing else there, is not what is right.
struct Exception {
    FaultScenario scenario;
    QStringList faults;
    FaultExpectation expectation;
};

QStringList names(std::initializer_list<const char*> list)
{
    QStringList made;
    for (const char* name : list)
        made.append(QString::fromLatin1(name));
    return made;
}

FaultExpectation fails(ErrorKind kind)
{
    return {.failure = kind, .mayBeDone = false, .spareObjects = 0, .strayUploads = 0};
}

FaultExpectation mayFail(ErrorKind kind)
{
    return {.failure = kind, .mayBeDone = true, .spareObjects = 0, .strayUploads = 0};
}

FaultExpectation spare()
{
    return {.failure = std::nullopt, .mayBeDone = false, .spareObjects = 1, .strayUploads = 0};
}

FaultExpectation stray()
{
    return {.failure = std::nullopt, .mayBeDone = false, .spareObjects = 0, .strayUploads = 1};
}

const QList<Exception>& exceptions()
{
    using Scenario = FaultScenario;
    static const QList<Exception> list{
        // The caller's own rights and token: nothing that the program does changes them.
        {Scenario::Authorization, names({"403-denied", "deny"}),
         fails(ErrorKind::PermissionDenied)},
        {Scenario::Authorization, names({"expired-token"}), fails(ErrorKind::TokenRejected)},
        // Codes that CAMS does not have, with a status that says: do not send this again.
        {Scenario::Authorization, names({"404-no-such-upload", "400-request-timeout"}),
         fails(ErrorKind::Rejected)},
        {Scenario::Renewal, names({"403-denied", "deny"}), mayFail(ErrorKind::PermissionDenied)},
        {Scenario::Renewal, names({"expired-token"}), mayFail(ErrorKind::TokenRejected)},
        {Scenario::Renewal, names({"404-no-such-upload", "400-request-timeout"}),
         mayFail(ErrorKind::Rejected)},

        {Scenario::Put, names({"403-denied", "deny"}), fails(ErrorKind::PermissionDenied)},
        {Scenario::Put, names({"404-no-such-upload"}), fails(ErrorKind::UploadMissing)},

        // What is there differs, or nobody may read it: a fresh key, once.
        {Scenario::Head, names({"wrong-crc"}), spare()},
        {Scenario::Probe,
         names({"wrong-crc", "missing-crc", "403-denied", "deny", "expired-token"}), spare()},

        // The id was never told; the protocol has no way to look for it. (403: one PUT instead.)
        {Scenario::Initiate, afterCommit, stray()},
        {Scenario::Initiate, names({"404-no-such-upload"}), fails(ErrorKind::UploadMissing)},

        // The server denies an upload that it has: it is believed, and a new one begun.
        {Scenario::Part, names({"404-no-such-upload"}), stray()},
        {Scenario::List, names({"404-no-such-upload"}), stray()},
        {Scenario::Complete, names({"404-no-such-upload"}), stray()},
        {Scenario::Complete, names({"403-denied", "deny"}), fails(ErrorKind::PermissionDenied)},

        // It may not be dropped, or is said not to be there.
        {Scenario::Abort, names({"403-denied", "deny", "404-no-such-upload"}), stray()},
    };
    return list;
}

} // namespace

QList<FaultScenario> allFaultScenarios()
{
    return {FaultScenario::Authorization, FaultScenario::Renewal, FaultScenario::Put,
            FaultScenario::Head,          FaultScenario::Probe,   FaultScenario::Initiate,
            FaultScenario::Part,          FaultScenario::List,    FaultScenario::Complete,
            FaultScenario::Abort};
}

SandboxOperation operationOf(FaultScenario scenario)
{
    switch (scenario) {
    case FaultScenario::Authorization:
    case FaultScenario::Renewal:
        return Op::GetChatappUploadAuthorization;
    case FaultScenario::Put:
        return Op::PutObject;
    case FaultScenario::Head:
        return Op::HeadObject;
    case FaultScenario::Probe:
        return Op::GetObject;
    case FaultScenario::Initiate:
        return Op::InitiateMultipartUpload;
    case FaultScenario::Part:
        return Op::UploadPart;
    case FaultScenario::List:
        return Op::ListParts;
    case FaultScenario::Complete:
        return Op::CompleteMultipartUpload;
    case FaultScenario::Abort:
        return Op::AbortMultipartUpload;
    }
    return Op::Unknown;
}

int ordinalOf(FaultScenario scenario, Occurrence occurrence)
{
    const int last = scenario == FaultScenario::Part ? 5 : 3;
    switch (occurrence) {
    case Occurrence::First:
        return 1;
    case Occurrence::Middle:
        return (last + 1) / 2;
    case Occurrence::Every:
        return 0;
    case Occurrence::Last:
        break;
    }
    return last;
}

//! Every type of the plan but DenyAcl: it meets requests that carry an ACL, and the client sends
//! none.
QList<NamedFault> faultsFor(SandboxOperation operation)
{
    QList<NamedFault> faults{
        refusal("503", 503, "ServiceUnavailable"),
        refusal("500", 500, "InternalError"),
        refusal("500-after-commit", 500, "InternalError", true),
        refusal("403-denied", 403, "AccessDenied"),
        refusal("404-no-such-upload", 404, "NoSuchUpload"),
        refusal("429-qps-limit", 429, "QpsLimitExceeded"),
        refusal("400-request-timeout", 400, "RequestTimeout"),
        plain("close-before-reply", Type::CloseBeforeReply),
        closeAfter("close-after-head", 0),
        plain("commit-then-close", Type::CommitThenClose),
        plain("stall", Type::Stall),
        committedStall(),
        slow("answer-late", 0, matrixPatience / 3),
        slow("answer-too-late", 0, matrixPatience * 2),
        plain("wrong-crc", Type::WrongCrc),
        plain("missing-crc", Type::MissingCrc),
        plain("expired-token", Type::ExpiredToken),
        throttled(),
        plain("deny", Type::Deny),
        skewed("skew-ahead", std::chrono::hours{2}),
        skewed("skew-behind", std::chrono::hours{-2}),
        plain("garbage", Type::Garbage),
        plain("not-http", Type::NotHttp),
        plain("huge", Type::Huge),
        plain("web-page", Type::Html),
        plain("redirect", Type::Redirect),
        errorIn200(),
    };
    return faults + bodyFaults(operation);
}

QString FaultCell::name() const
{
    static constexpr std::array occurrences{"first", "middle", "last", "every"};
    QString operation = sandboxOperationName(operationOf(scenario));
    if (scenario == FaultScenario::Renewal)
        operation += QStringLiteral(" renewal");
    return operation + QLatin1Char('/') + fault.name + QLatin1Char('/')
        + QLatin1String(occurrences.at(static_cast<size_t>(occurrence)));
}

QList<FaultCell> faultCells(FaultScenario scenario, const QList<Occurrence>& occurrences)
{
    QList<FaultCell> cells;
    for (const NamedFault& fault : faultsFor(operationOf(scenario))) {
        for (const Occurrence at : occurrences)
            cells.append({scenario, fault, at});
    }
    return cells;
}

QList<ErrorKind> errorsOfEndless(const NamedFault& fault)
{
    switch (fault.fault.type) {
    case Type::Status:
        // 404, 400: codes of OSS, which CAMS does not have. 404: HEAD and the probe find no object,
        // so that what is told is why they were asked.
        return {
            ErrorKind::ServiceUnavailable, ErrorKind::PermissionDenied, ErrorKind::UploadMissing,
            ErrorKind::Throttled,          ErrorKind::Timeout,          ErrorKind::Rejected,
            ErrorKind::ConnectionLost,     ErrorKind::ChecksumMismatch};
    case Type::CloseBeforeReply:
    case Type::CloseAfterBytes:
    case Type::CommitThenClose:
    case Type::NotHttp:
        return {ErrorKind::ConnectionLost};
    case Type::Stall:
    case Type::Slow:
        return {ErrorKind::Timeout};
    case Type::WrongCrc:
    case Type::MissingCrc:
        return {ErrorKind::ChecksumMismatch};
    case Type::ExpiredToken:
        // So many new tokens are asked for that CAMS throttles; the probe has none.
        return {ErrorKind::TokenRejected, ErrorKind::Throttled, ErrorKind::ChecksumMismatch};
    case Type::ClockSkew:
        // Tokens look expired, too.
        return {ErrorKind::ClockSkew, ErrorKind::TokenRejected, ErrorKind::Throttled};
    case Type::Throttle:
        return {ErrorKind::Throttled};
    case Type::Deny:
    case Type::DenyAcl:
        return {ErrorKind::PermissionDenied, ErrorKind::ChecksumMismatch}; // nobody may read
    case Type::Garbage:
    case Type::Huge:
    case Type::Html:
    case Type::Redirect:
        return {ErrorKind::InvalidAnswer, ErrorKind::Intercepted};
    case Type::ErrorIn200:
        return {ErrorKind::ServiceUnavailable, ErrorKind::InvalidAnswer}; // a HEAD has no body
    }
    return {};
}

FaultExpectation expectationOf(const FaultCell& cell)
{
    for (const Exception& exception : exceptions()) {
        if (exception.scenario == cell.scenario && exception.faults.contains(cell.fault.name))
            return exception.expectation;
    }
    return {};
}

} // namespace ChatApp
