// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QtGlobal>

namespace ChatApp {

//! How a file is cut into the parts of a multipart upload: all of one size, the last one what is
//! left. Sizes and offsets are bytes, numbers begin with 1. A plain value.
class MultipartPlan {
public:
    //! OSS takes 10,000 parts, of 100 KiB (but the last) to 5 GiB.
    static constexpr int maxParts = 10'000;
    static constexpr qint64 minPartSize = 100LL * 1024;

    MultipartPlan() = default;
    //! `fileSize` at least 1; `partSize` as choosePartSize() gave it, maybe in an earlier run.
    MultipartPlan(qint64 fileSize, qint64 partSize) : m_fileSize(fileSize), m_partSize(partSize) { }

    //! max(`smallest`, fileSize / 10,000 rounded up to a whole MiB).
    static qint64 choosePartSize(qint64 fileSize, qint64 smallest);

    qint64 fileSize() const { return m_fileSize; }
    //! 0 for a plan of nothing.
    int count() const;
    qint64 offset(int number) const { return (number - 1) * m_partSize; }
    //! 0 if there is no such part.
    qint64 size(int number) const;

private:
    qint64 m_fileSize = 0;
    qint64 m_partSize = 0;
};

} // namespace ChatApp
