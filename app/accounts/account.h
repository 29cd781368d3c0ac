// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/ids.h"

#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QString>

namespace ChatApp {

//! Default CAMS endpoint: the only public one.
inline const QString defaultCamsEndpoint = QStringLiteral("cams.ap-southeast-1.aliyuncs.com");
//! OSS region that is tried when nothing else names one.
inline const QString defaultOssRegion = QStringLiteral("ap-southeast-1");

//! Where an account's secret is, as far as is known. Locked, missing, denied and no store at all
//! are four different states: each has its own sentence in the window.
enum class SecretState {
    Unknown, //!< not looked yet
    Stored, //!< in the system's secret store, and readable
    SessionOnly, //!< in memory, gone when the program ends: there is no store
    Locked,
    Missing,
    Denied,
    NoStore, //!< no secret store answers, and nothing is in memory
};

//! A RAM AccessKey as the user saved it. Never holds the secret.
struct Account {
    AccountId id;
    QString name; //!< unique among accounts
    QString accessKeyId;
    QString endpoint = defaultCamsEndpoint; //!< host, or a whole URL (http on loopback only)
    QString region; //!< OSS region set by hand; empty: found out
    SecretState secretState = SecretState::Unknown;
    QString secretBackend; //!< for people: "Secret Service", "KWallet", …; empty if none
    QDateTime createdAt; //!< UTC

    bool operator==(const Account&) const = default;
};

//! A space of an account, entered by hand (id, name).
struct Space {
    AccountId account;
    SpaceId id;
    QString name; //!< may be empty: then the id is shown
    QDateTime lastUsedAt; //!< UTC; invalid: never

    bool operator==(const Space&) const = default;
};

} // namespace ChatApp

Q_DECLARE_METATYPE(ChatApp::Account)
