// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "storage/database.h"

#include "storage/databasefile.h"
#include "storage/sql.h"

#include <optional>
#include <vector>

namespace ChatApp {

//! What lives on the database thread: the connection, and the work that waits for it.
class Database::Worker : public QObject {
public:
    Worker(QString file, Mode mode, QList<Migration> migrations)
        : m_file(std::in_place, std::move(file), mode, std::move(migrations))
        , m_begin(mode == Mode::Writer ? QStringLiteral("BEGIN IMMEDIATE")
                                       : QStringLiteral("BEGIN"))
    {
    }

    Result<OpenReport> open()
    {
        Result<OpenReport> report = m_file->open();
        finishOpening(report ? Result<void>() : Result<void>(report.error()));
        return report;
    }

    void run(std::function<void(Worker&)> task)
    {
        if (m_opened)
            task(*this);
        else
            m_waiting.push_back(std::move(task));
    }

    void close()
    {
        if (!m_opened) {
            finishOpening(Error{.kind = ErrorKind::StoreFailed,
                                .message = QStringLiteral("the database was never opened")});
        }
        // A connection is closed on the thread that opened it.
        m_file.reset();
        thread()->quit();
    }

    Result<void> begin()
    {
        if (!m_opened->ok())
            return *m_opened;
        return execute(connection(), m_begin);
    }

    QSqlDatabase& connection() { return m_file->connection(); }

private:
    void finishOpening(const Result<void>& outcome)
    {
        m_opened = outcome;
        const auto waiting = std::exchange(m_waiting, {});
        for (const auto& task : waiting)
            task(*this);
    }

    std::optional<DatabaseFile> m_file;
    const QString m_begin;
    std::optional<Result<void>> m_opened; //!< nothing until open() has ended
    std::vector<std::function<void(Worker&)>> m_waiting;
};

Database::Database(QString file, Mode mode, QList<Migration> migrations)
    : m_worker(std::make_unique<Worker>(std::move(file), mode, std::move(migrations)))
{
    m_thread.setObjectName(QStringLiteral("database"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

Database::~Database()
{
    Worker* worker = m_worker.get();
    QMetaObject::invokeMethod(
        worker, [worker] { worker->close(); }, Qt::QueuedConnection);
    m_thread.wait();
}

QFuture<Result<Database::OpenReport>> Database::open()
{
    auto promise = std::make_shared<QPromise<Result<OpenReport>>>();
    promise->start();
    QFuture<Result<OpenReport>> future = promise->future();
    Worker* worker = m_worker.get();
    QMetaObject::invokeMethod(
        worker,
        [worker, promise] {
            promise->addResult(worker->open());
            promise->finish();
        },
        Qt::QueuedConnection);
    return future;
}

void Database::post(std::function<void(Worker&)> task)
{
    Worker* worker = m_worker.get();
    QMetaObject::invokeMethod(
        worker, [worker, task = std::move(task)]() mutable { worker->run(std::move(task)); },
        Qt::QueuedConnection);
}

Result<void> Database::begin(Worker& worker)
{
    return worker.begin();
}

Result<void> Database::commit(Worker& worker)
{
    Result<void> committed = execute(worker.connection(), QStringLiteral("COMMIT"));
    if (!committed)
        rollBack(worker.connection());
    return committed;
}

void Database::rollback(Worker& worker)
{
    rollBack(worker.connection());
}

QSqlDatabase& Database::connection(Worker& worker)
{
    return worker.connection();
}

} // namespace ChatApp
