// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/multipartstore.h"

#include "core/random.h"

namespace ChatApp::Sandbox {

namespace {

constexpr qint64 smallestPart = 100 * 1024;
constexpr qint64 copyPiece = 1024 * 1024;

bool append(const QString& path, SpoolFile& target)
{
    QFile source(path);
    if (!source.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return false;
    QByteArray piece(copyPiece, Qt::Uninitialized);
    for (;;) {
        const qint64 count = source.read(piece.data(), piece.size());
        if (count <= 0)
            return count == 0;
        if (!target.write(piece.constData(), count))
            return false;
    }
}

QByteArray multipartEtag(const QList<NamedPart>& parts)
{
    Md5 md5;
    for (const NamedPart& part : parts) {
        const QByteArray digest = QByteArray::fromHex(part.etag);
        md5.update(digest.constData(), digest.size());
    }
    return md5.result().toHex().toUpper() + '-' + QByteArray::number(parts.size());
}

} // namespace

QString MultipartStore::begin(const SandboxObject& object)
{
    QString id = QString::fromLatin1(randomNonce().toUpper());
    m_uploads.insert(id, {object, {}});
    return id;
}

bool MultipartStore::has(const QString& uploadId, const QString& key) const
{
    const auto found = m_uploads.constFind(uploadId);
    return found != m_uploads.constEnd() && found->object.key == key;
}

QList<SandboxPart> MultipartStore::parts(const QString& uploadId) const
{
    QList<SandboxPart> facts;
    const Upload upload = m_uploads.value(uploadId);
    for (const Part& part : upload.parts)
        facts.append(part.facts);
    return facts;
}

bool MultipartStore::putPart(const QString& uploadId, int number, SpoolFile& body,
                             const QDateTime& now)
{
    Part part{{number, body.size(), body.crc64(), body.md5().toHex().toUpper(), now},
              m_area.newPlace()};
    if (!body.keepAs(part.file))
        return false;
    Upload& upload = m_uploads[uploadId];
    if (upload.parts.contains(number))
        removePart(upload.parts.value(number));
    upload.parts.insert(number, part);
    return true;
}

MultipartStore::Verdict MultipartStore::check(const Upload& upload, const QList<NamedPart>& named)
{
    int previous = 0;
    for (qsizetype i = 0; i < named.size(); ++i) {
        const NamedPart& wanted = named.at(i);
        if (wanted.number <= previous)
            return Verdict::InvalidPartOrder;
        previous = wanted.number;
        const auto part = upload.parts.constFind(wanted.number);
        if (part == upload.parts.constEnd()
            || part->facts.etag.compare(wanted.etag, Qt::CaseInsensitive) != 0)
            return Verdict::InvalidPart;
        if (i + 1 < named.size() && part->facts.size < smallestPart)
            return Verdict::TooSmall;
    }
    return Verdict::Done;
}

std::unique_ptr<SpoolFile> MultipartStore::join(const Upload& upload, const QList<NamedPart>& named)
{
    // Nothing is reserved: the parts, whose bytes these are, have been counted already.
    auto whole = m_area.newFile(0);
    if (!whole->open())
        return nullptr;
    std::uint64_t combined = 0;
    for (const NamedPart& wanted : named) {
        const auto part = upload.parts.constFind(wanted.number);
        if (!append(part->file, *whole))
            return nullptr;
        combined = Crc64::combine(combined, part->facts.crc64,
                                  static_cast<std::uint64_t>(part->facts.size));
    }
    // The disk gave back what was received, or it did not.
    return combined == whole->crc64() ? std::move(whole) : nullptr;
}

MultipartStore::Verdict MultipartStore::complete(const QString& uploadId,
                                                 const QList<NamedPart>& named,
                                                 ObjectStore& objects, const QDateTime& now)
{
    const Upload upload = m_uploads.value(uploadId);
    const Verdict verdict = check(upload, named);
    if (verdict != Verdict::Done)
        return verdict;
    const auto whole = join(upload, named);
    SandboxObject object = upload.object;
    object.etag = multipartEtag(named);
    object.lastModified = now;
    if (!whole || !objects.put(object, *whole))
        return Verdict::DiskFull;
    abort(uploadId);
    return Verdict::Done;
}

void MultipartStore::abort(const QString& uploadId)
{
    const Upload upload = m_uploads.take(uploadId);
    for (const Part& part : upload.parts)
        removePart(part);
}

void MultipartStore::removePart(const Part& part)
{
    m_area.addStored(-part.facts.size);
    QFile::remove(part.file);
}

QList<SandboxUpload> MultipartStore::all() const
{
    QList<SandboxUpload> uploads;
    for (auto it = m_uploads.cbegin(); it != m_uploads.cend(); ++it)
        uploads.append({it->object.bucket, it->object.key, it.key(), parts(it.key())});
    return uploads;
}

} // namespace ChatApp::Sandbox
