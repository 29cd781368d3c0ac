// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/clock.h"
#include "core/retrypolicy.h"
#include "oss/multipartlimits.h"

#include <QtCore/QString>

#include <functional>

namespace ChatApp {

class AuthorizationBroker;
class Bandwidth;
class FileWorker;
class NetworkWatch;
class OssClient;
class RequestBudget;
class SpaceMemory;
class UploadStore;

//! What uploads work with, borrowed: all of it outlives them. Belongs to the engine thread.
struct UploadServices {
    const Clock& clock;
    AuthorizationBroker& broker;
    OssClient& oss;
    UploadStore& store;
    FileWorker& files;
    RequestBudget& budget;
    SpaceMemory& spaces;
    Bandwidth& bandwidth; //!< of all bodies together
    NetworkWatch& network;
    RetryPolicy retry;
    MultipartLimits multipart;
    std::function<QString()> nameTemplate; //!< the setting, as it now is
};

} // namespace ChatApp
