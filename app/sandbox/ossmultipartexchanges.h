// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/ossexchange.h"

namespace ChatApp::Sandbox {

class InitiateExchange final : public OssExchange {
public:
    using OssExchange::OssExchange;

protected:
    std::optional<Refusal> prepare() override;
    HttpResponse perform() override;
};

class ListPartsExchange final : public OssExchange {
public:
    using OssExchange::OssExchange;

protected:
    std::optional<Refusal> prepare() override;
    HttpResponse perform() override;

private:
    int m_maxParts = 1000;
    int m_marker = 0;
};

//! Its body, a list of at most 10,000 parts, is the one body that is held in memory.
class CompleteExchange final : public OssExchange {
public:
    using OssExchange::OssExchange;

protected:
    std::optional<Refusal> prepare() override;
    std::optional<Refusal> take(const char* data, qint64 size) override;
    HttpResponse perform() override;

private:
    std::optional<Refusal> checkDigest() const;

    QByteArray m_document;
};

class AbortExchange final : public OssExchange {
public:
    using OssExchange::OssExchange;

protected:
    std::optional<Refusal> prepare() override { return checkUploadId(); }
    HttpResponse perform() override;
};

} // namespace ChatApp::Sandbox
