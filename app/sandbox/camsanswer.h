// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/httpresponse.h"
#include "sandbox/refusal.h"
#include "sandbox/sandboxstate.h"

#include <QtCore/QJsonObject>

namespace ChatApp::Sandbox {

//! A JSON answer of the OpenAPI gateway; RequestId is added to `body`.
HttpResponse camsAnswer(RequestContext& context, int status, QJsonObject body);
HttpResponse camsRefusal(RequestContext& context, const Refusal& refusal);

} // namespace ChatApp::Sandbox
