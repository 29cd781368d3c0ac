// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/account.h"
#include "storage/uploadrecord.h"

#include <QtCore/QDateTime>
#include <QtCore/QString>

#include <chrono>
#include <optional>

namespace ChatApp {

//! Numbers, times and names as people read them, in the locale of the program. Pure functions.

QString formatSize(qint64 bytes);
QString formatSpeed(double bytesPerSecond);
//! "about 2 minutes left"; empty without a value.
QString formatTimeLeft(const std::optional<std::chrono::milliseconds>& left);
//! Time of day for today, "Yesterday", else the date.
QString formatWhen(const QDateTime& when, const QDateTime& now);
//! Date and time in full, for tool tips.
QString formatMoment(const QDateTime& when);

//! First and last characters of an AccessKey ID: enough to tell keys apart.
QString shortenedKeyId(const QString& accessKeyId);
//! A space's name, or its id where it has none.
QString spaceTitle(const SpaceId& id, const QString& name);
//! "account · space".
QString targetTitle(const UploadTarget& target);
//! A file's name on one line: line breaks and other controls become visible signs.
QString singleLine(const QString& text);

} // namespace ChatApp
