// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/credentials.h"
#include "net/httptransport.h"
#include "net/urlencoding.h"

namespace ChatApp {

//! A call as ACS3-HMAC-SHA256 sees it (protocol notes 2.1). `headers` holds what is signed: host,
//! content-type and every x-acs-* header, x-acs-content-sha256 among them. Others are left out of
//! the signature.
struct Acs3Request {
    QByteArray method = "POST";
    QByteArray path = "/";
    QueryParameters query;
    HttpHeaders headers;
};

//! The query as it is signed and sent: sorted by name, encoded, `name=` for an empty value.
QByteArray acs3CanonicalQuery(const QueryParameters& query);
QByteArray acs3CanonicalRequest(const Acs3Request& request);
//! Value of the Authorization header. Pure.
QByteArray acs3Authorization(const Acs3Request& request, const Credentials& credentials);

} // namespace ChatApp
