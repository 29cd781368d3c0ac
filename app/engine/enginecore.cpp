// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "engine/enginecore.h"

#include "core/answer.h"
#include "core/logging.h"
#include "core/whendone.h"

namespace ChatApp {

EngineCore::EngineCore(std::unique_ptr<HttpTransport> transport, Parts parts)
    : m_store(parts.store)
    , m_bandwidth(parts.clock)
    , m_transport(std::move(transport))
    , m_cams(*m_transport, parts.clock,
             {parts.budgets.authorizationCalls, parts.budgets.authorizationWindow})
    , m_broker(m_cams, parts.clock, std::move(parts.credentials))
    , m_oss(*m_transport, parts.clock)
    , m_budget(parts.budgets.requestsInFlight, parts.budgets.requestsPerHost, parts.clock)
    , m_spaces(parts.store)
    , m_coordinator(UploadServices{.clock = parts.clock,
                                   .broker = m_broker,
                                   .oss = m_oss,
                                   .store = m_store,
                                   .files = m_files,
                                   .budget = m_budget,
                                   .spaces = m_spaces,
                                   .bandwidth = m_bandwidth,
                                   .network = m_network,
                                   .retry = parts.retry,
                                   .multipart = parts.multipart,
                                   .nameTemplate = std::move(parts.nameTemplate)},
                    parts.budgets.uploadsAtOnce)
{
    m_bandwidth.setLimit(parts.bytesPerSecond);
    QObject::connect(&m_oss, &OssClient::signingLearnt, &m_coordinator,
                     [this](const SigningFacts& facts) {
                         m_store.rememberBucket({.bucket = facts.bucket,
                                                 .endpoint = facts.endpoint,
                                                 .region = facts.region,
                                                 .v1Only = facts.v1Only});
                     });
}

EngineCore::~EngineCore() = default;

QFuture<Result<void>> EngineCore::load()
{
    const Answer<void> answer;
    whenDone(m_store.bucketFacts(), &m_coordinator,
             [this, answer](const Result<QList<BucketFacts>>& known) {
                 if (known)
                     know(*known);
                 else // they save requests, nothing else
                     qCWarning(lcOss) << "bucket facts:" << describeError(known.error());
                 loadSpaces(answer);
             });
    return answer.future();
}

void EngineCore::loadSpaces(const Answer<void>& answer)
{
    whenDone(m_store.spacesWithoutMultipart(), &m_coordinator,
             [this, answer](const Result<QList<SpaceFacts>>& known) {
                 if (known)
                     m_spaces.know(*known);
                 else
                     qCWarning(lcOss) << "space facts:" << describeError(known.error());
                 whenDone(m_coordinator.load(), &m_coordinator,
                          [answer](const Result<void>& loaded) { answer.give(loaded); });
             });
}

void EngineCore::know(const QList<BucketFacts>& known)
{
    for (const BucketFacts& facts : known) {
        m_oss.setKnown({.bucket = facts.bucket,
                        .endpoint = facts.endpoint,
                        .region = facts.region,
                        .v1Only = facts.v1Only});
    }
}

QFuture<Result<AccountTestReport>> EngineCore::testAccount(const CamsCaller& caller,
                                                           const SpaceId& space)
{
    const Answer<AccountTestReport> answer;
    if (space.value.isEmpty()) {
        whenDone(m_cams.getChatappOpenStatus(caller), &m_coordinator,
                 [this, answer, endpoint = caller.endpoint](const Result<bool>& open) {
                     if (!open)
                         answer.give(open.error());
                     else if (!*open)
                         answer.give(Error{.kind = ErrorKind::NotSubscribed});
                     else
                         answer.give(AccountTestReport{
                             .bucket = {}, .dir = {}, .clockOffset = m_cams.clockOffset(endpoint)});
                 });
        return answer.future();
    }
    whenDone(m_cams.getChatappUploadAuthorization(caller, space), &m_coordinator,
             [this, answer, endpoint = caller.endpoint](const Result<UploadAuthorization>& given) {
                 if (!given) {
                     answer.give(given.error());
                     return;
                 }
                 answer.give(AccountTestReport{.spaceChecked = true,
                                               .bucket = given->bucket,
                                               .dir = given->dir,
                                               .clockOffset = m_cams.clockOffset(endpoint)});
             });
    return answer.future();
}

} // namespace ChatApp
