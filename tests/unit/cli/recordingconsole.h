// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/console.h"

namespace ChatApp {

//! Keeps what is written, on a terminal of any width.
class RecordingConsole final : public Console {
public:
    void out(const QByteArray& bytes) override { written += bytes; }
    void error(const QByteArray& bytes) override { errors += bytes; }
    int columns() const override { return width; }

    QByteArray written;
    QByteArray errors;
    int width = 80;
};

} // namespace ChatApp
