// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QProcessEnvironment>
#include <QtCore/QString>

namespace ChatApp {

//! Where the system wants a program's files of one user to be. Absolute; not created yet.
struct ProfileFolders {
    QString data; //!< what the user would miss: the database
    QString config; //!< settings
    QString state; //!< log and lock

    bool operator==(const ProfileFolders&) const = default;
};

//! The folders of this user's own profile. On Linux those of the XDG base directory specification:
//! a variable that is empty or names a relative path counts as not set.
ProfileFolders standardProfileFolders(const QProcessEnvironment& environment);

} // namespace ChatApp
