// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/networkwatch.h"

#include <utility>

namespace ChatApp {

namespace {

// One unresolved name is a name server's bad moment.
constexpr int unresolvedForOffline = 2;

} // namespace

bool isLackOfNetwork(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Dns:
    case ErrorKind::ConnectionRefused:
    case ErrorKind::ConnectionLost:
    case ErrorKind::Proxy:
    case ErrorKind::Timeout:
    case ErrorKind::Offline:
        return true;
    default:
        return false;
    }
}

void NetworkWatch::setOffline(bool offline)
{
    if (std::exchange(m_systemOffline, offline) && !offline) {
        m_unresolved = 0;
        Q_EMIT returned();
    }
}

void NetworkWatch::answered()
{
    m_answeredBefore = true;
    if (std::exchange(m_unresolved, 0) > 0)
        Q_EMIT returned();
}

Error NetworkWatch::judge(Error error)
{
    // The page of a portal is an answer, but not of the service: there is no way to that yet.
    if (error.httpStatus != 0 && error.kind != ErrorKind::Intercepted) {
        answered();
        return error;
    }
    if (!isLackOfNetwork(error.kind))
        return error;
    if (error.kind == ErrorKind::Dns || error.kind == ErrorKind::Offline)
        ++m_unresolved;
    // A name that never resolved may be misspelt: waiting would not help it.
    const bool inferred = m_answeredBefore && m_unresolved >= unresolvedForOffline;
    if (m_systemOffline || inferred)
        error.kind = ErrorKind::Offline;
    return error;
}

} // namespace ChatApp
