// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <optional>
#include <variant>

namespace ChatApp::Sandbox {

//! One line of a request's head. `value` has lost the one space after the colon that every client
//! sends; whatever other white space is around it is kept, so that padding can be seen.
struct HttpField {
    QByteArray name;
    QByteArray value;

    bool operator==(const HttpField&) const = default;
};

//! A decoded query parameter. `hasValue` tells `?uploads=` from `?uploads`.
struct QueryParameter {
    QByteArray name;
    QByteArray value;
    bool hasValue = false;

    bool operator==(const QueryParameter&) const = default;
};

//! The head of a request as it stood on the wire.
struct HttpRequest {
    QByteArray method;
    QByteArray path; //!< as sent, not decoded
    QByteArray query; //!< as sent, without the question mark
    QList<HttpField> fields;

    //! Trimmed value of the first field of that name (any case); empty if there is none.
    QByteArray header(const char* name) const;
    bool hasHeader(const char* name) const { return countHeader(name) > 0; }
    int countHeader(const char* name) const;
    //! Content-Length, if there is one.
    std::optional<qint64> contentLength() const;
    //! Host without a port, lower case.
    QByteArray hostName() const;
    //! Nothing if the query is not properly encoded.
    std::optional<QList<QueryParameter>> parameters() const;
};

//! Why a head was refused before anybody looked at its meaning.
struct BadRequest {
    int status = 400;
    QByteArray reason;
};

//! What stands before the first `mark`; all of it if there is none.
QByteArray partBefore(const QByteArray& text, char mark);

//! Reads a head (everything before the empty line). Strict: CRLF or LF line ends, HTTP/1.1 only,
//! origin-form targets, no folded lines, no second Content-Length, Host or Authorization.
std::variant<HttpRequest, BadRequest> parseHead(const QByteArray& head);

} // namespace ChatApp::Sandbox
