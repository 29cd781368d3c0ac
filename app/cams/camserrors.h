// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"
#include "net/httptransport.h"

#include <QtCore/QJsonObject>

namespace ChatApp {

//! What a code of the service means (protocol notes 1.3). Unknown codes are judged by the status.
//! Pure.
ErrorKind camsErrorKind(const QString& code, const QString& message, int httpStatus);

//! The JSON object of an answer that means success, or the Error that it tells: a status or a Code
//! that is not OK, an answer that is not the service's. Its message holds no string to sign. Pure.
Result<QJsonObject> readCamsAnswer(const HttpResponse& response);

} // namespace ChatApp
