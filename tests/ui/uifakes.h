// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/accountmanager.h"
#include "desktop.h"
#include "storage/database.h"
#include "uiservices.h"
#include "upload/uploadmanager.h"

#include <QtCore/QTemporaryDir>

#include <memory>

namespace ChatApp {

template <typename T>
QFuture<T> readyFuture(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

//! An upload manager that is told what to show, and notes down what the window asks for. Staging
//! answers at once with rows for all paths but those that end in '/': these are folders without a
//! file, and with the failures that the test sets.
class FakeUploadManager final : public UploadManager {
    Q_OBJECT
public:
    using UploadManager::UploadManager;

    QFuture<Result<QList<UploadId>>> stage(QList<StageRequest> requests) override;
    void start(QList<UploadId> ids) override;
    void pause(QList<UploadId> ids) override;
    void cancel(QList<UploadId> ids) override;
    void retry(QList<UploadId> ids) override;
    void remove(QList<UploadId> ids) override;
    void startAll() override { start(m_shown.keys()); }
    void pauseAll() override { pause(m_shown.keys()); }
    void cancelAll() override { cancel(m_shown.keys()); }
    void move(QList<UploadId> ids, UploadId before) override { moved.append({ids, before}); }

    //! Shows rows as the engine would.
    void show(const QList<UploadSnapshot>& uploads);
    void showTotals(const TransferTotals& totals) { Q_EMIT totalsChanged(totals); }
    void fail(const QList<StageFailure>& failures) { Q_EMIT stageFailed(failures); }
    void end(const UploadSnapshot& upload) { Q_EMIT uploadEnded(upload); }

    QList<StageFailure> folderFailures;
    QList<StageRequest> staged;
    QList<UploadId> started;
    QList<UploadId> paused;
    QList<UploadId> cancelled;
    QList<UploadId> retried;
    QList<UploadId> removed;
    QList<std::pair<QList<UploadId>, UploadId>> moved; //!< what, and before what

private:
    void setState(const QList<UploadId>& ids, UploadState state);

    QHash<UploadId, UploadSnapshot> m_shown;
    qint64 m_nextId = 1;
};

//! A desktop that notes down what it was asked for.
class FakeDesktop final : public Desktop {
public:
    void openUrl(const QUrl& url) override { opened.append(url); }
    void showFile(const QString& path) override { shown.append(path); }
    void chooseFiles(QWidget*, std::function<void(const QStringList&)> chosen) override
    {
        chosen(filesToChoose);
    }
    void copyText(const QString& text) override { clipboard = text; }

    QList<QUrl> opened;
    QStringList shown;
    QStringList filesToChoose;
    QString clipboard;
};

//! A secret store whose answers a test sets.
class FakeSecretStore final : public SecretStore {
    Q_OBJECT
public:
    using SecretStore::SecretStore;

    QFuture<Result<SecretString>> read(const AccountId& account) override;
    QFuture<Result<void>> write(const AccountId& account, const SecretString& secret) override;
    QFuture<Result<void>> remove(const AccountId& account) override;
    QFuture<Result<void>> unlock() override;
    QString backendName() const override { return QStringLiteral("Secret Service"); }

    std::optional<ErrorKind> failure; //!< of every call but unlock(), which ends it
    QHash<AccountId, QByteArray> secrets;
};

//! Everything a window needs, without engine and network; accounts are real ones in a folder of
//! their own.
class UiWorld {
public:
    explicit UiWorld(bool withKeychain = true);

    UiServices services();
    //! Lets accounts load, and waits for it.
    void load();
    //! Adds an account with its spaces; waits until both are stored.
    Account addAccount(const QString& name, const QList<Space>& spaces);

    FakeUploadManager uploads;
    FakeDesktop desktop;
    FakeSecretStore* keychain; //!< owned by `accounts`; null without a keychain
    QList<UploadRecord> historyRows; //!< newest first
    QList<HistoryQuery> historyQueries;
    Result<AccountTestReport> testAnswer = AccountTestReport{};
    QList<Credentials> tested;

private:
    QFuture<Result<QList<UploadRecord>>> history(const HistoryQuery& query);

    QTemporaryDir m_folder;
    Database m_database;

public:
    AccountManager accounts; // after the database that it borrows
};

//! An upload as a test needs it; the id also numbers the name if that is empty.
UploadSnapshot makeUpload(qint64 id, UploadState state, const QString& name = {},
                          qint64 size = 1'400'000);
Error permissionError();
Space makeSpace(const QString& id, const QString& name);

} // namespace ChatApp
