// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/error.h"

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ChatApp {

//! Finds the files of a folder and of all folders below it, a portion at a time.
//! Order: the files of a folder before its folders, each by name, numbers in names by their value
//! ("2.png" before "10.png"); the same tree gives the same order.
//! Links are followed, to files and to folders; no folder is entered twice, so that a loop ends.
//! Hidden entries (names that begin with a dot) and what file managers leave behind (Thumbs.db,
//! desktop.ini) are left out without a word: nobody who drops a folder of pictures means to publish
//! its .git or .DS_Store. The folder itself may be hidden.
//! Memory: the names in the folders on the way down to the present one, and the device and inode of
//! each folder that was entered; one file descriptor at a time, whatever the depth.
//! A plain value without a thread of its own: blocks on the disk, so use it on a worker.
class FolderWalk {
public:
    using StopFlag = std::shared_ptr<const std::atomic_bool>;

    //! What was passed over, with the reason: FileNotRegular (a pipe, socket or device; a folder
    //! that was entered before, by a loop or another way), FileNameNotUtf8, FileMissing (a link to
    //! nothing, or gone since), FileUnreadable (a folder that cannot be listed).
    struct Skipped {
        QString path; //!< for people: bytes that are not UTF-8 as \xNN
        Error error;
    };
    struct Portion {
        QStringList files; //!< paths below the folder as it was named
        QList<Skipped> skipped;
        bool finished = false; //!< there is nothing after this portion
    };

    //! `folder` is not looked at before next(). Once `stop` is true, next() gives what it has and
    //! finishes.
    FolderWalk(const QString& folder, StopFlag stop);

    //! The folder, without a slash at its end.
    const QString& top() const { return m_top; }
    //! At most `most` entries, found and skipped ones together.
    Portion next(qsizetype most);

private:
    using Identity = std::pair<quint64, quint64>; // device, inode

    //! A folder on the way from the top to the present one.
    struct Level {
        Identity identity;
        QString path; // without a slash at its end
        std::vector<std::string> files; // names, in the order they are given
        std::vector<std::string> folders;
        size_t nextFile = 0;
        size_t nextFolder = 0;
    };

    void step(QStringList& files);
    void enter(const QString& path);
    bool admit(int descriptor, Level& level);
    void sortIn(int descriptor, const char* name, unsigned char type, Level& level);
    void sortByStatus(int descriptor, const char* name, const QString& path, Level& level);
    void skip(const QString& path, ErrorKind kind, const QString& why);
    void skipForErrno(const QString& path, int number);
    bool stopped() const { return m_stop && m_stop->load(); }

    QString m_top;
    StopFlag m_stop;
    bool m_begun = false;
    std::vector<Level> m_levels;
    std::set<Identity> m_entered;
    QList<Skipped> m_skipped; // not given out yet
};

} // namespace ChatApp
