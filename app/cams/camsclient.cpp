// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cams/camsclient.h"

#include "cams/acs3signer.h"
#include "cams/camserrors.h"
#include "cams/jsonfields.h"
#include "core/logging.h"
#include "core/random.h"
#include "core/ratelimiter.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QPointer>
#include <QtCore/QPromise>
#include <QtCore/QTimer>

#include <deque>
#include <functional>
#include <map>
#include <unordered_set>

namespace ChatApp {

using std::chrono::milliseconds;

namespace {

constexpr auto apiVersion = "2020-06-06";
constexpr auto formType = "application/x-www-form-urlencoded";
constexpr int nonceRepeats = 3;
constexpr milliseconds throttledPause{1000}; //!< where the service names no time

Error cancelled()
{
    Error error;
    error.kind = ErrorKind::Cancelled;
    error.message = QStringLiteral("the program is closing");
    return error;
}

//! One call from the caller's point of view, whatever the number of its requests.
struct Call {
    CamsCaller caller;
    QByteArray action;
    QueryParameters query;
    SpaceId space;
    std::function<void(const Result<QJsonObject>&, const AnswerTime&)> done;
    int nonceRepeatsLeft = nonceRepeats;
    bool clockRepeatLeft = true;
    QPointer<HttpCall> request;
};

HttpRequest signedRequest(const Call& call, const QDateTime& now)
{
    Acs3Request toSign;
    toSign.query = call.query;
    // Qt adds a Content-Type to a POST that has none, unsigned.
    toSign.headers = {
        {"host", call.caller.endpoint.authority()},
        {"content-type", formType},
        {"x-acs-action", call.action},
        {"x-acs-version", apiVersion},
        {"x-acs-date", now.toUTC().toString(QStringLiteral("yyyy-MM-dd'T'HH:mm:ss'Z'")).toLatin1()},
        {"x-acs-signature-nonce", randomNonce()},
        {"x-acs-content-sha256",
         QCryptographicHash::hash(QByteArray(), QCryptographicHash::Sha256).toHex()},
    };
    // expose() is only a view, and the request may outlive the credentials.
    const QByteArray token = call.caller.credentials.securityToken.expose();
    if (!token.isEmpty()) {
        toSign.headers.append(
            HttpHeader{"x-acs-accesskey-id", call.caller.credentials.accessKeyId.toUtf8()});
        toSign.headers.append(
            HttpHeader{"x-acs-security-token", QByteArray(token.constData(), token.size())});
    }

    HttpRequest request;
    request.method = toSign.method;
    request.scheme = call.caller.endpoint.scheme;
    request.host = call.caller.endpoint.host;
    request.port = call.caller.endpoint.port;
    request.target = toSign.path;
    if (!call.query.isEmpty())
        request.target += '?' + acs3CanonicalQuery(call.query);
    request.headers = toSign.headers;
    request.headers.removeFirst(); // the transport adds Host
    request.headers.append(HttpHeader{"accept", "application/json"});
    request.headers.append(
        HttpHeader{"Authorization", acs3Authorization(toSign, call.caller.credentials)});
    return request;
}

} // namespace

class CamsClient::Private {
public:
    //! The calls of one account at one endpoint, in order.
    struct Lane {
        explicit Lane(const CamsCallLimit& limit) : limiter(limit.calls, limit.window)
        {
            timer.setSingleShot(true);
            timer.setTimerType(Qt::PreciseTimer);
        }
        RateLimiter limiter;
        int underWay = 0; //!< requests without an answer, not recorded yet
        std::deque<std::shared_ptr<Call>> waiting;
        QTimer timer;
    };

    Private(CamsClient& owner, HttpTransport& http, const Clock& localClock,
            CamsCallLimit callLimit)
        : q(owner)
        , transport(http)
        , clock(localClock)
        , limit(callLimit)
    {
    }

    void begin(std::shared_ptr<Call> call);
    void endAll();

    ServerClock& serverClock(const Endpoint& endpoint)
    {
        std::unique_ptr<ServerClock>& entry = clocks[endpoint.authority()];
        if (!entry)
            entry = std::make_unique<ServerClock>(clock);
        return *entry;
    }

    CamsClient& q;
    HttpTransport& transport;
    const Clock& clock;
    CamsCallLimit limit;

private:
    Lane& laneOf(const Call& call);
    void pump(Lane& lane);
    void tellDelays(const Lane& lane, milliseconds delay) const;
    void send(Lane& lane, const std::shared_ptr<Call>& call);
    void answered(Lane& lane, const std::shared_ptr<Call>& call, const HttpOutcome& outcome);
    bool repeats(Call& call, const Error& error, bool clockLearnt) const;
    void finish(const std::shared_ptr<Call>& call, const Result<QJsonObject>& result,
                const AnswerTime& time);

    std::map<QByteArray, std::unique_ptr<ServerClock>> clocks;
    std::map<QByteArray, std::unique_ptr<Lane>> lanes;
    std::unordered_set<std::shared_ptr<Call>> calls;
};

CamsClient::Private::Lane& CamsClient::Private::laneOf(const Call& call)
{
    const QByteArray name =
        call.caller.credentials.accessKeyId.toUtf8() + '@' + call.caller.endpoint.authority();
    std::unique_ptr<Lane>& lane = lanes[name];
    if (!lane) {
        lane = std::make_unique<Lane>(limit);
        QObject::connect(&lane->timer, &QTimer::timeout, &q,
                         [this, borrowed = lane.get()] { pump(*borrowed); });
    }
    return *lane;
}

void CamsClient::Private::begin(std::shared_ptr<Call> call)
{
    calls.insert(call);
    Lane& lane = laneOf(*call);
    lane.waiting.push_back(std::move(call));
    pump(lane);
}

void CamsClient::Private::pump(Lane& lane)
{
    while (!lane.waiting.empty()) {
        const milliseconds delay = lane.limiter.delay(clock.monotonic(), lane.underWay);
        if (delay > milliseconds{0}) {
            lane.timer.start(delay);
            tellDelays(lane, delay);
            return;
        }
        const std::shared_ptr<Call> next = lane.waiting.front();
        lane.waiting.pop_front();
        send(lane, next);
    }
}

//! The first `limit.calls` of those that wait go after `delay`, the next ones a window later.
void CamsClient::Private::tellDelays(const Lane& lane, milliseconds delay) const
{
    const QDateTime now = clock.now();
    int position = 0;
    for (const std::shared_ptr<Call>& call : lane.waiting) {
        const milliseconds until = delay + limit.window * (position++ / limit.calls);
        Q_EMIT q.callDelayed(call->caller.credentials.accessKeyId, call->caller.endpoint,
                             call->space, now.addMSecs(until.count()));
    }
}

void CamsClient::Private::send(Lane& lane, const std::shared_ptr<Call>& call)
{
    HttpCall* request =
        transport.send(signedRequest(*call, serverClock(call->caller.endpoint).now()));
    call->request = request;
    ++lane.underWay;
    QObject::connect(
        request, &HttpCall::finished, &q,
        [this, &lane, call](const HttpOutcome& outcome) { answered(lane, call, outcome); });
}

void CamsClient::Private::answered(Lane& lane, const std::shared_ptr<Call>& call,
                                   const HttpOutcome& outcome)
{
    // The service counts arrivals, and this one arrived at some time before now.
    --lane.underWay;
    lane.limiter.record(clock.monotonic());

    AnswerTime time{.local = clock.now(), .server = {}};
    const Result<QJsonObject> answer = outcome.response
        ? readCamsAnswer(*outcome.response)
        : Result<QJsonObject>(outcome.response.error());
    const bool fromService = answer.ok() || !answer.error().code.isEmpty();
    if (fromService) {
        time.server = parseHttpDate(outcome.response->header("Date"));
        serverClock(call->caller.endpoint).learn(time.server);
    }
    if (!answer) {
        const Error& error = answer.error();
        qCInfo(lcCams).noquote() << call->action << describeError(error);
        if (error.kind == ErrorKind::Throttled) {
            lane.limiter.blockUntil(clock.monotonic() + error.retryAfter.value_or(throttledPause));
        }
    }
    if (!answer && repeats(*call, answer.error(), time.server.isValid()))
        lane.waiting.push_front(call);
    else
        finish(call, answer, time);
    pump(lane);
}

bool CamsClient::Private::repeats(Call& call, const Error& error, bool clockLearnt) const
{
    if (error.code == QLatin1String("SignatureNonceUsed"))
        return call.nonceRepeatsLeft-- > 0;
    if (error.kind == ErrorKind::ClockSkew && clockLearnt)
        return std::exchange(call.clockRepeatLeft, false);
    return false;
}

void CamsClient::Private::finish(const std::shared_ptr<Call>& call,
                                 const Result<QJsonObject>& result, const AnswerTime& time)
{
    if (calls.erase(call) > 0)
        call->done(result, time);
}

void CamsClient::Private::endAll()
{
    while (!calls.empty()) {
        const std::shared_ptr<Call> call = *calls.begin();
        if (call->request) {
            call->request->disconnect(&q);
            call->request->abort();
        }
        finish(call, cancelled(), {});
    }
}

CamsClient::CamsClient(HttpTransport& transport, const Clock& clock, CamsCallLimit limit,
                       QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, transport, clock, limit))
{
}

CamsClient::~CamsClient()
{
    d->endAll();
}

QFuture<Result<UploadAuthorization>>
CamsClient::getChatappUploadAuthorization(const CamsCaller& caller, const SpaceId& space)
{
    using Answer = Result<UploadAuthorization>;
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    auto call = std::make_shared<Call>();
    call->caller = caller;
    call->action = "GetChatappUploadAuthorization";
    call->query = {{"CustSpaceId", space.value.toUtf8()}};
    call->space = space;
    call->done = [promise](const Result<QJsonObject>& answer, const AnswerTime& time) {
        Answer result = answer ? parseUploadAuthorization(*answer, time) : Answer(answer.error());
        if (answer && !result) {
            Error error = result.error();
            error.requestId = fieldOf(*answer, "RequestId").toString();
            result = error;
        }
        promise->addResult(std::move(result));
        promise->finish();
    };
    d->begin(std::move(call));
    return promise->future();
}

QFuture<Result<bool>> CamsClient::getChatappOpenStatus(const CamsCaller& caller)
{
    auto promise = std::make_shared<QPromise<Result<bool>>>();
    promise->start();
    auto call = std::make_shared<Call>();
    call->caller = caller;
    call->action = "GetChatappOpenStatus";
    call->done = [promise](const Result<QJsonObject>& answer, const AnswerTime&) {
        if (answer) {
            // Where the status stands is documented loosely; that the call was allowed is enough.
            const QJsonValue direct = fieldOf(*answer, "OpenStatus");
            const QJsonValue nested = fieldOf(fieldOf(*answer, "Data").toObject(), "OpenStatus");
            promise->addResult(Result<bool>(direct.toBool(nested.toBool(true))));
        } else {
            promise->addResult(Result<bool>(answer.error()));
        }
        promise->finish();
    };
    d->begin(std::move(call));
    return promise->future();
}

milliseconds CamsClient::clockOffset(const Endpoint& endpoint) const
{
    return d->serverClock(endpoint).offset();
}

} // namespace ChatApp
