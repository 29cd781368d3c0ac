// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/objectstore.h"

namespace ChatApp::Sandbox {

const SandboxObject* ObjectStore::find(const QString& key) const
{
    const auto found = m_objects.constFind(key);
    return found == m_objects.constEnd() ? nullptr : &*found;
}

bool ObjectStore::put(SandboxObject object, SpoolFile& body)
{
    object.file = m_area.newPlace();
    object.size = body.size();
    object.crc64 = body.crc64();
    object.md5 = body.md5().toHex();
    if (object.etag.isEmpty())
        object.etag = object.md5.toUpper();
    if (!body.keepAs(object.file))
        return false;
    if (const SandboxObject* previous = find(object.key)) {
        m_area.addStored(-previous->size);
        QFile::remove(previous->file);
    }
    m_objects.insert(object.key, object);
    return true;
}

} // namespace ChatApp::Sandbox
