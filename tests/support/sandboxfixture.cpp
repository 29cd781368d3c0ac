// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "support/sandboxfixture.h"

#include "sandbox/servercertificate.h"

namespace ChatApp::Test {

SandboxFixture::SandboxFixture(Transport transport, SandboxConfig config)
{
    if (transport == Transport::Tls) {
        const auto made = makeSandboxCertificate(m_folder.path());
        if (!made) {
            m_problem = describeError(made.error());
            return;
        }
        config.tls = made->tls;
        m_caFile = made->caFile;
    }
    if (const auto started = m_server.start(config); !started)
        m_problem = describeError(started.error());
}

void SandboxFixture::plan(SandboxOperation operation, int ordinal, SandboxFault::Type type)
{
    SandboxFault fault;
    fault.type = type;
    plan({SandboxFaultRule::nth(operation, ordinal, fault)});
}

void SandboxFixture::plan(const QList<SandboxFaultRule>& rules)
{
    m_server.setFaultPlan(SandboxFaultPlan(rules));
}

QList<SandboxLogEntry> SandboxFixture::log(SandboxOperation operation) const
{
    QList<SandboxLogEntry> entries = m_server.log();
    entries.removeIf([operation](const auto& entry) { return entry.operation != operation; });
    return entries;
}

} // namespace ChatApp::Test
