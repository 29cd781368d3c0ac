// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/localuploadmanager.h"

#include "core/answer.h"
#include "core/whendone.h"
#include "upload/uploadcoordinator.h"

namespace ChatApp {

LocalUploadManager::LocalUploadManager(Post post, QObject* parent)
    : UploadManager(parent)
    , m_post(std::move(post))
{
    qRegisterMetaType<UploadBatch>();
    qRegisterMetaType<TransferTotals>();
    qRegisterMetaType<UploadSnapshot>();
    qRegisterMetaType<QList<StageFailure>>();
}

void LocalUploadManager::attach(UploadCoordinator& coordinator)
{
    connect(&coordinator, &UploadCoordinator::uploadsChanged, this, &UploadManager::uploadsChanged);
    connect(&coordinator, &UploadCoordinator::totalsChanged, this, &UploadManager::totalsChanged);
    connect(&coordinator, &UploadCoordinator::uploadEnded, this, &UploadManager::uploadEnded);
    connect(&coordinator, &UploadCoordinator::stageFailed, this, &UploadManager::stageFailed);
}

QFuture<Result<QList<UploadId>>> LocalUploadManager::stage(QList<StageRequest> requests)
{
    const Answer<QList<UploadId>> answer;
    m_post([answer, requests = std::move(requests)](UploadCoordinator& coordinator) mutable {
        whenDone(coordinator.stage(std::move(requests)), &coordinator,
                 [answer](const Result<QList<UploadId>>& staged) { answer.give(staged); });
    });
    return answer.future();
}

void LocalUploadManager::start(QList<UploadId> ids)
{
    m_post([ids = std::move(ids)](UploadCoordinator& coordinator) { coordinator.start(ids); });
}

void LocalUploadManager::pause(QList<UploadId> ids)
{
    m_post([ids = std::move(ids)](UploadCoordinator& coordinator) { coordinator.pause(ids); });
}

void LocalUploadManager::cancel(QList<UploadId> ids)
{
    m_post([ids = std::move(ids)](UploadCoordinator& coordinator) { coordinator.cancel(ids); });
}

void LocalUploadManager::retry(QList<UploadId> ids)
{
    m_post([ids = std::move(ids)](UploadCoordinator& coordinator) { coordinator.retry(ids); });
}

void LocalUploadManager::remove(QList<UploadId> ids)
{
    m_post([ids = std::move(ids)](UploadCoordinator& coordinator) { coordinator.remove(ids); });
}

void LocalUploadManager::startAll()
{
    m_post([](UploadCoordinator& coordinator) { coordinator.startAll(); });
}

void LocalUploadManager::pauseAll()
{
    m_post([](UploadCoordinator& coordinator) { coordinator.pauseAll(); });
}

void LocalUploadManager::cancelAll()
{
    m_post([](UploadCoordinator& coordinator) { coordinator.cancelAll(); });
}

void LocalUploadManager::move(QList<UploadId> ids, UploadId before)
{
    m_post([ids = std::move(ids), before](UploadCoordinator& coordinator) {
        coordinator.move(ids, before);
    });
}

} // namespace ChatApp
