// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace ChatApp {

//! A place where the source tree breaks a rule of the house.
struct Violation {
    QString file; //!< relative to the root of the tree
    int line = 0; //!< 1 is the first; 0: the file as a whole
    QString what;

    bool operator==(const Violation&) const = default;
};

//! Which modules a module may include: what its edges reach. Empty for a module that is not known.
QStringList reachableModules(const QString& module);

//! Every #include below app/ and ui/ against the table of modules and the Qt libraries each may
//! use. Includes compile whether or not the library is linked, so the linker does not notice.
QList<Violation> checkIncludes(const QString& root);

//! Both SPDX lines on top of every source, CMake, SQL and script file.
QList<Violation> checkLicenceLines(const QString& root);

//! Source files longer than `limit` lines, except those in `excused`; and excused files that have
//! become short again.
QList<Violation> checkLengths(const QString& root, int limit, const QStringList& excused);

} // namespace ChatApp
