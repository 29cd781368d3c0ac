// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "oss/multipartplan.h"
#include "storage/uploadpart.h"

#include <QtCore/QList>

#include <optional>
#include <vector>

namespace ChatApp {

//! Which parts of one multipart upload are acknowledged, under way, or still to be sent. A plain
//! value; part of the UploadMachine.
class PartLedger {
public:
    PartLedger() = default;
    explicit PartLedger(MultipartPlan plan);

    const MultipartPlan& plan() const { return m_plan; }
    bool isEmpty() const { return m_parts.empty(); }

    bool hasMissing() const { return m_missing > 0; }
    //! The lowest missing part is under way from now on, as this attempt; hasMissing() holds.
    int send(int attempt);
    //! The attempt at this part is the one that is under way.
    bool isInFlight(int number, int attempt) const;
    int inFlight() const { return m_inFlight; }

    //! The server has it, whatever the ledger said before. Nothing for a part that does not fit
    //! into the plan.
    void acknowledge(const UploadPart& part);
    //! It has to be sent again; gives how often that has been said of it.
    int fail(int number);
    //! It is not under way any more; that is nobody's failure.
    void recall(int number) { markMissing(entry(number), number); }
    //! Nothing is under way any more; that is nobody's failure.
    void recallAll();

    bool isComplete() const { return !m_parts.empty() && m_missing == 0 && m_inFlight == 0; }
    qint64 confirmedBytes() const { return m_confirmed; }
    //! Ascending.
    QList<UploadPart> acknowledged() const;
    //! The CRC64 of the whole, from those of the parts; isComplete() holds.
    std::uint64_t combinedCrc64() const;

private:
    enum class Status { Missing, InFlight, Acknowledged };
    struct Entry {
        Status status = Status::Missing;
        int attempt = 0;
        int failures = 0;
        UploadPart part;
    };
    Entry& entry(int number) { return m_parts[static_cast<size_t>(number) - 1]; }
    bool has(int number) const { return number >= 1 && number <= static_cast<int>(m_parts.size()); }
    void markMissing(Entry& entry, int number);

    MultipartPlan m_plan;
    std::vector<Entry> m_parts;
    int m_missing = 0;
    int m_inFlight = 0;
    qint64 m_confirmed = 0;
    int m_firstMissing = 1; // no part below it is missing
};

} // namespace ChatApp
