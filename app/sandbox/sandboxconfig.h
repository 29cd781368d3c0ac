// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>
#include <optional>

namespace ChatApp {

//! A caller that the sandbox's CAMS knows.
struct SandboxAccount {
    //! What the service thinks of the account; anything but Active refuses its calls with the code
    //! of the real service.
    enum class State {
        Active,
        NotSubscribed, //!< Product.Unsubscript
        PermissionDenied, //!< Ram.PermissionDeny
        FlowControlled, //!< System.LimitControl
        Inactive, //!< InvalidAccessKeyId.Inactive
    };

    QString accessKeyId;
    QString accessKeySecret;
    QString securityToken; //!< set: calls must be made with this STS token
    QStringList spaces;
    State state = State::Active;
};

//! All that may change while the sandbox runs.
struct SandboxBehavior {
    enum class ExpireFormat { Seconds, EpochSeconds, EpochMilliseconds };
    enum class EndpointFormat {
        Url, //!< http://127.0.0.1:1234
        UrlWithSlash, //!< http://127.0.0.1:1234/
        Host, //!< 127.0.0.1:1234
    };
    enum class DirFormat { Plain, LeadingSlash, TrailingSlash, BothSlashes };

    QString region = QStringLiteral("ap-southeast-1");
    bool acceptV4 = true;
    bool acceptV1 = true;
    //! A refusal for a wrong region names the right one in a <Region> element.
    bool nameRegionInRefusal = false;
    bool privateObjects = false; //!< anonymous reads are refused
    bool publicAclAllowed = true; //!< else x-oss-object-acl is refused, as with a blocked bucket
    std::chrono::seconds tokenLifetime{3600};
    ExpireFormat expireFormat = ExpireFormat::Seconds;
    EndpointFormat endpointFormat = EndpointFormat::Url;
    DirFormat dirFormat = DirFormat::Plain;
    //! Not empty: handed out as EndPoint, whatever the format.
    QString endpointOverride;
    int authorizationsPerSecond = 5;
    int throttleStatus = 400; //!< 400 or 429
    std::chrono::milliseconds throttleRetryAfter{1000};
    qint64 quota = 0; //!< bytes in the store; 0 is no limit
    std::chrono::milliseconds latency{0}; //!< before every answer
    std::chrono::milliseconds clockOffset{0}; //!< of the server's clock
};

//! A certificate and its key, in PEM files.
struct SandboxTls {
    QString certificateFile; //!< may hold a chain
    QString keyFile;
};

//! What a sandbox is started with.
struct SandboxConfig {
    //! "127.0.0.1" or "::1"; nothing else is listened on.
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 0; //!< 0: any free one
    std::optional<SandboxTls> tls;
    //! Where bodies are kept, in a folder of their own that is removed at the end. Empty: the
    //! system's temporary folder.
    QString dataFolder;
    //! Empty: one account with one space, made up at the start.
    QList<SandboxAccount> accounts;
    bool adminInterface = false;
    quint16 adminPort = 0;
    //! A connection on which nothing arrives for this long is closed.
    std::chrono::milliseconds idleTimeout{60'000};
    SandboxBehavior behavior;
};

} // namespace ChatApp
