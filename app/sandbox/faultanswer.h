// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/httpresponse.h"
#include "sandbox/sandboxstate.h"

namespace ChatApp::Sandbox {

//! Does the fault keep the request from being carried out?
bool preventsExecution(const SandboxFault& fault);

//! What takes the place of the answer of a request that was, or was not, carried out.
HttpResponse faultAnswer(RequestContext& context, const SandboxFault& fault);

//! Spoils an answer that stays: checksums, closing, delays.
void spoilAnswer(HttpResponse& response, const SandboxFault& fault);

//! Does the fault replace the answer, rather than spoil it?
bool replacesAnswer(const SandboxFault& fault);

} // namespace ChatApp::Sandbox
