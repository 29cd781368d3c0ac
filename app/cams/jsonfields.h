// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QJsonValue>
#include <QtCore/QString>

namespace ChatApp {

//! The member of that name, compared without case: the service spells its names in more than one
//! way. Undefined if there is none.
QJsonValue fieldOf(const QJsonObject& object, const char* name);

} // namespace ChatApp
