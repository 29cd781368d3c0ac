// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/multipartplan.h"

#include <algorithm>

namespace ChatApp {

namespace {

qint64 dividedUp(qint64 value, qint64 by)
{
    return (value + by - 1) / by;
}

} // namespace

qint64 MultipartPlan::choosePartSize(qint64 fileSize, qint64 smallest)
{
    constexpr qint64 mebibyte = 1024LL * 1024;
    const qint64 needed = dividedUp(fileSize, maxParts);
    return needed <= smallest ? smallest : dividedUp(needed, mebibyte) * mebibyte;
}

int MultipartPlan::count() const
{
    return m_partSize > 0 ? static_cast<int>(dividedUp(m_fileSize, m_partSize)) : 0;
}

qint64 MultipartPlan::size(int number) const
{
    if (number < 1 || number > count())
        return 0;
    return std::min(m_partSize, m_fileSize - offset(number));
}

} // namespace ChatApp
