// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "enginefixture.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtTest/QtTest>

namespace ChatApp {

//! How fast bytes of bodies arrive at the sandbox, by its own count.
class ReceivedRate {
public:
    explicit ReceivedRate(EngineFixture& fixture) : m_fixture(fixture) { }

    //! False if nothing more arrives in 10 s.
    bool waitForBytes()
    {
        const qint64 before = received();
        return QTest::qWaitFor([&] { return received() > before; }, 10'000);
    }

    //! Bytes per second over so long from now.
    double over(std::chrono::milliseconds span)
    {
        QElapsedTimer timer;
        timer.start();
        const qint64 before = received();
        if (!QTest::qWaitFor([&] { return timer.elapsed() >= span.count(); },
                             static_cast<int>(span.count()) + 10'000))
            qFatal("the time does not pass");
        const qint64 after = received();
        return static_cast<double>(after - before) * 1e9
            / static_cast<double>(timer.nsecsElapsed());
    }

private:
    qint64 received() { return m_fixture.sandbox().stats().bodyBytes; }

    EngineFixture& m_fixture;
};

//! A file of zeros that takes no room on the disk.
inline QString writeSparse(const EngineFixture& fixture, const QString& name, qint64 size)
{
    QString path = fixture.files().filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.resize(size))
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

inline bool isWithin(double value, double expected, double tolerance)
{
    return value >= expected * (1 - tolerance) && value <= expected * (1 + tolerance);
}

} // namespace ChatApp
