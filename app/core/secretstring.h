// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>

#include <memory>

namespace ChatApp {

//! A secret (AccessKey secret, security token) in memory. Copies share one buffer, which is wiped
//! with OPENSSL_cleanse when the last copy goes. It cannot be printed, compared with ==, or turned
//! into a QString by accident: expose() is the one way out, for signers and the secret store.
class SecretString {
public:
    SecretString() = default;
    //! Takes the bytes over and wipes `bytes` if nothing else shares its buffer.
    explicit SecretString(QByteArray&& bytes);
    //! A copy of `bytes`; the caller's buffer stays as it is.
    static SecretString copyOf(const QByteArray& bytes);

    bool isEmpty() const;
    //! A view of the bytes, without a copy; valid while this object, or a copy of it, lives.
    QByteArray expose() const;

private:
    struct Buffer;
    std::shared_ptr<const Buffer> m_buffer;
};

} // namespace ChatApp
