// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/embeddedsandbox.h"

#include "sandbox/sandboxserver.h"

namespace ChatApp {

namespace {

constexpr qint64 embeddedQuota = 2LL * 1024 * 1024 * 1024;

} // namespace

class EmbeddedSandbox::Private {
public:
    SandboxServer server;
};

EmbeddedSandbox::EmbeddedSandbox() : d(std::make_unique<Private>()) { }

EmbeddedSandbox::~EmbeddedSandbox() = default;

Result<SandboxAccess> EmbeddedSandbox::start()
{
    SandboxConfig config;
    config.behavior.quota = embeddedQuota;
    if (const auto started = d->server.start(config); !started)
        return started.error();
    const SandboxAccount account = d->server.accounts().constFirst();
    return SandboxAccess{
        .endpoint = d->server.endpoint(),
        .accessKeyId = account.accessKeyId,
        .accessKeySecret = account.accessKeySecret,
        .spaceId = account.spaces.constFirst(),
        .spaceName = QStringLiteral("Sandbox"),
    };
}

} // namespace ChatApp
