// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/putplan.h"

#include "accounts/environmentcredentials.h"
#include "accounts/secretstore.h"
#include "net/endpoint.h"
#include "platform/profilefolders.h"

#include <QtCore/QDir>

namespace ChatApp {

namespace {

Credentials credentialsOf(const SandboxAccess& access)
{
    return {.accessKeyId = access.accessKeyId,
            .accessKeySecret = SecretString(access.accessKeySecret.toUtf8()),
            .securityToken = {}};
}

Result<Credentials> environmentOrUsage(const QProcessEnvironment& environment)
{
    const Result<std::optional<Credentials>> credentials = environmentCredentials(environment);
    if (!credentials)
        return credentials.error();
    if (!credentials->has_value()) {
        return Error{.kind = ErrorKind::Usage,
                     .message = QStringLiteral(
                         "no credentials: name an account with --account, or set "
                         "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET")};
    }
    return credentials->value();
}

} // namespace

ProfilePaths profilePaths(const CommonOptions& options, const QProcessEnvironment& environment)
{
    if (!options.profile.isEmpty())
        return ProfilePaths::below(QDir().absoluteFilePath(options.profile));
    const ProfileFolders folders = standardProfileFolders(environment);
    return {.data = folders.data, .config = folders.config, .state = folders.state};
}

Result<PutPlan> planPut(const PutOptions& options, const ProfilePaths& paths,
                        const QProcessEnvironment& environment,
                        const std::optional<SandboxAccess>& sandbox)
{
    PutPlan plan;
    plan.config.paths = paths;
    plan.config.transport.extraCaFile = options.common.caFile;
    plan.config.bytesPerSecond = options.bytesPerSecond;
    setConcurrency(plan.config, options.parallel, options.parts);
    if (options.enqueue)
        plan.config.budgets.uploadsAtOnce = 0;
    plan.target.endpoint = options.common.endpoint;
    plan.target.region = options.common.region;
    plan.target.spaceId = options.space;
    plan.target.accountName = options.common.account;

    if (!options.common.endpoint.isEmpty()) {
        if (const Result<Endpoint> endpoint = parseEndpoint(options.common.endpoint); !endpoint)
            return endpoint.error();
    }
    if (sandbox) {
        plan.config.environment = credentialsOf(*sandbox);
        plan.target.endpoint = sandbox->endpoint;
        if (plan.target.spaceId.value.isEmpty())
            plan.target.spaceId = {sandbox->spaceId};
        plan.target.spaceName = sandbox->spaceName;
    } else if (options.common.account.isEmpty()) {
        Result<Credentials> credentials = environmentOrUsage(environment);
        if (!credentials)
            return credentials.error();
        plan.config.environment = std::move(credentials).value();
        if (plan.target.endpoint.isEmpty())
            plan.target.endpoint = defaultCamsEndpoint;
    }
    if (plan.config.environment)
        plan.target.accessKeyId = plan.config.environment->accessKeyId;
    return plan;
}

Result<EngineConfig> configForRows(const CommonOptions& options, const ProfilePaths& paths,
                                   const QProcessEnvironment& environment)
{
    Result<std::optional<Credentials>> credentials = environmentCredentials(environment);
    if (!credentials)
        return credentials.error();
    EngineConfig config;
    config.paths = paths;
    config.transport.extraCaFile = options.caFile;
    config.environment = std::move(credentials).value();
    return config;
}

void setConcurrency(EngineConfig& config, std::optional<int> parallel, std::optional<int> parts)
{
    config.budgets.uploadsAtOnce = parallel.value_or(config.budgets.uploadsAtOnce);
    config.multipart.partsAtOnce = parts.value_or(config.multipart.partsAtOnce);
}

} // namespace ChatApp
