// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cams/authorizationbroker.h"
#include "storage/uploadstore.h"

#include <QtCore/QSet>

namespace ChatApp {

//! Which spaces are known to refuse multipart uploads: learnt from a refusal, kept in the store.
//! Lives on the engine thread, borrows the store.
class SpaceMemory {
public:
    explicit SpaceMemory(UploadStore& store) : m_store(store) { }

    //! What an earlier run learnt.
    void know(const QList<SpaceFacts>& spaces);
    void rememberWithoutMultipart(const AuthorizationKey& key);
    bool isWithoutMultipart(const AuthorizationKey& key) const;

private:
    static QString nameOf(const QString& endpoint, const QString& accessKeyId,
                          const SpaceId& space);

    UploadStore& m_store;
    QSet<QString> m_withoutMultipart;
};

} // namespace ChatApp
