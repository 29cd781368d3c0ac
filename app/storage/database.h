// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "storage/migrations.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QPromise>
#include <QtCore/QThread>

#include <functional>
#include <memory>

namespace ChatApp {

//! The profile's SQLite database (WAL, synchronous=FULL, foreign keys on), on a thread of its own.
//! Work is a function that runs there with an open connection; its result comes back through a
//! QFuture, already committed. Callers live on any thread.
class Database {
public:
    enum class Mode {
        Writer, //!< creates, migrates, sets a damaged file aside
        Reader, //!< read-only; an absent database reads as an empty one
    };
    //! What open() had to do, for the user to be told.
    struct OpenReport {
        QString setAsideAs{}; //!< the damaged file's new name; empty if it was whole
        int migratedFrom = 0; //!< the version before; equal to migratedTo if nothing was to do
        int migratedTo = 0;
    };

    //! `migrations` are those of this program, unless a test brings its own.
    Database(QString file, Mode mode, QList<Migration> migrations = builtInMigrations());
    //! Finishes the work that was handed in, then closes.
    ~Database();

    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    //! Opens in the background. Errors: StoreNewer, DiskFull, StoreFailed. Work handed in before it
    //! has ended waits; after a failure all work ends with the same error.
    QFuture<Result<OpenReport>> open();

    //! Runs `work` on the database thread inside one transaction: committed if it returns a value,
    //! rolled back if it returns an Error.
    template <typename T>
    QFuture<Result<T>> transact(std::function<Result<T>(QSqlDatabase&)> work);

private:
    class Worker;

    void post(std::function<void(Worker&)> task);
    static Result<void> begin(Worker& worker);
    static Result<void> commit(Worker& worker);
    static void rollback(Worker& worker);
    static QSqlDatabase& connection(Worker& worker);

    QThread m_thread;
    std::unique_ptr<Worker> m_worker;
};

template <typename T>
QFuture<Result<T>> Database::transact(std::function<Result<T>(QSqlDatabase&)> work)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    QFuture<Result<T>> future = promise->future();
    post([promise, work = std::move(work)](Worker& worker) {
        const auto run = [&]() -> Result<T> {
            if (const Result<void> begun = begin(worker); !begun)
                return begun.error();
            Result<T> result = work(connection(worker));
            if (!result) {
                rollback(worker);
                return result;
            }
            if (const Result<void> committed = commit(worker); !committed)
                return committed.error();
            return result;
        };
        promise->addResult(run());
        promise->finish();
    });
    return future;
}

} // namespace ChatApp
