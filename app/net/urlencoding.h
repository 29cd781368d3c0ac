// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>

namespace ChatApp {

//! One parameter of a query, not encoded.
struct QueryParameter {
    QByteArray name;
    QByteArray value;

    bool operator==(const QueryParameter&) const = default;
};
using QueryParameters = QList<QueryParameter>;

enum class Slash { Encode, Keep };

//! RFC 3986 percent-encoding of UTF-8 bytes: all but `A-Z a-z 0-9 - . _ ~` (and `/`, if kept)
//! become %XX in upper case. Every signer and every URL of this program is made with it.
QByteArray percentEncode(const QByteArray& bytes, Slash slash = Slash::Encode);

} // namespace ChatApp
