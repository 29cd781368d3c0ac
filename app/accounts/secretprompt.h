// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QObject>
#include <QtDBus/QDBusVariant>

namespace ChatApp {

//! One prompt of a Secret Service (org.freedesktop.Secret.Prompt), shown by that service.
//! completed() comes once, however long the user takes. Lives on the main thread, owned by its
//! parent.
class SecretPrompt : public QObject {
    Q_OBJECT
public:
    SecretPrompt(QString service, QString path, QObject* parent);

    void show();

Q_SIGNALS:
    void completed(bool dismissed);

private Q_SLOTS:
    //! Called by D-Bus, by name.
    void finish(bool dismissed, const QDBusVariant& result);

private:
    const QString m_service;
    const QString m_path;
};

} // namespace ChatApp
