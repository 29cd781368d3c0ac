// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cams/authorizationbroker.h"
#include "storage/uploadrecord.h"
#include "upload/uploadservices.h"

#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtCore/QSet>

#include <functional>

namespace ChatApp {

//! Tells the server to drop what failed uploads of earlier runs left there. A failed upload keeps
//! its parts as long as it can be retried, which is while it is in the list; after that nobody
//! needs them. A space is swept once a run, after an upload into it has succeeded: then its
//! credentials are at hand, and no secret store is asked for the sake of tidiness. Lives on the
//! engine thread.
class UploadSweeper : public QObject {
    Q_OBJECT
public:
    //! `isListed`: the upload can still be retried.
    UploadSweeper(UploadServices& services, std::function<bool(UploadId)> isListed,
                  QObject* parent = nullptr);

    void sweep(const UploadTarget& target);

private:
    void dropNext(QList<UploadRecord> records);
    void settled(const UploadRecord& record, const std::optional<Error>& error);

    UploadServices& m_services;
    std::function<bool(UploadId)> m_isListed;
    QSet<AuthorizationKey> m_swept;
};

} // namespace ChatApp
