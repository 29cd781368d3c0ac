// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "storage/uploadrecord.h"

#include <array>

namespace ChatApp {

namespace {

struct StateName {
    UploadState value;
    const char* name;
};

struct LinkName {
    LinkState value;
    const char* name;
};

constexpr std::array uploadStateNames{
    StateName{UploadState::Staged, "staged"},
    StateName{UploadState::Queued, "queued"},
    StateName{UploadState::Checking, "checking"},
    StateName{UploadState::Authorizing, "authorizing"},
    StateName{UploadState::Putting, "putting"},
    StateName{UploadState::Initiating, "initiating"},
    StateName{UploadState::Reconciling, "reconciling"},
    StateName{UploadState::SendingParts, "sendingParts"},
    StateName{UploadState::Completing, "completing"},
    StateName{UploadState::Verifying, "verifying"},
    StateName{UploadState::Waiting, "waiting"},
    StateName{UploadState::Paused, "paused"},
    StateName{UploadState::Cancelling, "cancelling"},
    StateName{UploadState::Done, "done"},
    StateName{UploadState::Failed, "failed"},
    StateName{UploadState::Cancelled, "cancelled"},
};
static_assert(uploadStateNames.size() == static_cast<size_t>(UploadState::Cancelled) + 1,
              "every state has a name");

constexpr std::array linkStateNames{
    LinkName{LinkState::Unchecked, "unchecked"}, LinkName{LinkState::Open, "open"},
    LinkName{LinkState::Private, "private"},     LinkName{LinkState::Unreachable, "unreachable"},
    LinkName{LinkState::WrongType, "wrongType"},
};
static_assert(linkStateNames.size() == static_cast<size_t>(LinkState::WrongType) + 1,
              "every state has a name");

template <typename Table, typename T>
QString nameOf(const Table& table, T value)
{
    for (const auto& entry : table) {
        if (entry.value == value)
            return QString::fromLatin1(entry.name);
    }
    return {};
}

} // namespace

QString uploadStateName(UploadState state)
{
    return nameOf(uploadStateNames, state);
}

std::optional<UploadState> uploadStateFromName(const QString& name)
{
    for (const auto& entry : uploadStateNames) {
        if (name == QLatin1String(entry.name))
            return entry.value;
    }
    return std::nullopt;
}

bool isEnded(UploadState state)
{
    return state == UploadState::Done || state == UploadState::Failed
        || state == UploadState::Cancelled;
}

QString linkStateName(LinkState state)
{
    return nameOf(linkStateNames, state);
}

LinkState linkStateFromName(const QString& name)
{
    for (const auto& entry : linkStateNames) {
        if (name == QLatin1String(entry.name))
            return entry.value;
    }
    return LinkState::Unchecked;
}

} // namespace ChatApp
