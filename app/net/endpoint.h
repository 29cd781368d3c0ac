// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace ChatApp {

//! Where a service is reached: scheme, host and port, nothing else. A plain value.
struct Endpoint {
    QByteArray scheme = "https"; //!< "https", or "http" on a loopback host only
    QByteArray host; //!< lower case; an IPv6 address without brackets
    int port = -1; //!< -1: the scheme's default

    //! `host[:port]` as it stands in URLs and in the Host header; the port only where it is not the
    //! scheme's default, IPv6 in brackets.
    QByteArray authority() const;

    bool operator==(const Endpoint&) const = default;
};

//! Reads `host`, `host:port`, `https://host[:port][/]` or `http://127.0.0.1[:port][/]`. Errors:
//! Usage (user info, path, query, anything else), PlainHttpRefused (http off loopback).
Result<Endpoint> parseEndpoint(const QString& text);

} // namespace ChatApp
