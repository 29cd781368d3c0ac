// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/httptransport.h"

#include <QtCore/QObject>

namespace ChatApp {

//! Remembers how often a call finished, with what, and the progress that it told.
class OutcomeWatch : public QObject {
    Q_OBJECT
public:
    explicit OutcomeWatch(HttpCall* call)
    {
        connect(call, &HttpCall::finished, this, [this](const HttpOutcome& outcome) {
            ++m_count;
            m_outcome = outcome;
        });
        connect(call, &HttpCall::bodyBytesSent, this, [this](qint64 bytes) {
            m_fell = m_fell || bytes < m_bytesSent;
            m_bytesSent = bytes;
        });
    }

    int count() const { return m_count; }
    const HttpOutcome& outcome() const { return m_outcome; }
    //! 0 for an error.
    int status() const { return m_outcome.response ? m_outcome.response->status : 0; }
    //! Empty for an answer.
    QString kind() const
    {
        return m_outcome.response ? QString() : errorKindName(m_outcome.response.error().kind);
    }
    qint64 bytesSent() const { return m_bytesSent; }
    bool progressFell() const { return m_fell; }

private:
    int m_count = 0;
    HttpOutcome m_outcome;
    qint64 m_bytesSent = 0;
    bool m_fell = false;
};

} // namespace ChatApp
