// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "upload/uploadmanager.h"

#include <functional>

namespace ChatApp {

class UploadCoordinator;

//! The UploadManager of this process: forwards to the UploadCoordinator on the engine thread, and
//! its news back. Lives on the main thread.
class LocalUploadManager final : public UploadManager {
    Q_OBJECT
public:
    //! Runs a function with the coordinator on the engine thread, after those before it.
    using Post = std::function<void(std::function<void(UploadCoordinator&)>)>;

    explicit LocalUploadManager(Post post, QObject* parent = nullptr);

    //! Called once on the engine thread when the coordinator is there.
    void attach(UploadCoordinator& coordinator);

    QFuture<Result<QList<UploadId>>> stage(QList<StageRequest> requests) override;
    void start(QList<UploadId> ids) override;
    void pause(QList<UploadId> ids) override;
    void cancel(QList<UploadId> ids) override;
    void retry(QList<UploadId> ids) override;
    void remove(QList<UploadId> ids) override;
    void startAll() override;
    void pauseAll() override;
    void cancelAll() override;
    void move(QList<UploadId> ids, UploadId before) override;

private:
    Post m_post;
};

} // namespace ChatApp
