// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "support/sandboxprocess.h"

#include <QtCore/QJsonDocument>

namespace ChatApp::Test {

namespace {

constexpr int patienceMs = 20'000;

} // namespace

SandboxProcess::~SandboxProcess()
{
    if (stop() < 0)
        m_process.kill();
}

QString SandboxProcess::start(const QString& program, const QStringList& arguments)
{
    m_process.start(program, QStringList{QStringLiteral("--json")} + arguments);
    QByteArray line;
    while (!line.contains('\n') && m_process.waitForReadyRead(patienceMs))
        line += m_process.readAllStandardOutput();
    m_introduction = QJsonDocument::fromJson(line).object();
    if (!m_introduction.isEmpty())
        return {};
    m_process.waitForFinished(patienceMs);
    return m_process.errorString() + QLatin1Char('\n')
        + QString::fromLocal8Bit(m_process.readAllStandardError());
}

int SandboxProcess::stop()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate();
        if (!m_process.waitForFinished(patienceMs / 2))
            return -1;
    }
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

} // namespace ChatApp::Test
