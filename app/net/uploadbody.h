// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QIODevice>

#include <memory>

namespace ChatApp {

//! The body of one request as QNetworkAccessManager reads it: sequential, so that it cannot be sent
//! a second time behind our back; of exactly the announced size; and counted. Lives on the
//! transport's thread and owns the device it reads from.
class UploadBody : public QIODevice {
    Q_OBJECT
public:
    UploadBody(std::unique_ptr<QIODevice> source, qint64 size);
    ~UploadBody() override;

    bool isSequential() const override { return true; }
    bool atEnd() const override { return m_taken == m_size; }
    qint64 bytesAvailable() const override { return m_size - m_taken; }
    //! Never: this is what stops a silent second send.
    bool reset() override { return false; }

Q_SIGNALS:
    //! So many bytes have been read in all.
    void progressed(qint64 taken);
    //! The source has nothing now; it emits readyRead() when it has.
    void starved();
    //! The source failed, or ended before its size.
    void brokeOff(const QString& reason);

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char* data, qint64 maxSize) override;

private:
    std::unique_ptr<QIODevice> m_source;
    qint64 m_size;
    qint64 m_taken = 0;
};

} // namespace ChatApp
