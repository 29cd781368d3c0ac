// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/accountmanager.h"

#include "accounts/accountcheck.h"
#include "accounts/accountlist.h"
#include "accounts/accountstore.h"
#include "accounts/sessionsecretstore.h"
#include "core/answer.h"
#include "core/logging.h"
#include "core/whendone.h"

#include <QtCore/QHash>
#include <QtCore/QUuid>

#include <functional>

namespace ChatApp {

namespace {

SecretState stateAfter(const Result<SecretString>& read)
{
    if (read)
        return SecretState::Stored;
    switch (read.error().kind) {
    case ErrorKind::SecretLocked:
        return SecretState::Locked;
    case ErrorKind::SecretMissing:
        return SecretState::Missing;
    case ErrorKind::SecretDenied:
        return SecretState::Denied;
    case ErrorKind::SecretStoreUnavailable:
        return SecretState::NoStore;
    default:
        return SecretState::Unknown;
    }
}

Error unknownAccount()
{
    return Error{.kind = ErrorKind::AccountUnknown};
}

Error nameTaken()
{
    return Error{.kind = ErrorKind::Usage,
                 .message = QStringLiteral("there is an account of that name")};
}

Error noStore()
{
    return Error{.kind = ErrorKind::SecretStoreUnavailable,
                 .message = QStringLiteral("this program runs without a secret store")};
}

template <typename T>
QFuture<Result<T>> ready(Result<T> result)
{
    const Answer<T> answer;
    answer.give(std::move(result));
    return answer.future();
}

} // namespace

class AccountManager::Private {
public:
    Private(AccountManager* manager, Database& database, std::unique_ptr<SecretStore> secrets)
        : q(manager)
        , store(database)
        , keychain(std::move(secrets))
    {
    }

    //! Calls `then` with Stored or SessionOnly, or with why the secret is nowhere.
    void putSecret(const AccountId& id, const SecretString& secret,
                   const std::function<void(const Result<SecretState>&)>& then);
    Result<Account> checked(const Account& account, const SecretString& secret) const;
    void commitNew(const Account& account, const SecretString& secret,
                   const Answer<Account>& answer);
    void commitChange(const Account& account, bool onDisk, const Answer<Account>& answer);
    void forgetSecret(const AccountId& id);
    void removeSecret(const AccountId& id);
    void removeStored(const AccountId& id, const Answer<void>& answer);
    void erase(const AccountId& id);

    void giveCredentials(const AccountId& id, const Answer<Credentials>& answer);
    void finishReading(const AccountId& id, int generation, const Result<SecretString>& read);
    void noteReading(AccountList::Entry& entry, const Result<SecretString>& read);
    Error explained(const Account& account, Error error) const;

    AccountManager* const q;
    AccountStore store;
    const std::unique_ptr<SecretStore> keychain;
    SessionSecretStore session;
    AccountList list;
    QHash<AccountId, SecretString> cache; //!< read from the keychain, or written to it
    QHash<AccountId, QList<Answer<Credentials>>> waiting; //!< for a read that is under way
};

void AccountManager::Private::putSecret(const AccountId& id, const SecretString& secret,
                                        const std::function<void(const Result<SecretState>&)>& then)
{
    const auto keepForSession = [this, id, secret, then] {
        whenDone(session.write(id, secret), q,
                 [then](const Result<void>&) { then(SecretState::SessionOnly); });
    };
    if (!keychain) {
        keepForSession();
        return;
    }
    whenDone(keychain->write(id, secret), q,
             [this, id, then, keepForSession](const Result<void>& written) {
                 if (written) {
                     session.remove(id);
                     then(SecretState::Stored);
                 } else if (written.error().kind == ErrorKind::SecretStoreUnavailable) {
                     keepForSession();
                 } else {
                     then(written.error());
                 }
             });
}

Result<Account> AccountManager::Private::checked(const Account& account,
                                                 const SecretString& secret) const
{
    if (Result<void> fine = checkSecret(secret); !fine)
        return fine.error();
    Result<Account> result = checkedAccount(account);
    if (result && list.isNameTaken(result->name, result->id))
        return nameTaken();
    return result;
}

void AccountManager::Private::commitNew(const Account& account, const SecretString& secret,
                                        const Answer<Account>& answer)
{
    if (list.isNameTaken(account.name, account.id)) { // by one that was added meanwhile
        removeSecret(account.id);
        answer.give(nameTaken());
        return;
    }
    const auto finish = [this, account, answer](bool onDisk) {
        list.add({account, {}, onDisk});
        Q_EMIT q->accountsChanged();
        answer.give(account);
    };
    if (account.secretState != SecretState::Stored) {
        finish(false);
        return;
    }
    whenDone(store.save({account, {}}), q,
             [this, account, secret, answer, finish](const Result<void>& saved) {
                 if (!saved) {
                     removeSecret(account.id);
                     answer.give(saved.error());
                     return;
                 }
                 cache.insert(account.id, secret);
                 finish(true);
             });
}

void AccountManager::Private::commitChange(const Account& account, bool onDisk,
                                           const Answer<Account>& answer)
{
    const auto finish = [this, account, onDisk, answer] {
        AccountList::Entry* entry = list.find(account.id);
        if (!entry) {
            answer.give(unknownAccount());
            return;
        }
        entry->account = account;
        entry->onDisk = onDisk;
        Q_EMIT q->accountsChanged();
        answer.give(account);
    };
    if (!onDisk) {
        finish();
        return;
    }
    whenDone(store.save({account, list.spaces(account.id)}), q,
             [answer, finish](const Result<void>& saved) {
                 if (saved)
                     finish();
                 else
                     answer.give(saved.error());
             });
}

//! A secret that was replaced: what is in memory, or on its way there, is no longer it.
void AccountManager::Private::forgetSecret(const AccountId& id)
{
    cache.remove(id);
    if (AccountList::Entry* entry = list.find(id))
        ++entry->secretGeneration;
}

//! Takes back what was written for an account that was then not stored.
void AccountManager::Private::removeSecret(const AccountId& id)
{
    session.remove(id);
    if (!keychain)
        return;
    whenDone(keychain->remove(id), q, [](const Result<void>& removed) {
        if (!removed)
            qCInfo(lcAccounts) << "secret not removed:" << describeError(removed.error());
    });
}

void AccountManager::Private::removeStored(const AccountId& id, const Answer<void>& answer)
{
    whenDone(store.remove(id), q, [this, id, answer](const Result<void>& removed) {
        if (removed)
            erase(id);
        answer.give(removed);
    });
}

void AccountManager::Private::erase(const AccountId& id)
{
    session.remove(id);
    cache.remove(id);
    list.remove(id);
    Q_EMIT q->accountsChanged();
}

void AccountManager::Private::giveCredentials(const AccountId& id,
                                              const Answer<Credentials>& answer)
{
    const AccountList::Entry* entry = list.find(id);
    if (!entry) {
        answer.give(unknownAccount());
        return;
    }
    const QString accessKeyId = entry->account.accessKeyId;
    const auto give = [accessKeyId, answer](const SecretString& secret) {
        answer.give(Credentials{accessKeyId, secret, {}});
    };
    if (session.contains(id)) {
        whenDone(session.read(id), q, [give](const Result<SecretString>& read) { give(*read); });
        return;
    }
    if (const auto cached = cache.constFind(id); cached != cache.constEnd()) {
        give(*cached);
        return;
    }
    QList<Answer<Credentials>>& waiters = waiting[id];
    waiters.append(answer);
    if (waiters.size() > 1)
        return;
    whenDone(keychain ? keychain->read(id) : ready(Result<SecretString>(noStore())), q,
             [this, id, generation = entry->secretGeneration](const Result<SecretString>& read) {
                 finishReading(id, generation, read);
             });
}

void AccountManager::Private::finishReading(const AccountId& id, int generation,
                                            const Result<SecretString>& read)
{
    const QList<Answer<Credentials>> waiters = waiting.take(id);
    AccountList::Entry* entry = list.find(id);
    if (entry && entry->secretGeneration == generation) {
        if (read)
            cache.insert(id, *read);
        noteReading(*entry, read);
        if (!read) {
            const Error error = explained(entry->account, read.error());
            for (const Answer<Credentials>& answer : waiters)
                answer.give(error);
            return;
        }
    }
    // Served from the cache; or the account has changed meanwhile, and the question is put again.
    for (const Answer<Credentials>& answer : waiters)
        giveCredentials(id, answer);
}

void AccountManager::Private::noteReading(AccountList::Entry& entry,
                                          const Result<SecretString>& read)
{
    const SecretState state = stateAfter(read);
    const QString backend = read ? keychain->backendName() : entry.account.secretBackend;
    if (backend != entry.account.secretBackend) {
        entry.account.secretBackend = backend;
        whenDone(store.saveBackend(entry.account.id, backend), q, [](const Result<void>& saved) {
            if (!saved)
                qCWarning(lcAccounts) << "not stored:" << describeError(saved.error());
        });
    } else if (state == entry.account.secretState) {
        return;
    }
    entry.account.secretState = state;
    Q_EMIT q->accountsChanged();
}

//! A secret that was kept by another store is not lost, only out of reach: say so.
Error AccountManager::Private::explained(const Account& account, Error error) const
{
    const QString present = keychain ? keychain->backendName() : QString();
    if (error.kind == ErrorKind::SecretMissing && !account.secretBackend.isEmpty()
        && !present.isEmpty() && present != account.secretBackend) {
        error.message = QStringLiteral("the secret was kept by %1, but %2 answers now")
                            .arg(account.secretBackend, present);
    }
    return error;
}

AccountManager::AccountManager(Database& database, std::unique_ptr<SecretStore> keychain,
                               QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, database, std::move(keychain)))
{
}

AccountManager::~AccountManager() = default;

void AccountManager::load()
{
    whenDone(d->store.load(), this, [this](const Result<QList<AccountWithSpaces>>& stored) {
        if (stored) {
            for (const AccountWithSpaces& account : *stored) {
                // What is in memory already, of an earlier load or added meanwhile, is not older.
                if (d->list.find(account.account.id) == nullptr)
                    d->list.add({account.account, account.spaces, true});
            }
        } else {
            qCWarning(lcAccounts) << "accounts not read:" << describeError(stored.error());
        }
        Q_EMIT loaded();
        Q_EMIT accountsChanged();
    });
}

QList<Account> AccountManager::accounts() const
{
    return d->list.accounts();
}

std::optional<Account> AccountManager::account(const AccountId& id) const
{
    const AccountList::Entry* entry = d->list.find(id);
    return entry ? std::optional(entry->account) : std::nullopt;
}

std::optional<Account> AccountManager::accountByName(const QString& name) const
{
    const QList<Account> all = accounts();
    for (const Account& candidate : all) {
        if (candidate.name == name)
            return candidate;
    }
    return std::nullopt;
}

QList<Space> AccountManager::spaces(const AccountId& account) const
{
    return d->list.spaces(account);
}

QFuture<Result<Account>> AccountManager::addAccount(Account account, const SecretString& secret)
{
    account.id = {QUuid::createUuid().toString(QUuid::WithoutBraces)};
    account.createdAt = QDateTime::currentDateTimeUtc();
    Result<Account> checked = d->checked(account, secret);
    if (checked && secret.isEmpty()) {
        checked = Error{.kind = ErrorKind::Usage, .message = QStringLiteral("the secret is empty")};
    }
    if (!checked)
        return ready(std::move(checked));
    const Answer<Account> answer;
    d->putSecret(
        checked->id, secret,
        [this, account = *checked, secret, answer](const Result<SecretState>& put) mutable {
            if (!put) {
                d->removeSecret(account.id);
                answer.give(put.error());
                return;
            }
            account.secretState = *put;
            account.secretBackend =
                *put == SecretState::Stored ? d->keychain->backendName() : QString();
            d->commitNew(account, secret, answer);
        });
    return answer.future();
}

QFuture<Result<Account>> AccountManager::updateAccount(Account account, const SecretString& secret)
{
    const AccountList::Entry* entry = d->list.find(account.id);
    if (!entry)
        return ready(Result<Account>(unknownAccount()));
    account.createdAt = entry->account.createdAt;
    account.secretState = entry->account.secretState;
    account.secretBackend = entry->account.secretBackend;
    const Result<Account> checked = d->checked(account, secret);
    if (!checked)
        return ready(checked);
    const Answer<Account> answer;
    if (secret.isEmpty()) {
        d->commitChange(*checked, entry->onDisk, answer);
        return answer.future();
    }
    d->putSecret(checked->id, secret,
                 [this, account = *checked, onDisk = entry->onDisk,
                  answer](const Result<SecretState>& put) mutable {
                     if (!put) {
                         answer.give(put.error());
                         return;
                     }
                     d->forgetSecret(account.id);
                     account.secretState = *put;
                     const bool stored = *put == SecretState::Stored;
                     if (stored)
                         account.secretBackend = d->keychain->backendName();
                     d->commitChange(account, onDisk || stored, answer);
                 });
    return answer.future();
}

QFuture<Result<void>> AccountManager::removeAccount(const AccountId& id)
{
    const AccountList::Entry* entry = d->list.find(id);
    if (!entry)
        return ready(Result<void>(unknownAccount()));
    const Answer<void> answer;
    if (!entry->onDisk) {
        d->erase(id);
        answer.give({});
    } else if (!d->keychain) {
        d->removeStored(id, answer);
    } else {
        whenDone(d->keychain->remove(id), this, [this, id, answer](const Result<void>& removed) {
            if (removed || removed.error().kind == ErrorKind::SecretStoreUnavailable)
                d->removeStored(id, answer);
            else
                answer.give(removed);
        });
    }
    return answer.future();
}

QFuture<Result<void>> AccountManager::saveSpace(Space space)
{
    const Result<Space> checked = checkedSpace(std::move(space));
    if (!checked)
        return ready(Result<void>(checked.error()));
    const AccountList::Entry* entry = d->list.find(checked->account);
    if (!entry)
        return ready(Result<void>(unknownAccount()));
    const Answer<void> answer;
    const auto finish = [this, space = *checked, answer](const Result<void>& saved) {
        if (saved) {
            d->list.putSpace(space);
            Q_EMIT spacesChanged(space.account);
        }
        answer.give(saved);
    };
    whenDone(entry->onDisk ? d->store.saveSpace(*checked) : ready(Result<void>()), this, finish);
    return answer.future();
}

QFuture<Result<void>> AccountManager::removeSpace(const AccountId& account, const SpaceId& space)
{
    const AccountList::Entry* entry = d->list.find(account);
    if (!entry)
        return ready(Result<void>(unknownAccount()));
    const Answer<void> answer;
    const auto finish = [this, account, space, answer](const Result<void>& removed) {
        if (removed) {
            d->list.removeSpace(account, space);
            Q_EMIT spacesChanged(account);
        }
        answer.give(removed);
    };
    whenDone(entry->onDisk ? d->store.removeSpace(account, space) : ready(Result<void>()), this,
             finish);
    return answer.future();
}

void AccountManager::markSpaceUsed(const AccountId& account, const SpaceId& space)
{
    const QList<Space> known = spaces(account);
    for (Space used : known) {
        if (used.id == space) {
            used.lastUsedAt = QDateTime::currentDateTimeUtc();
            saveSpace(used);
            return;
        }
    }
}

QFuture<Result<Credentials>> AccountManager::credentials(const AccountId& id)
{
    const Answer<Credentials> answer;
    QMetaObject::invokeMethod(
        this, [this, id, answer] { d->giveCredentials(id, answer); }, Qt::QueuedConnection);
    return answer.future();
}

void AccountManager::refreshSecretStates()
{
    const QList<Account> all = accounts();
    for (const Account& account : all) {
        if (account.secretState == SecretState::Unknown)
            credentials(account.id);
    }
}

QFuture<Result<void>> AccountManager::unlockSecretStore()
{
    if (!d->keychain)
        return ready(Result<void>(noStore()));
    const Answer<void> answer;
    whenDone(d->keychain->unlock(), this, [this, answer](const Result<void>& unlocked) {
        if (unlocked) {
            const QList<Account> all = accounts();
            for (const Account& account : all) {
                if (account.secretState == SecretState::Locked)
                    credentials(account.id);
            }
        }
        answer.give(unlocked);
    });
    return answer.future();
}

} // namespace ChatApp
