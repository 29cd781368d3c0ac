// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "core/clock.h"

#include <QtCore/QLocale>

#include <cstdlib>

namespace ChatApp {

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

std::chrono::milliseconds SystemClock::monotonic() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

void ServerClock::learn(const QDateTime& serverTime)
{
    if (!serverTime.isValid())
        return;
    const qint64 difference = m_local.now().msecsTo(serverTime);
    constexpr qint64 resolutionMs = 2000;
    if (std::llabs(difference - m_offsetMs.load()) > resolutionMs)
        m_offsetMs.store(difference);
}

QDateTime parseHttpDate(const QByteArray& value)
{
    const QString text = QString::fromLatin1(value.trimmed());
    QDateTime time =
        QLocale::c().toDateTime(text, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (time.isValid())
        time.setTimeSpec(Qt::UTC);
    return time;
}

} // namespace ChatApp
