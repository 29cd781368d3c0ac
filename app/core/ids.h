// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QHashFunctions>
#include <QtCore/QMetaType>
#include <QtCore/QString>

namespace ChatApp {

//! A string or number that names one kind of thing and does not mix with the others.
template <typename Tag, typename T>
struct StrongId {
    T value{};

    // clang-tidy 14 takes the zero of a defaulted comparison for a null pointer.
    auto operator<=>(const StrongId&) const = default; // NOLINT(modernize-use-nullptr)
    bool operator==(const StrongId&) const = default;
};

template <typename Tag, typename T>
size_t qHash(const StrongId<Tag, T>& id, size_t seed = 0)
{
    return ::qHash(id.value, seed);
}

using AccountId = StrongId<struct AccountTag, QString>; //!< UUID without braces, ours
using SpaceId = StrongId<struct SpaceTag, QString>; //!< CustSpaceId, the service's
using UploadId = StrongId<struct UploadTag, qint64>; //!< row id in the store; 0 is no upload

} // namespace ChatApp

template <typename Tag, typename T>
struct std::hash<ChatApp::StrongId<Tag, T>> {
    size_t operator()(const ChatApp::StrongId<Tag, T>& id) const noexcept { return qHash(id); }
};

Q_DECLARE_METATYPE(ChatApp::AccountId)
Q_DECLARE_METATYPE(ChatApp::SpaceId)
Q_DECLARE_METATYPE(ChatApp::UploadId)
