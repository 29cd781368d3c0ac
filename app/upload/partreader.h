// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/crc64.h"
#include "core/result.h"
#include "storage/uploadrecord.h"
#include "upload/bandwidth.h"

#include <QtCore/QIODevice>

#include <memory>

namespace ChatApp {

//! What a PartReader found; shared with its creator, since the transport owns the reader itself.
struct PartReadout {
    std::uint64_t crc64 = 0; //!< of the bytes read so far
    qint64 bytesRead = 0;
    std::optional<Error> failure; //!< FileChanged, FileMissing, FileUnreadable

    bool operator==(const PartReadout&) const = default;
};

//! Reads one slice of a file and its CRC64 in one pass, while it is sent: a sequential device that
//! holds nothing in memory. The file must be the one that `expected` names, before and after every
//! read, and at its path once more at the end; otherwise reading fails (FileChanged) and nothing
//! more is handed out. Under a speed limit it reads 0 bytes when there are none to be had now, and
//! emits readyRead() when there are. Lives on the transport's thread.
class PartReader final : public QIODevice {
    Q_OBJECT
public:
    //! Opens the file. `bandwidth` may be null: as fast as it is asked; else it lives on the same
    //! thread and outlives the reader. Errors: FileMissing, FileUnreadable, FileChanged.
    static Result<std::unique_ptr<PartReader>> open(const QString& path,
                                                    const FileIdentity& expected, qint64 offset,
                                                    qint64 length, Bandwidth* bandwidth = nullptr);
    ~PartReader() override;

    std::shared_ptr<const PartReadout> readout() const { return m_readout; }

    bool isSequential() const override { return true; }
    bool atEnd() const override;
    qint64 bytesAvailable() const override;
    qint64 size() const override { return m_length; }

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    PartReader(int fileDescriptor, QString path, const FileIdentity& expected, qint64 offset,
               qint64 length);
    qint64 fail(ErrorKind kind, const QString& message);
    bool isUnchanged();

    int m_fd;
    QString m_path;
    FileIdentity m_expected;
    qint64 m_offset;
    qint64 m_length;
    std::unique_ptr<BandwidthShare> m_share; // null: no limit
    Crc64 m_crc;
    std::shared_ptr<PartReadout> m_readout;
};

} // namespace ChatApp
