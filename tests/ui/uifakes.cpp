// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "uifakes.h"

#include <QtTest/QTest>

#include <algorithm>

namespace ChatApp {

QFuture<Result<QList<UploadId>>> FakeUploadManager::stage(QList<StageRequest> requests)
{
    QList<UploadSnapshot> added;
    QList<UploadId> ids;
    QList<StageFailure> failures;
    for (const StageRequest& request : std::as_const(requests)) {
        if (request.path.endsWith(QLatin1Char('/'))) {
            failures.append(folderFailures);
            continue;
        }
        UploadSnapshot upload =
            makeUpload(m_nextId++, UploadState::Staged, request.path.section(QLatin1Char('/'), -1));
        upload.record.path = request.path;
        upload.record.target = request.target;
        ids.append(upload.record.id);
        added.append(upload);
    }
    staged.append(requests);
    show(added);
    if (!failures.isEmpty())
        Q_EMIT stageFailed(failures);
    return readyFuture<Result<QList<UploadId>>>(ids);
}

void FakeUploadManager::start(QList<UploadId> ids)
{
    started.append(ids);
    setState(ids, UploadState::Queued);
}

void FakeUploadManager::pause(QList<UploadId> ids)
{
    paused.append(ids);
    setState(ids, UploadState::Paused);
}

void FakeUploadManager::cancel(QList<UploadId> ids)
{
    cancelled.append(ids);
    UploadBatch batch;
    for (const UploadId& id : std::as_const(ids)) {
        if (m_shown.value(id).record.state == UploadState::Staged) {
            batch.removed.append(id);
            m_shown.remove(id);
        }
    }
    Q_EMIT uploadsChanged(batch);
    setState(ids, UploadState::Cancelled);
}

void FakeUploadManager::retry(QList<UploadId> ids)
{
    retried.append(ids);
    setState(ids, UploadState::Queued);
}

void FakeUploadManager::remove(QList<UploadId> ids)
{
    removed.append(ids);
    for (const UploadId& id : std::as_const(ids))
        m_shown.remove(id);
    Q_EMIT uploadsChanged({{}, ids});
}

void FakeUploadManager::show(const QList<UploadSnapshot>& uploads)
{
    for (const UploadSnapshot& upload : uploads) {
        m_shown.insert(upload.record.id, upload);
        m_nextId = std::max(m_nextId, upload.record.id.value + 1);
    }
    Q_EMIT uploadsChanged({uploads, {}});
}

void FakeUploadManager::setState(const QList<UploadId>& ids, UploadState state)
{
    QList<UploadSnapshot> changed;
    for (const UploadId& id : ids) {
        if (!m_shown.contains(id))
            continue;
        m_shown[id].record.state = state;
        changed.append(m_shown.value(id));
    }
    Q_EMIT uploadsChanged({changed, {}});
}

QFuture<Result<SecretString>> FakeSecretStore::read(const AccountId& account)
{
    if (failure)
        return readyFuture<Result<SecretString>>(Error{.kind = *failure});
    if (!secrets.contains(account))
        return readyFuture<Result<SecretString>>(Error{.kind = ErrorKind::SecretMissing});
    return readyFuture<Result<SecretString>>(SecretString::copyOf(secrets.value(account)));
}

QFuture<Result<void>> FakeSecretStore::write(const AccountId& account, const SecretString& secret)
{
    if (failure)
        return readyFuture<Result<void>>(Error{.kind = *failure});
    secrets.insert(account, QByteArray(secret.expose().constData(), secret.expose().size()));
    return readyFuture<Result<void>>({});
}

QFuture<Result<void>> FakeSecretStore::remove(const AccountId& account)
{
    if (failure)
        return readyFuture<Result<void>>(Error{.kind = *failure});
    secrets.remove(account);
    return readyFuture<Result<void>>({});
}

QFuture<Result<void>> FakeSecretStore::unlock()
{
    failure.reset();
    return readyFuture<Result<void>>({});
}

UiWorld::UiWorld(bool withKeychain)
    : keychain(withKeychain ? new FakeSecretStore : nullptr)
    , m_database(m_folder.filePath(QStringLiteral("uploads.db")), Database::Mode::Writer)
    , accounts(m_database, std::unique_ptr<SecretStore>(keychain))
{
    m_database.open().waitForFinished();
}

UiServices UiWorld::services()
{
    return {uploads, accounts, [this](const HistoryQuery& query) { return history(query); },
            [this](const Credentials& credentials, const QString&, const SpaceId&) {
                tested.append(credentials);
                return readyFuture(testAnswer);
            },
            desktop};
}

void UiWorld::load()
{
    bool loaded = false;
    QObject context;
    QObject::connect(&accounts, &AccountManager::loaded, &context, [&] { loaded = true; });
    accounts.load();
    QTRY_VERIFY(loaded);
}

Account UiWorld::addAccount(const QString& name, const QList<Space>& spaces)
{
    const auto finished = [](auto future) {
        while (!future.isFinished())
            QTest::qWait(1);
        return future.result();
    };
    Account account;
    account.name = name;
    account.accessKeyId = QStringLiteral("LTAI5tExampleKeyId%1").arg(accounts.accounts().size());
    account = finished(accounts.addAccount(account, SecretString("ExampleSecretOfNobody"))).value();
    for (Space space : spaces) {
        space.account = account.id;
        if (!finished(accounts.saveSpace(space)))
            qFatal("the space was not stored");
    }
    return account;
}

QFuture<Result<QList<UploadRecord>>> UiWorld::history(const HistoryQuery& query)
{
    historyQueries.append(query);
    QList<UploadRecord> page;
    bool behind = query.afterId.value == 0;
    for (const UploadRecord& row : std::as_const(historyRows)) {
        const bool fits = row.name.contains(query.search, Qt::CaseInsensitive)
            && (!query.outcome || *query.outcome == row.state);
        if (behind && fits && page.size() < query.limit)
            page.append(row);
        behind = behind || row.id == query.afterId;
    }
    return readyFuture<Result<QList<UploadRecord>>>(page);
}

UploadSnapshot makeUpload(qint64 id, UploadState state, const QString& name, qint64 size)
{
    UploadSnapshot upload;
    UploadRecord& record = upload.record;
    record.id = UploadId{id};
    record.state = state;
    record.name = name.isEmpty() ? QStringLiteral("picture-%1.jpg").arg(id) : name;
    record.path = QStringLiteral("/home/user/Pictures/") + record.name;
    record.identity.size = size;
    record.target.accountName = QStringLiteral("Brand CN");
    record.target.spaceId = SpaceId{QStringLiteral("cams-8c8example")};
    record.target.spaceName = QStringLiteral("Mexico store");
    record.createdAt = QDateTime::currentDateTimeUtc();
    if (isEnded(state)) {
        record.endedAt = record.createdAt;
        upload.bytesSent = size;
    }
    if (state == UploadState::Done) {
        record.url = QStringLiteral("https://chatapp-media.oss-ap-southeast-1.aliyuncs.com/space/"
                                    "picture-%1-k7f3m2q9x4c8v6b1.jpg")
                         .arg(id);
    }
    if (state == UploadState::Failed)
        record.error = permissionError();
    return upload;
}

Error permissionError()
{
    return {.kind = ErrorKind::PermissionDenied,
            .code = QStringLiteral("Ram.PermissionDeny"),
            .message = QStringLiteral("The user has no permission."),
            .httpStatus = 400,
            .requestId = QStringLiteral("8C6A2F0E-1B57-5D3C-9E44-0A7B6F21D3C9")};
}

Space makeSpace(const QString& id, const QString& name)
{
    Space space;
    space.id = SpaceId{id};
    space.name = name;
    return space;
}

} // namespace ChatApp
