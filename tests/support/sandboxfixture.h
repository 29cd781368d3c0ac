// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/sandboxserver.h"

#include <QtCore/QTemporaryDir>

namespace ChatApp::Test {

//! A sandbox in the test's own process, on a random port of 127.0.0.1. `problem()` is empty if it
//! runs: QVERIFY2(fixture.problem().isEmpty(), qPrintable(fixture.problem())).
class SandboxFixture {
public:
    enum class Transport { Http, Tls };

    explicit SandboxFixture(Transport transport = Transport::Http, SandboxConfig config = {});

    SandboxServer& server() { return m_server; }
    const QString& problem() const { return m_problem; }
    QString endpoint() const { return m_server.endpoint(); }
    SandboxAccount account() const { return m_server.accounts().constFirst(); }
    QString spaceId() const { return m_server.spaceId(); }
    //! PEM of the authority to trust; empty without TLS.
    const QString& caFile() const { return m_caFile; }

    //! Plans one fault, for the n-th request of an operation.
    void plan(SandboxOperation operation, int ordinal, SandboxFault::Type type);
    void plan(const QList<SandboxFaultRule>& rules);
    //! Ended requests of an operation, in order.
    QList<SandboxLogEntry> log(SandboxOperation operation) const;

private:
    QTemporaryDir m_folder;
    QString m_caFile;
    QString m_problem;
    SandboxServer m_server;
};

} // namespace ChatApp::Test
