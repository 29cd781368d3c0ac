// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "engine/historyreader.h"

namespace ChatApp {

HistoryReader::HistoryReader(const ProfilePaths& paths)
    : m_database(paths.databaseFile(), Database::Mode::Reader)
    , m_store(m_database)
{
}

QFuture<Result<void>> HistoryReader::open()
{
    return m_database.open().then(QtFuture::Launch::Sync,
                                  [](const Result<Database::OpenReport>& report) -> Result<void> {
                                      if (!report)
                                          return report.error();
                                      return {};
                                  });
}

QFuture<Result<QList<UploadRecord>>> HistoryReader::unfinished()
{
    return m_store.unfinished();
}

QFuture<Result<QList<UploadRecord>>> HistoryReader::history(const HistoryQuery& query)
{
    return m_store.history(query);
}

} // namespace ChatApp
