// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/partledger.h"

#include "core/crc64.h"

#include <algorithm>

namespace ChatApp {

PartLedger::PartLedger(MultipartPlan plan)
    : m_plan(plan)
    , m_parts(static_cast<size_t>(plan.count()))
    , m_missing(plan.count())
{
}

int PartLedger::send(int attempt)
{
    int number = m_firstMissing;
    while (entry(number).status != Status::Missing)
        ++number;
    m_firstMissing = number + 1;
    Entry& part = entry(number);
    part.status = Status::InFlight;
    part.attempt = attempt;
    --m_missing;
    ++m_inFlight;
    return number;
}

bool PartLedger::isInFlight(int number, int attempt) const
{
    if (!has(number))
        return false;
    const Entry& part = m_parts[static_cast<size_t>(number) - 1];
    return part.status == Status::InFlight && part.attempt == attempt;
}

void PartLedger::acknowledge(const UploadPart& part)
{
    if (!has(part.number) || part.size != m_plan.size(part.number))
        return;
    Entry& own = entry(part.number);
    switch (own.status) {
    case Status::Missing:
        --m_missing;
        break;
    case Status::InFlight:
        --m_inFlight;
        break;
    case Status::Acknowledged:
        m_confirmed -= own.part.size;
        break;
    }
    own.status = Status::Acknowledged;
    own.failures = 0;
    own.part = part;
    m_confirmed += part.size;
}

void PartLedger::markMissing(Entry& entry, int number)
{
    entry.status = Status::Missing;
    --m_inFlight;
    ++m_missing;
    m_firstMissing = std::min(m_firstMissing, number);
}

int PartLedger::fail(int number)
{
    Entry& part = entry(number);
    markMissing(part, number);
    return ++part.failures;
}

void PartLedger::recallAll()
{
    for (int number = 1; m_inFlight > 0; ++number) {
        if (Entry& part = entry(number); part.status == Status::InFlight)
            markMissing(part, number);
    }
}

QList<UploadPart> PartLedger::acknowledged() const
{
    QList<UploadPart> parts;
    for (const Entry& part : m_parts) {
        if (part.status == Status::Acknowledged)
            parts.append(part.part);
    }
    return parts;
}

std::uint64_t PartLedger::combinedCrc64() const
{
    std::uint64_t crc = 0;
    for (const Entry& part : m_parts)
        crc = Crc64::combine(crc, part.part.crc64, static_cast<std::uint64_t>(part.part.size));
    return crc;
}

} // namespace ChatApp
