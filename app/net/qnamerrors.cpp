// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "net/qnamerrors.h"

namespace ChatApp {

namespace {

bool isProxyError(QNetworkReply::NetworkError error)
{
    const auto number = static_cast<int>(error);
    return number > 100 && number < 200;
}

ErrorKind kindOf(const ReplyFailure& failure)
{
    if (isProxyError(failure.error))
        return ErrorKind::Proxy;

    switch (failure.error) {
    case QNetworkReply::SslHandshakeFailedError:
        return ErrorKind::Tls;
    case QNetworkReply::TimeoutError:
        return ErrorKind::Timeout;
    case QNetworkReply::OperationCanceledError:
        return ErrorKind::Cancelled;
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolInvalidOperationError:
        return ErrorKind::InvalidAnswer;
    default:
        break;
    }
    // A proxy that refuses to connect is reported with whatever socket error comes nearest.
    if (failure.viaProxy && !failure.requestTaken)
        return ErrorKind::Proxy;

    switch (failure.error) {
    case QNetworkReply::HostNotFoundError:
        return ErrorKind::Dns;
    case QNetworkReply::ConnectionRefusedError:
        return ErrorKind::ConnectionRefused;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        return ErrorKind::ConnectionLost;
    default:
        // Qt has no name for "network unreachable" and "no route to host".
        return failure.requestTaken ? ErrorKind::ConnectionLost : ErrorKind::Offline;
    }
}

} // namespace

bool isStatusError(QNetworkReply::NetworkError error, int status)
{
    if (status < 400 || error == QNetworkReply::ContentReSendError)
        return false;
    const auto number = static_cast<int>(error);
    return (number > 200 && number < 300) || (number > 400 && number < 500)
        || error == QNetworkReply::ProtocolInvalidOperationError; // Qt's name for 400 and 418
}

bool isBeforeRequest(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::HostNotFoundError
        || error == QNetworkReply::ConnectionRefusedError
        || error == QNetworkReply::SslHandshakeFailedError || isProxyError(error);
}

Error errorOfReply(const ReplyFailure& failure)
{
    Error error;
    error.kind = kindOf(failure);
    error.message = failure.text;
    if (error.kind == ErrorKind::Tls && !failure.certificateProblem.isEmpty())
        error.message = failure.certificateProblem;
    return error;
}

} // namespace ChatApp
