// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/console.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QProcessEnvironment>

namespace ChatApp {

//! chatapp-upload as a whole: reads the arguments that follow the program's name, runs the command
//! in the application's event loop, and gives back the exit code. Needs a QCoreApplication.
int runCli(const QList<QByteArray>& arguments, const QProcessEnvironment& environment,
           Console& console);

} // namespace ChatApp
