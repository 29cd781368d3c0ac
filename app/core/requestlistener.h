// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <functional>

namespace ChatApp {

//! The longest request or answer, in bytes, with its end of line.
inline constexpr qsizetype maxRequestBytes = 1024 * 1024;

//! Takes requests of one line each from other processes of the same user, for the process that
//! holds a profile. Lives on the main thread.
class RequestListener {
public:
    //! To be called once, at any time, with one line; without effect if the other side has gone.
    using Respond = std::function<void(const QByteArray& answer)>;
    using Handler = std::function<void(const QByteArray& request, const Respond& respond)>;

    RequestListener() = default;
    RequestListener(const RequestListener&) = delete;
    RequestListener& operator=(const RequestListener&) = delete;
    virtual ~RequestListener() = default;

    //! `stateFolder` is that of the profile, whose lock the caller holds: others find the way
    //! through it. Error: Internal, nobody can reach us then.
    virtual Result<void> listen(const QString& stateFolder, Handler handler) = 0;
    //! Takes no more requests; those that came before can still be answered.
    virtual void close() = 0;
};

} // namespace ChatApp
