// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/reporter.h"

#include <QtCore/QByteArray>

namespace ChatApp {

//! "84.2 MB", in powers of ten, as disks and file managers count.
QString sizeText(qint64 bytes);
//! "8 s", "about 3 minutes": as exact as an estimate deserves.
QString durationText(std::chrono::milliseconds duration);
//! "3 of 4 files uploaded, 84.2 MB in 12 s; 1 failed"
QString summaryText(const PutSummary& summary);

//! Columns that the text takes in a terminal.
int displayWidth(const QString& text);
//! At most `columns` wide; what is left out in the middle shows as "…", so that the end of a file
//! name stays.
QString elided(const QString& text, int columns);

//! The live line below the files, never wider than `columns`: bar, files, bytes, speed, time left,
//! and the name of a file that is under way, as far as there is room.
QString progressLine(const OverallProgress& progress, const QString& file, int columns);

//! An error for standard error: program and file in front, further lines set in.
QByteArray errorBlock(const QString& file, const Error& error);

//! A row of `history`: a line, and a second one with the link or the error.
QByteArray historyText(const UploadRecord& record);
//! A row of `list`: a line, and a second one with the error, if there is one.
QByteArray listText(const UploadRecord& record);

} // namespace ChatApp
