// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accounts/keychainsecretstore.h"

#include "core/whendone.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <qt6keychain/keychain.h>

namespace ChatApp {

namespace {

const QString serviceName = QStringLiteral("ChatApp Uploader");
const QString secretField = QStringLiteral("accessKeySecret");

QString backendNameFor(SecretService::Availability found)
{
    using enum SecretService::Availability;
    switch (found) {
    case NoStore:
        return {};
    case KWallet:
        return QStringLiteral("KWallet");
    case Ready:
    case Locked:
    case Refusing:
    case NoCollection:
        break;
    }
    return QStringLiteral("Secret Service");
}

//! Why nothing can be done with the store now; nothing if it can.
std::optional<Error> obstacle(SecretService::Availability found)
{
    using enum SecretService::Availability;
    switch (found) {
    case NoStore:
        return Error{.kind = ErrorKind::SecretStoreUnavailable,
                     .message = QStringLiteral("no secret store answers on the session bus")};
    case Locked:
        return Error{.kind = ErrorKind::SecretLocked,
                     .message = QStringLiteral("the default collection is locked")};
    case Refusing:
        return Error{.kind = ErrorKind::SecretDenied,
                     .message = QStringLiteral("the secret store does not answer")};
    case Ready:
    case NoCollection:
    case KWallet:
        break;
    }
    return std::nullopt;
}

ErrorKind kindOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::EntryNotFound:
        return ErrorKind::SecretMissing;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return ErrorKind::SecretStoreUnavailable;
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
    case QKeychain::NoError:
        break;
    }
    // There is a store, and it did not do it: nothing else may be tried in its place.
    return ErrorKind::SecretDenied;
}

Error errorOf(const QKeychain::Job& job)
{
    return Error{.kind = kindOf(job.error()), .message = job.errorString()};
}

QByteArray entryFor(const SecretString& secret)
{
    const QJsonObject object{{secretField, QString::fromUtf8(secret.expose())}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<SecretString> secretIn(const QByteArray& entry)
{
    const QString secret = QJsonDocument::fromJson(entry).object().value(secretField).toString();
    if (secret.isEmpty()) {
        return Error{.kind = ErrorKind::SecretMissing,
                     .message = QStringLiteral("the entry in the secret store is not ours")};
    }
    return SecretString(secret.toUtf8());
}

} // namespace

KeychainSecretStore::KeychainSecretStore(QObject* parent) : SecretStore(parent) { }

QFuture<Result<SecretString>> KeychainSecretStore::read(const AccountId& account)
{
    const Answer<SecretString> answer;
    look([this, account, answer](Availability found) {
        if (const auto error = obstacle(found))
            answer.give(*error);
        else if (found == Availability::NoCollection)
            answer.give(Error{.kind = ErrorKind::SecretMissing});
        else
            startReading(account, answer);
    });
    return answer.future();
}

QFuture<Result<void>> KeychainSecretStore::write(const AccountId& account,
                                                 const SecretString& secret)
{
    const Answer<void> answer;
    look([this, account, secret, answer](Availability found) {
        if (const auto error = obstacle(found))
            answer.give(*error);
        else
            startWriting(account, secret, answer);
    });
    return answer.future();
}

QFuture<Result<void>> KeychainSecretStore::remove(const AccountId& account)
{
    const Answer<void> answer;
    look([this, account, answer](Availability found) {
        if (const auto error = obstacle(found))
            answer.give(*error);
        else if (found == Availability::NoCollection)
            answer.give({});
        else
            startRemoving(account, answer);
    });
    return answer.future();
}

QFuture<Result<void>> KeychainSecretStore::unlock()
{
    return m_service.unlock();
}

void KeychainSecretStore::look(const SecretService::Look& then)
{
    m_service.look([this, then](Availability found) {
        m_backendName = backendNameFor(found);
        then(found);
    });
}

void KeychainSecretStore::startReading(const AccountId& account, const Answer<SecretString>& answer)
{
    auto* job = new QKeychain::ReadPasswordJob(serviceName);
    job->setKey(account.value);
    connect(job, &QKeychain::Job::finished, this, [job, answer] {
        if (job->error() == QKeychain::NoError)
            answer.give(secretIn(job->binaryData()));
        else
            answer.give(errorOf(*job));
    });
    job->start();
}

void KeychainSecretStore::startWriting(const AccountId& account, const SecretString& secret,
                                       const Answer<void>& answer)
{
    auto* job = new QKeychain::WritePasswordJob(serviceName);
    job->setKey(account.value);
    job->setTextData(QString::fromUtf8(entryFor(secret)));
    connect(job, &QKeychain::Job::finished, this, [this, job, account, secret, answer] {
        if (job->error() == QKeychain::NoError)
            readBack(account, secret, answer);
        else
            answer.give(errorOf(*job));
    });
    job->start();
}

void KeychainSecretStore::readBack(const AccountId& account, const SecretString& secret,
                                   const Answer<void>& answer)
{
    const Answer<SecretString> stored;
    whenDone(stored.future(), this, [secret, answer](const Result<SecretString>& result) {
        if (!result)
            answer.give(result.error());
        else if (result->expose() == secret.expose())
            answer.give({});
        else
            answer.give(Error{.kind = ErrorKind::SecretDenied,
                              .message = QStringLiteral("the secret store gave back something else "
                                                        "than was written to it")});
    });
    startReading(account, stored);
}

void KeychainSecretStore::startRemoving(const AccountId& account, const Answer<void>& answer)
{
    auto* job = new QKeychain::DeletePasswordJob(serviceName);
    job->setKey(account.value);
    connect(job, &QKeychain::Job::finished, this, [job, answer] {
        if (job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound)
            answer.give({});
        else
            answer.give(errorOf(*job));
    });
    job->start();
}

} // namespace ChatApp
