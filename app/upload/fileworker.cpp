// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/fileworker.h"

#include "upload/partreader.h"

#include <QtCore/QCryptographicHash>

namespace ChatApp {

namespace {

//! Reads one slice, showing every piece to `look`; gives its CRC64.
Result<std::uint64_t> readSlice(const QString& path, const FileIdentity& expected,
                                const FileSlice& slice, const std::atomic_bool& stopping,
                                const std::function<void(const char*, qint64)>& look)
{
    Result<std::unique_ptr<PartReader>> reader =
        PartReader::open(path, expected, slice.offset, slice.size);
    if (!reader)
        return reader.error();
    const std::shared_ptr<const PartReadout> readout = (*reader)->readout();
    QByteArray buffer(64 * 1024, Qt::Uninitialized);
    while (readout->bytesRead < slice.size) {
        if (stopping.load())
            return Error{.kind = ErrorKind::Cancelled};
        const qint64 got = (*reader)->read(buffer.data(), buffer.size());
        if (got < 0)
            return readout->failure.value_or(Error{.kind = ErrorKind::FileUnreadable});
        if (look)
            look(buffer.constData(), got);
    }
    return std::uint64_t{readout->crc64};
}

} // namespace

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
        return readSlice(path, expected, {0, expected.size}, *stopping, {});
    };
    return run<Result<std::uint64_t>>(work);
}

QFuture<Result<QList<SliceDigest>>> FileWorker::hashSlices(const QString& path,
                                                           const FileIdentity& expected,
                                                           const QList<FileSlice>& slices)
{
    const auto work = [path, expected, slices,
                       stopping = m_stopping]() -> Result<QList<SliceDigest>> {
        QList<SliceDigest> digests;
        for (const FileSlice& slice : slices) {
            QCryptographicHash md5(QCryptographicHash::Md5);
            const Result<std::uint64_t> crc =
                readSlice(path, expected, slice, *stopping, [&md5](const char* data, qint64 size) {
                    md5.addData({data, size});
                });
            if (!crc)
                return crc.error();
            digests.append({md5.result().toHex().toUpper(), *crc});
        }
        return digests;
    };
    return run<Result<QList<SliceDigest>>>(work);
}

} // namespace ChatApp
