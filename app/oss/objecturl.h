// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/endpoint.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace ChatApp {

//! Where an object is: the server that is asked, and the path on it. A plain value.
struct ObjectUrl {
    Endpoint server; //!< `<bucket>.<endpoint host>`, or the endpoint itself in path style
    QByteArray path; //!< percent-encoded, begins with "/"

    //! The link that is shown to people and used by templates: ASCII only.
    QString toString() const;

    bool operator==(const ObjectUrl&) const = default;
};

//! `https://<bucket>.<endpoint host>/<key>`; path-style (`/<bucket>/<key>`) where the endpoint is
//! an IP address or `localhost`.
ObjectUrl objectUrl(const Endpoint& endpoint, const QString& bucket, const QString& key);

} // namespace ChatApp
