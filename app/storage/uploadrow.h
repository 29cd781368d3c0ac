// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "storage/uploadrecord.h"

#include <QtCore/QStringList>
#include <QtCore/QVariant>

QT_BEGIN_NAMESPACE
class QSqlQuery;
QT_END_NAMESPACE

namespace ChatApp {

//! Columns of the table `uploads` without the id, in the order that the two functions below share.
const QStringList& uploadColumns();
//! One value per column.
QVariantList uploadValues(const UploadRecord& record);
//! Reads a row that was selected as the id followed by uploadColumns() and queue_position, which
//! is no part of a row's update: a move must not be undone by an upload under way. StoreFailed,
//! with the reason as its message, for a row that makes no sense to this version.
Result<UploadRecord> readUpload(const QSqlQuery& row);

} // namespace ChatApp
