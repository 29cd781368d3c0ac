// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "engine/engineconfig.h"
#include "storage/uploadrecord.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <memory>

namespace ChatApp {

class AccountManager;
class Settings;
class UploadManager;

//! What a test of an account found.
struct AccountTestReport {
    bool spaceChecked = false; //!< an upload authorization for a space was given
    QString bucket; //!< where uploads of that space go; empty if no space was checked
    QString dir;
    std::chrono::milliseconds clockOffset{0}; //!< the service's clock minus this computer's
};

//! The one place where everything is put together: window, command line and tests each build one
//! from a config. Lives on the main thread.
class Engine : public QObject {
    Q_OBJECT
public:
    explicit Engine(EngineConfig config, QObject* parent = nullptr);
    ~Engine() override;

    //! Takes the profile's lock, opens the store in the background, and listens for files that
    //! other processes hand over. May be called again after ProfileInUse. Errors: ProfileInUse (its
    //! message names the holder), StoreNewer, DiskFull, StoreFailed.
    QFuture<Result<void>> start();
    //! Stops all uploads, stores where they are, and closes; uploads that were under way are Paused
    //! in the store. The future ends when it is safe to exit.
    QFuture<void> shutdown();

    UploadManager& uploads();
    AccountManager& accounts();
    Settings& settings();

    QFuture<Result<QList<UploadRecord>>> history(const HistoryQuery& query);
    //! The rows that have not ended, as they are stored, in the order of sending.
    QFuture<Result<QList<UploadRecord>>> unfinished();
    QFuture<Result<void>> removeHistory(const QList<UploadId>& ids);

    //! Calls the service with these credentials. With a space: GetChatappUploadAuthorization, else
    //! GetChatappOpenStatus. Never stores anything.
    QFuture<Result<AccountTestReport>> testAccount(const Credentials& credentials,
                                                   const QString& endpoint, const SpaceId& space);

Q_SIGNALS:
    //! A damaged database was set aside under this name, and a new one begun.
    void storeSetAside(const QString& file);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ChatApp
