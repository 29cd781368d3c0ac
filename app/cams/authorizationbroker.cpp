// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cams/authorizationbroker.h"

#include "cams/camsclient.h"
#include "core/whendone.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QPromise>

#include <unordered_map>
#include <utility>
#include <vector>

namespace ChatApp {

using Answer = Result<UploadAuthorization>;

namespace {

struct KeyHash {
    size_t operator()(const AuthorizationKey& key) const { return qHash(key); }
};

Error cancelled()
{
    Error error;
    error.kind = ErrorKind::Cancelled;
    error.message = QStringLiteral("cancelled");
    return error;
}

} // namespace

size_t qHash(const AuthorizationKey& key, size_t seed)
{
    return qHashMulti(seed, key.account.value, key.accessKeyId, key.endpoint, key.space.value);
}

class AuthorizationBroker::Private {
public:
    struct Entry {
        std::optional<UploadAuthorization> cached;
        std::vector<QPromise<Answer>> waiters; //!< while a call is under way
        QString callingKeyId; //!< of the credentials in use; empty while they are fetched
    };

    Private(AuthorizationBroker& owner, CamsClient& camsClient, const Clock& localClock,
            CredentialsSource source)
        : q(owner)
        , client(camsClient)
        , clock(localClock)
        , credentials(std::move(source))
    {
    }

    void refresh(const AuthorizationKey& key);
    void call(const AuthorizationKey& key, const Result<Credentials>& found);
    void finish(const AuthorizationKey& key, Answer answer);
    void tellDelay(const QString& accessKeyId, const Endpoint& endpoint, const SpaceId& space,
                   const QDateTime& until);

    AuthorizationBroker& q;
    CamsClient& client;
    const Clock& clock;
    CredentialsSource credentials;
    std::unordered_map<AuthorizationKey, Entry, KeyHash> entries;
    quint64 lastGeneration = 0;
};

void AuthorizationBroker::Private::refresh(const AuthorizationKey& key)
{
    // Not whenDone(): a source that gives up without an answer ends the wait, too.
    auto* watcher = new QFutureWatcher<Result<Credentials>>(&q);
    QObject::connect(watcher, &QFutureWatcherBase::finished, &q, [this, key, watcher] {
        watcher->deleteLater();
        const QFuture<Result<Credentials>> ended = watcher->future();
        call(key, ended.resultCount() > 0 ? ended.result() : Result<Credentials>(cancelled()));
    });
    watcher->setFuture(credentials(key));
}

void AuthorizationBroker::Private::call(const AuthorizationKey& key,
                                        const Result<Credentials>& found)
{
    const Result<Endpoint> endpoint = parseEndpoint(key.endpoint);
    if (!found || !endpoint) {
        finish(key, found ? endpoint.error() : found.error());
        return;
    }
    entries[key].callingKeyId = found->accessKeyId;
    whenDone(client.getChatappUploadAuthorization({.credentials = *found, .endpoint = *endpoint},
                                                  key.space),
             &q, [this, key](const Answer& answer) { finish(key, answer); });
}

void AuthorizationBroker::Private::finish(const AuthorizationKey& key, Answer answer)
{
    Entry& entry = entries[key];
    entry.callingKeyId.clear();
    if (answer) {
        answer->generation = ++lastGeneration;
        entry.cached = *answer;
    }
    // Whoever is told may ask again at once: that is a new call then.
    for (QPromise<Answer>& waiter : std::exchange(entry.waiters, {})) {
        waiter.addResult(answer);
        waiter.finish();
    }
}

void AuthorizationBroker::Private::tellDelay(const QString& accessKeyId, const Endpoint& endpoint,
                                             const SpaceId& space, const QDateTime& until)
{
    QList<AuthorizationKey> delayed;
    for (const auto& [key, entry] : entries) {
        if (entry.callingKeyId != accessKeyId || key.space != space)
            continue;
        const Result<Endpoint> own = parseEndpoint(key.endpoint);
        if (own && *own == endpoint)
            delayed.append(key);
    }
    for (const AuthorizationKey& key : delayed)
        Q_EMIT q.callDelayed(key, until);
}

AuthorizationBroker::AuthorizationBroker(CamsClient& client, const Clock& clock,
                                         CredentialsSource credentials, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, client, clock, std::move(credentials)))
{
    connect(&client, &CamsClient::callDelayed, this,
            [this](const QString& accessKeyId, const Endpoint& endpoint, const SpaceId& space,
                   const QDateTime& until) { d->tellDelay(accessKeyId, endpoint, space, until); });
}

AuthorizationBroker::~AuthorizationBroker()
{
    for (auto& [key, entry] : d->entries) {
        for (QPromise<Answer>& waiter : std::exchange(entry.waiters, {})) {
            waiter.addResult(Answer(cancelled()));
            waiter.finish();
        }
    }
}

QFuture<Answer> AuthorizationBroker::acquire(const AuthorizationKey& key)
{
    Private::Entry& entry = d->entries[key];
    QPromise<Answer> promise;
    promise.start();
    QFuture<Answer> future = promise.future();
    if (entry.waiters.empty() && entry.cached && d->clock.now() < entry.cached->renewAt) {
        promise.addResult(Answer(*entry.cached));
        promise.finish();
        return future;
    }
    const bool underWay = !entry.waiters.empty();
    entry.waiters.push_back(std::move(promise));
    if (!underWay)
        d->refresh(key);
    return future;
}

void AuthorizationBroker::invalidate(const AuthorizationKey& key, quint64 generation)
{
    const auto found = d->entries.find(key);
    if (found == d->entries.end())
        return;
    std::optional<UploadAuthorization>& cached = found->second.cached;
    if (cached && cached->generation == generation)
        cached.reset();
}

} // namespace ChatApp
