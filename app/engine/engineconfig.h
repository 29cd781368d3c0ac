// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/secretstore.h"
#include "core/clock.h"
#include "core/credentials.h"
#include "core/networkstate.h"
#include "core/requestlistener.h"
#include "core/retrypolicy.h"
#include "net/httptransport.h"
#include "oss/multipartlimits.h"

#include <QtCore/QString>

#include <memory>
#include <optional>

namespace ChatApp {

//! The folders of one profile. Never holds a secret.
struct ProfilePaths {
    QString data; //!< database
    QString config; //!< settings
    QString state; //!< log, lock

    //! All three below one folder (`--profile DIR`).
    static ProfilePaths below(const QString& folder);
    QString databaseFile() const;
};

//! Limits the service or the machine sets.
struct Budgets {
    int requestsInFlight = 16;
    int requestsPerHost = 6; //!< stock QNetworkAccessManager opens 6 connections per host
    int uploadsAtOnce = 8; //!< 0: what is started stays queued
    int authorizationCalls = 5; //!< per account, in any authorizationWindow
    std::chrono::milliseconds authorizationWindow{1050};
};

//! What an Engine is built from: all that differs between window, command line and tests.
struct EngineConfig {
    ProfilePaths paths;
    //! What it leaves at its default comes from the profile's settings.
    TransportConfig transport;
    Budgets budgets;
    //! Credentials of the environment, used by uploads that name no account.
    std::optional<Credentials> environment;
    //! Null: no system secret store; secrets live in memory for this session.
    std::unique_ptr<SecretStore> keychain;
    //! Takes files of other processes for this profile. Null: it takes none.
    std::unique_ptr<RequestListener> listener;
    //! Null: nobody says whether there is a network.
    std::unique_ptr<NetworkState> networkState;
    //! Null: the system's clock.
    std::shared_ptr<Clock> clock;
    RetryPolicy retry;
    MultipartLimits multipart;
    //! The speed limit of this run (0: none); without it, the profile's setting as it now is.
    std::optional<qint64> bytesPerSecond;
};

} // namespace ChatApp
