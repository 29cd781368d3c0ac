// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cams/authorizationbroker.h"
#include "cams/camsclient.h"
#include "core/answer.h"
#include "engine/engine.h"
#include "net/httptransport.h"
#include "oss/ossclient.h"
#include "storage/uploadstore.h"
#include "upload/bandwidth.h"
#include "upload/fileworker.h"
#include "upload/networkwatch.h"
#include "upload/requestbudget.h"
#include "upload/spacememory.h"
#include "upload/uploadcoordinator.h"

#include <memory>

namespace ChatApp {

//! What lives on the engine thread, put together there; built, used and destroyed on it.
class EngineCore {
public:
    struct Parts {
        UploadStore& store;
        const Clock& clock;
        Budgets budgets;
        RetryPolicy retry;
        MultipartLimits multipart;
        qint64 bytesPerSecond = 0; //!< 0: without a limit
        AuthorizationBroker::CredentialsSource credentials;
        std::function<QString()> nameTemplate;
    };

    EngineCore(std::unique_ptr<HttpTransport> transport, Parts parts);
    ~EngineCore();

    UploadCoordinator& coordinator() { return m_coordinator; }
    Bandwidth& bandwidth() { return m_bandwidth; }
    NetworkWatch& network() { return m_network; }
    //! Remembers what earlier runs learnt about buckets and spaces, then takes over their uploads.
    QFuture<Result<void>> load();
    QFuture<Result<AccountTestReport>> testAccount(const CamsCaller& caller, const SpaceId& space);

private:
    void loadSpaces(const Answer<void>& answer);
    void know(const QList<BucketFacts>& known);

    UploadStore& m_store;
    Bandwidth m_bandwidth; // before the transport, whose bodies draw on it to their end
    std::unique_ptr<HttpTransport> m_transport;
    CamsClient m_cams;
    AuthorizationBroker m_broker;
    OssClient m_oss;
    FileWorker m_files;
    RequestBudget m_budget;
    NetworkWatch m_network;
    SpaceMemory m_spaces;
    UploadCoordinator m_coordinator;
};

} // namespace ChatApp
