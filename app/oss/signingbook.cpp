// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/signingbook.h"

#include "oss/ossregion.h"

namespace ChatApp {

namespace {

QString endpointName(const SigningTarget& target)
{
    return QString::fromLatin1(target.endpoint.authority());
}

//! Without anything learnt: the host's region, the user's, the default.
QString regionByRule(const SigningTarget& target)
{
    QString named = regionOfHost(target.endpoint.host);
    if (!named.isEmpty())
        return named;
    return target.preferredRegion.isEmpty() ? defaultRegion : target.preferredRegion;
}

} // namespace

QString SigningBook::nameOf(const QString& bucket, const QString& endpoint)
{
    return bucket + QLatin1Char('@') + endpoint;
}

SigningBook::Bucket SigningBook::bucketOf(const SigningTarget& target) const
{
    return m_buckets.value(nameOf(target.bucket, endpointName(target)));
}

void SigningBook::setKnown(const SigningFacts& facts)
{
    if (facts.region.isEmpty() && !facts.v1Only)
        return;
    m_buckets[nameOf(facts.bucket, facts.endpoint)].known =
        SigningChoice{facts.v1Only ? QString() : facts.region, facts.v1Only};
}

SigningChoice SigningBook::first(const SigningTarget& target) const
{
    const Bucket bucket = bucketOf(target);
    SigningChoice byRule{regionByRule(target), false};
    if (!bucket.known)
        return byRule;
    // A region that the user has set since then may be what V4 was missing.
    if (bucket.known->v1 && !target.preferredRegion.isEmpty()
        && !bucket.refusedRegions.contains(byRule.region))
        return byRule;
    return *bucket.known;
}

std::optional<SigningChoice> SigningBook::next(const SigningTarget& target,
                                               const QList<SigningChoice>& tried,
                                               const QString& namedRegion)
{
    Bucket& bucket = m_buckets[nameOf(target.bucket, endpointName(target))];
    if (!tried.constLast().v1)
        bucket.refusedRegions.insert(tried.constLast().region);

    QList<SigningChoice> candidates;
    // Perhaps another request has found the way meanwhile.
    if (bucket.known)
        candidates.append(*bucket.known);
    if (!namedRegion.isEmpty())
        candidates.append({namedRegion, false});
    if (!bucket.known || bucket.known->v1)
        candidates.append({regionByRule(target), false});
    if (!bucket.known)
        candidates.append({QString(), true});
    for (const SigningChoice& candidate : candidates) {
        if (!tried.contains(candidate))
            return candidate;
    }
    return std::nullopt;
}

std::optional<SigningFacts> SigningBook::worked(const SigningTarget& target,
                                                const SigningChoice& choice)
{
    Bucket& bucket = m_buckets[nameOf(target.bucket, endpointName(target))];
    if (bucket.known == choice)
        return std::nullopt;
    // V4 has worked here; that one request got through with V1 does not make it worse.
    if (bucket.known && !bucket.known->v1 && choice.v1)
        return std::nullopt;
    bucket.known = choice;
    return SigningFacts{.bucket = target.bucket,
                        .endpoint = endpointName(target),
                        .region = choice.region,
                        .v1Only = choice.v1};
}

} // namespace ChatApp
