// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace ChatApp {

//! Tried when nothing else names a region.
inline const QString defaultRegion = QStringLiteral("ap-southeast-1");

//! The region that an OSS endpoint's host names (protocol notes 3.4), e.g. `ap-southeast-1`; empty
//! where it names none (accelerated and custom domains, IP addresses, CloudBox). A leading bucket
//! label is skipped. Pure.
QString regionOfHost(const QByteArray& host);

} // namespace ChatApp
