// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/clock.h"
#include "sandbox/credentialissuer.h"
#include "sandbox/multipartstore.h"
#include "sandbox/objectstore.h"
#include "sandbox/recorder.h"
#include "sandbox/sandboxconfig.h"
#include "sandbox/sandboxfaultplan.h"

#include <QtCore/QHash>

#include <deque>

namespace ChatApp::Sandbox {

//! Everything that one sandbox knows. Lives on the server thread, where handlers borrow it.
class SandboxState {
public:
    SandboxState(SandboxConfig sandboxConfig, const QString& folder);

    QDateTime now() const { return clock.now().addMSecs(config.behavior.clockOffset.count()); }
    const SandboxAccount* findAccount(const QByteArray& accessKeyId) const;
    //! Replaces the account with the same AccessKey ID, or adds it.
    void setAccount(const SandboxAccount& account);
    SandboxStats stats() const;
    //! False if this account has used the nonce before.
    bool useNonce(const QByteArray& accessKeyId, const QByteArray& nonce);
    //! False if the account has had its calls of this second.
    bool allowAuthorization(const QByteArray& accessKeyId);

    SandboxConfig config;
    SystemClock clock;
    QByteArray bucket;
    QByteArray hostAndPort; //!< "127.0.0.1:1234", once it listens
    SpoolArea area;
    ObjectStore objects;
    MultipartStore uploads;
    CredentialIssuer issuer;
    Recorder recorder;
    SandboxFaultPlan plan;
    SandboxGate gate;

private:
    void forgetOldNonces();

    QHash<QByteArray, std::chrono::milliseconds> m_nonces;
    QHash<QByteArray, std::deque<std::chrono::milliseconds>> m_authorizations;
};

//! A request with what belongs to it while it is worked on.
struct RequestContext {
    SandboxState& state;
    HttpRequest request;
    SandboxLogEntry entry;
    QDateTime now; //!< what the server's clock says, a planned skew included

    //! Tells that the store was changed.
    void committed()
    {
        entry.committed = true;
        state.recorder.committed(entry);
    }
};

} // namespace ChatApp::Sandbox
