// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/fileworker.h"

#include "upload/partreader.h"

namespace ChatApp {

FileWorker::FileWorker() : m_stopping(std::make_shared<std::atomic_bool>(false))
{
    m_pool.setMaxThreadCount(2);
}

FileWorker::~FileWorker()
{
    m_stopping->store(true);
    m_pool.clear();
    m_pool.waitForDone();
}

QFuture<Result<FileFacts>> FileWorker::probe(const QString& path)
{
    return run<Result<FileFacts>>([path] { return probeFile(path); });
}

QFuture<Result<std::uint64_t>> FileWorker::hash(const QString& path, const FileIdentity& expected)
{
    const auto work = [path, expected, stopping = m_stopping]() -> Result<std::uint64_t> {
        Result<std::unique_ptr<PartReader>> reader =
            PartReader::open(path, expected, 0, expected.size);
        if (!reader)
            return reader.error();
        const std::shared_ptr<const PartReadout> readout = (*reader)->readout();
        QByteArray buffer(64 * 1024, Qt::Uninitialized);
        while (readout->bytesRead < expected.size) {
            if (stopping->load())
                return Error{.kind = ErrorKind::Cancelled};
            if ((*reader)->read(buffer.data(), buffer.size()) < 0)
                return readout->failure.value_or(Error{.kind = ErrorKind::FileUnreadable});
        }
        return std::uint64_t{readout->crc64};
    };
    return run<Result<std::uint64_t>>(work);
}

} // namespace ChatApp
