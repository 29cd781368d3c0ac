// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtNetwork/QSslConfiguration>

namespace ChatApp {

//! A certificate and its private key, PEM.
struct TestCertificate {
    QByteArray certificate;
    QByteArray key;
};

//! A certificate authority of its own for each test run.
TestCertificate makeTestCa(const QByteArray& name);
//! Signed by `ca`, valid for `subjectAltName` ("IP:127.0.0.1", "DNS:example.com"); expired if
//! asked.
TestCertificate makeTestServerCertificate(const TestCertificate& ca,
                                          const QByteArray& subjectAltName, bool expired = false);
//! For a server that shows this certificate.
QSslConfiguration serverTlsConfiguration(const TestCertificate& certificate);

} // namespace ChatApp
