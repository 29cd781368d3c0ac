// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/httpresponse.h"
#include "sandbox/refusal.h"
#include "sandbox/sandboxstate.h"

namespace ChatApp::Sandbox {

QByteArray xmlEscape(const QByteArray& text);

//! An empty answer of OSS with the headers that all of them have.
HttpResponse ossAnswer(RequestContext& context, int status = 200);
//! An XML document, or for HEAD the same in base64 in `x-oss-err`.
HttpResponse ossRefusal(RequestContext& context, const Refusal& refusal);
//! The document of a refusal.
QByteArray ossErrorXml(const RequestContext& context, const Refusal& refusal);

} // namespace ChatApp::Sandbox
