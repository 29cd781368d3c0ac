// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/crc64.h"

#include <QtCore/QByteArray>
#include <QtCore/QFile>
#include <QtCore/QString>

#include <memory>

struct evp_md_ctx_st;

namespace ChatApp::Sandbox {

class SpoolArea;

//! MD5 of what passes by.
class Md5 {
public:
    Md5();
    ~Md5();
    Md5(const Md5&) = delete;
    Md5& operator=(const Md5&) = delete;

    void update(const char* data, qint64 size);
    QByteArray result() const; //!< 16 bytes; more may be added afterwards

private:
    evp_md_ctx_st* m_context;
};

//! A body on its way to the disk, with its checksums. Removes its file unless it was kept. Its
//! announced size counts against the quota from the beginning.
class SpoolFile {
public:
    SpoolFile(SpoolArea& area, const QString& path, qint64 reserved);
    ~SpoolFile();
    SpoolFile(const SpoolFile&) = delete;
    SpoolFile& operator=(const SpoolFile&) = delete;

    bool open();
    //! False: the disk is full (or worse).
    bool write(const char* data, qint64 size);
    //! Ends the writing and gives the file its place by renaming it. False: nothing is there.
    bool keepAs(const QString& path);

    qint64 size() const { return m_size; }
    std::uint64_t crc64() const { return m_crc.value(); }
    QByteArray md5() const { return m_md5.result(); }

private:
    SpoolArea& m_area;
    QFile m_file;
    qint64 m_reserved;
    qint64 m_size = 0;
    Crc64 m_crc;
    Md5 m_md5;
    bool m_kept = false;
};

//! The folder in which objects and parts are kept, and the account of its bytes.
class SpoolArea {
public:
    enum class Room { Enough, QuotaExceeded, DiskFull };

    //! Makes the folder's inner structure. Check usable().
    explicit SpoolArea(const QString& folder);

    bool usable() const { return m_usable; }
    //! Is there room for `size` more bytes? `quota` 0 is no limit.
    Room room(qint64 size, qint64 quota) const;
    std::unique_ptr<SpoolFile> newFile(qint64 announcedSize);
    //! A fresh name for a file that is to stay.
    QString newPlace();

    qint64 storedBytes() const { return m_stored; }
    void addStored(qint64 size) { m_stored += size; }
    void addReserved(qint64 size) { m_reserved += size; }

private:
    QString m_folder;
    bool m_usable = false;
    qint64 m_counter = 0;
    qint64 m_stored = 0;
    qint64 m_reserved = 0;
};

} // namespace ChatApp::Sandbox
