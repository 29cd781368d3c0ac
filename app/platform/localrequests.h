// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/requestlistener.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <chrono>
#include <memory>

QT_BEGIN_NAMESPACE
class QLocalServer;
class QLocalSocket;
QT_END_NAMESPACE

namespace ChatApp {

//! Bounds of one exchange; tests have less patience.
struct LocalRequestTimes {
    std::chrono::milliseconds request{10'000}; //!< until the line has arrived
    std::chrono::milliseconds answer{60'000}; //!< until its answer has: files are looked at first
};

//! Requests over a local socket. Its place is a hashed name in the user's runtime folder (else in
//! the folder for temporary files): the path of a profile may be longer than a socket's can. The
//! file "requests.address" in the state folder names it. Other users are turned away.
class LocalRequestListener final : public QObject, public RequestListener {
    Q_OBJECT
public:
    explicit LocalRequestListener(const LocalRequestTimes& times = {}, QObject* parent = nullptr);
    ~LocalRequestListener() override;

    Result<void> listen(const QString& stateFolder, Handler handler) override;
    void close() override;

private:
    void accept();
    void serve(QLocalSocket* socket);

    const LocalRequestTimes m_times;
    std::unique_ptr<QLocalServer> m_server;
    Handler m_handler;
    QString m_addressFile;
    int m_open = 0; //!< connections
};

//! Sends one line to the process that listens for the profile of `stateFolder`; the future ends
//! with its answer, without the end of line. Errors: ConnectionRefused (nobody listens: nothing was
//! sent), ConnectionLost and Timeout (whether it was carried out is not known).
QFuture<Result<QByteArray>> sendLocalRequest(const QString& stateFolder, const QByteArray& line,
                                             QObject* context, const LocalRequestTimes& times = {});

//! Whether a connected local socket's other end belongs to the user that we run as.
bool isPeerOurUser(qintptr socket);

} // namespace ChatApp
