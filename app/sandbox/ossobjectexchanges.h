// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/ossexchange.h"

namespace ChatApp::Sandbox {

//! What PutObject and UploadPart have in common: a body of a known length that goes to the disk.
class UploadExchange : public OssExchange {
public:
    using OssExchange::OssExchange;

    //! As `x-oss-traffic-limit` asks.
    qint64 bytesPerSecond() const override { return m_bytesPerSecond; }

protected:
    std::optional<Refusal> prepare() final;
    std::optional<Refusal> take(const char* data, qint64 size) final;
    HttpResponse perform() final;

    virtual std::optional<Refusal> prepareTarget() = 0;
    //! Stores the body that has arrived. A refusal leaves the store as it was.
    virtual std::optional<Refusal> store(SpoolFile& body) = 0;

private:
    std::optional<Refusal> checkLength() const;
    std::optional<Refusal> checkTrafficLimit();
    std::optional<Refusal> openSpool();

    std::unique_ptr<SpoolFile> m_spool;
    QByteArray m_expectedMd5;
    qint64 m_bytesPerSecond = 0;
};

class PutObjectExchange final : public UploadExchange {
public:
    using UploadExchange::UploadExchange;

protected:
    std::optional<Refusal> prepareTarget() override;
    std::optional<Refusal> store(SpoolFile& body) override;
};

class UploadPartExchange final : public UploadExchange {
public:
    using UploadExchange::UploadExchange;

protected:
    std::optional<Refusal> prepareTarget() override;
    std::optional<Refusal> store(SpoolFile& body) override;

private:
    int m_number = 0;
};

//! GetObject and HeadObject.
class ReadObjectExchange final : public OssExchange {
public:
    using OssExchange::OssExchange;

protected:
    HttpResponse perform() override;

private:
    HttpResponse describe(const SandboxObject& object);
};

//! The 16 bytes that Content-MD5 announces, or an error if it announces nothing of the kind.
//! Empty without the header.
std::variant<QByteArray, Refusal> announcedMd5(const HttpRequest& request);
Refusal digestMismatch(const HttpRequest& request, const QByteArray& actual);

} // namespace ChatApp::Sandbox
