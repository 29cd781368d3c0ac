// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/sandboxstate.h"

#include "core/random.h"

namespace ChatApp::Sandbox {

namespace {

constexpr std::chrono::seconds authorizationWindow{1};
constexpr qsizetype nonceSweepSize = 10'000;
// Older ones cannot pass the check of the date any more.
constexpr std::chrono::minutes nonceLifetime{31};

SandboxAccount makeUpAccount()
{
    SandboxAccount account;
    account.accessKeyId = QString::fromLatin1("SANDBOX" + randomBase32(16).toUpper());
    account.accessKeySecret = QString::fromLatin1("SandboxSecret" + randomBase32(20));
    account.spaces = {QString::fromLatin1("cams-sandbox-" + randomBase32(8))};
    return account;
}

} // namespace

SandboxState::SandboxState(SandboxConfig sandboxConfig, const QString& folder)
    : config(std::move(sandboxConfig))
    , bucket("sandbox-" + randomBase32(8))
    , area(folder)
    , objects(area)
    , uploads(area)
{
    if (config.accounts.isEmpty())
        config.accounts.append(makeUpAccount());
}

const SandboxAccount* SandboxState::findAccount(const QByteArray& accessKeyId) const
{
    for (const SandboxAccount& account : config.accounts) {
        if (account.accessKeyId.toUtf8() == accessKeyId)
            return &account;
    }
    return nullptr;
}

void SandboxState::setAccount(const SandboxAccount& account)
{
    for (SandboxAccount& known : config.accounts) {
        if (known.accessKeyId == account.accessKeyId) {
            known = account;
            return;
        }
    }
    config.accounts.append(account);
}

SandboxStats SandboxState::stats() const
{
    SandboxStats stats = recorder.stats();
    stats.storedBytes = area.storedBytes();
    return stats;
}

bool SandboxState::useNonce(const QByteArray& accessKeyId, const QByteArray& nonce)
{
    forgetOldNonces();
    const QByteArray key = accessKeyId + ' ' + nonce;
    if (m_nonces.contains(key))
        return false;
    m_nonces.insert(key, clock.monotonic());
    return true;
}

void SandboxState::forgetOldNonces()
{
    if (m_nonces.size() < nonceSweepSize)
        return;
    const auto oldest = clock.monotonic() - nonceLifetime;
    m_nonces.removeIf([oldest](const auto& entry) { return entry.value() < oldest; });
}

bool SandboxState::allowAuthorization(const QByteArray& accessKeyId)
{
    const auto now = clock.monotonic();
    auto& accepted = m_authorizations[accessKeyId];
    while (!accepted.empty() && accepted.front() <= now - authorizationWindow)
        accepted.pop_front();
    if (std::cmp_greater_equal(accepted.size(), config.behavior.authorizationsPerSecond))
        return false;
    accepted.push_back(now);
    return true;
}

} // namespace ChatApp::Sandbox
