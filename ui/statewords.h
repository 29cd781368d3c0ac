// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tones.h"
#include "upload/uploadsnapshot.h"

#include <QtCore/QDateTime>
#include <QtCore/QString>

namespace ChatApp {

//! How the state of one upload is told: a symbol, a word or two, and a second line.
struct StateWords {
    QString symbol;
    QString text;
    QString detail; //!< speed and time left, or until when it waits; may be empty
    Tone tone = Tone::Neutral;
};

//! `now` is UTC, for what is said about waiting.
StateWords stateWords(const UploadSnapshot& upload, const QDateTime& now);
//! The same for a row of history.
StateWords outcomeWords(const UploadRecord& record);
//! What is known about who can open the link; empty for Unchecked.
QString linkWords(LinkState link);

//! Whole percents: 100 only for a Done upload, 99 is the most before.
int progressPercent(const UploadSnapshot& upload);
//! Staged or Paused: Start applies to it.
bool isStartable(UploadState state);
//! Under way: neither ended nor startable.
bool isRunning(UploadState state);

} // namespace ChatApp
