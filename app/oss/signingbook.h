// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "oss/ossvalues.h"

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QSet>

#include <optional>

namespace ChatApp {

//! One way to sign: V4 for a region, or V1, which needs none.
struct SigningChoice {
    QString region;
    bool v1 = false;

    bool operator==(const SigningChoice&) const = default;
};

//! The bucket that a request goes to, and the region that the user set for it, if any.
struct SigningTarget {
    QString bucket;
    Endpoint endpoint;
    QString preferredRegion;
};

//! What is known of how buckets want to be signed for (design: Region). Pure state, no I/O: the
//! order in which ways are tried is decided here and nowhere else.
class SigningBook {
public:
    void setKnown(const SigningFacts& facts);

    //! The way to begin with.
    SigningChoice first(const SigningTarget& target) const;
    //! The way to try after `tried` (the last of them just now) were refused for their signature;
    //! nothing when there is no other. `namedRegion` is the one that the refusal named, or empty.
    //! V1 comes last, and never where V4 is known to work.
    std::optional<SigningChoice> next(const SigningTarget& target,
                                      const QList<SigningChoice>& tried,
                                      const QString& namedRegion);
    //! Records a way that worked; the facts to store, if that is news.
    std::optional<SigningFacts> worked(const SigningTarget& target, const SigningChoice& choice);

private:
    struct Bucket {
        std::optional<SigningChoice> known;
        QSet<QString> refusedRegions; //!< in this run
    };

    static QString nameOf(const QString& bucket, const QString& endpoint);
    Bucket bucketOf(const SigningTarget& target) const;

    QHash<QString, Bucket> m_buckets;
};

} // namespace ChatApp
