// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/requestlistener.h"
#include "engine/handover.h"

#include <QtCore/QList>
#include <QtCore/QObject>

#include <functional>
#include <memory>

namespace ChatApp {

class AccountManager;

//! Takes in files that another process hands over: they are stored as queued uploads, and answered
//! for after the commit. Lives on the main thread, from before the accounts are loaded.
class HandoverService : public QObject {
    Q_OBJECT
public:
    //! `environmentKeyId`: of the credentials in the environment; empty: there are none.
    HandoverService(UploadManager& uploads, AccountManager& accounts, QString environmentKeyId,
                    QObject* parent = nullptr);

    void handle(const QByteArray& line, const RequestListener::Respond& respond);
    //! Calls `then` when everything taken in is answered for, or after a second.
    void whenIdle(const std::function<void()>& then);

private:
    //! One request under way.
    struct Intake {
        HandoverRequest request;
        RequestListener::Respond respond;
        QList<StageFailure> failures{};
    };

    void admit(const std::shared_ptr<Intake>& intake);
    Result<void> complete(UploadTarget& target) const;
    void tellIdle();
    void staged(const std::shared_ptr<Intake>& intake, const Result<QList<UploadId>>& ids);

    UploadManager& m_uploads;
    AccountManager& m_accounts;
    const QString m_environmentKeyId;
    bool m_accountsLoaded = false;
    QList<std::shared_ptr<Intake>> m_open;
    QList<std::function<void()>> m_whenIdle;
};

} // namespace ChatApp
