// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QString>

namespace ChatApp::Test {

//! The program chatapp-sandbox, and what it said at its start; terminated with this object.
class SandboxProcess {
public:
    SandboxProcess() = default;
    ~SandboxProcess();
    SandboxProcess(const SandboxProcess&) = delete;
    SandboxProcess& operator=(const SandboxProcess&) = delete;

    //! `program` is its path. Empty if it runs, else what it complained of.
    QString start(const QString& program, const QStringList& arguments = {});
    //! SIGTERM; gives the exit code, or -1 if it did not end by itself in ten seconds.
    int stop();

    const QJsonObject& introduction() const { return m_introduction; }
    QString value(const char* name) const
    {
        return m_introduction.value(QLatin1String(name)).toString();
    }
    quint16 port() const { return quint16(m_introduction.value(QLatin1String("port")).toInt()); }

private:
    QProcess m_process;
    QJsonObject m_introduction;
};

} // namespace ChatApp::Test
