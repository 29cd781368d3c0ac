// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"

#include <QtCore/QLockFile>

namespace ChatApp {

//! The profile's one writer: a lock file in its state folder, held until this object goes. A lock
//! that a dead process left behind is taken over. Any thread.
class ProfileLock {
public:
    //! `stateFolder` is created if it is not there.
    explicit ProfileLock(const QString& stateFolder);

    //! Takes the lock, without waiting. Errors: ProfileInUse, whose message names the holder's
    //! program, process id and host; StoreFailed if the folder cannot be written.
    Result<void> take();

private:
    const QString m_folder;
    QLockFile m_lock;
};

} // namespace ChatApp
