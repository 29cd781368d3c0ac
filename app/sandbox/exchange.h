// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/httpresponse.h"

#include <functional>
#include <memory>
#include <optional>

namespace ChatApp::Sandbox {

//! One request on its way through the server. A connection owns it and calls, in this order:
//! head(), body() for every piece that arrives, end(). A response from head() or body() ends it
//! early. Destroyed without end() or a response, it leaves nothing behind (the peer has gone).
class Exchange {
public:
    using Reply = std::function<void(const HttpResponse&)>;

    Exchange() = default;
    virtual ~Exchange() = default;
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    virtual std::optional<HttpResponse> head() = 0;
    virtual std::optional<HttpResponse> body(const char* data, qint64 size) = 0;
    //! Calls `reply` once, now or later; calling it after the connection has gone is harmless.
    virtual void end(const Reply& reply) = 0;
    //! The pace at which the body is read; 0 is as fast as it comes.
    virtual qint64 bytesPerSecond() const { return 0; }
    //! The answer has been handed to the system, or withheld as planned.
    virtual void answered() { }
    //! All of the answer has been handed to the system.
    virtual void sent() { }
};

//! Makes the exchange for a request. `connection` numbers the connections of this server.
using ExchangeFactory =
    std::function<std::unique_ptr<Exchange>(const HttpRequest& request, qint64 connection)>;
//! Dresses a refusal of a request that could not even be read.
using BadRequestAnswer = std::function<HttpResponse(const BadRequest&)>;

} // namespace ChatApp::Sandbox
