// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QProcessEnvironment>

namespace ChatApp {

//! Where the command line writes: standard output and standard error. Everything written is on its
//! way when a function returns. A reader that has gone away is no reason to stop uploading.
class Console {
public:
    virtual ~Console() = default;

    virtual void out(const QByteArray& bytes) = 0;
    virtual void error(const QByteArray& bytes) = 0;
    //! Columns of the terminal at this moment: it may be resized at any time.
    virtual int columns() const = 0;
};

//! The process's own streams.
class StandardConsole final : public Console {
public:
    void out(const QByteArray& bytes) override;
    void error(const QByteArray& bytes) override;
    int columns() const override;

    //! True if standard output is a terminal that can redraw a line.
    static bool isTerminal(const QProcessEnvironment& environment);
};

} // namespace ChatApp
