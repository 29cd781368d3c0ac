// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "storage/profilelock.h"

#include <QtCore/QDir>

namespace ChatApp {

ProfileLock::ProfileLock(const QString& stateFolder)
    : m_folder(stateFolder)
    , m_lock(QDir(stateFolder).filePath(QStringLiteral("profile.lock")))
{
    // Never stale by age: an upload may take days. A holder that died is noticed all the same.
    m_lock.setStaleLockTime(0);
}

Result<void> ProfileLock::take()
{
    if (!QDir().mkpath(m_folder)) {
        return Error{.kind = ErrorKind::StoreFailed,
                     .message = QStringLiteral("cannot create the folder %1").arg(m_folder)};
    }
    if (m_lock.tryLock(0))
        return {};
    if (m_lock.error() != QLockFile::LockFailedError) {
        return Error{.kind = ErrorKind::StoreFailed,
                     .message = QStringLiteral("cannot write to the folder %1").arg(m_folder)};
    }
    qint64 pid = 0;
    QString host;
    QString program;
    m_lock.getLockInfo(&pid, &host, &program);
    return Error{.kind = ErrorKind::ProfileInUse,
                 .message = QStringLiteral("the profile is in use by %1, process %2 on %3")
                                .arg(program)
                                .arg(pid)
                                .arg(host)};
}

} // namespace ChatApp
