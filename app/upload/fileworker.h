// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "upload/fileprobe.h"
#include "upload/fileslice.h"

#include <QtCore/QFuture>
#include <QtCore/QThreadPool>

#include <atomic>
#include <functional>
#include <memory>

namespace ChatApp {

//! The pool of two threads for everything that waits for a disk. Callable from any thread; its
//! destructor waits for what runs and drops what has not begun.
class FileWorker {
public:
    FileWorker();
    ~FileWorker();

    QFuture<Result<FileFacts>> probe(const QString& path);
    //! The CRC64 of the whole file, which must be and stay the `expected` one. Errors: FileChanged,
    //! FileMissing, FileUnreadable, Cancelled.
    QFuture<Result<std::uint64_t>> hash(const QString& path, const FileIdentity& expected);

    //! MD5 and CRC64 of each of these slices, in order; the file must be and stay the `expected`
    //! one. Errors as above.
    QFuture<Result<QList<SliceDigest>>>
    hashSlices(const QString& path, const FileIdentity& expected, const QList<FileSlice>& slices);

    template <typename T>
    QFuture<T> run(std::function<T()> work);

private:
    QThreadPool m_pool;
    std::shared_ptr<std::atomic_bool> m_stopping;
};

template <typename T>
QFuture<T> FileWorker::run(std::function<T()> work)
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    m_pool.start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return promise->future();
}

} // namespace ChatApp
