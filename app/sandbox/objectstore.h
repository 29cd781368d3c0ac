// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/sandboxreport.h"
#include "sandbox/spool.h"

#include <QtCore/QMap>

namespace ChatApp::Sandbox {

//! The objects of the one bucket: an index in memory over files on disk. An object is there, whole,
//! or not at all.
class ObjectStore {
public:
    explicit ObjectStore(SpoolArea& area) : m_area(area) { }

    //! Null if there is none. Valid until the next put().
    const SandboxObject* find(const QString& key) const;
    //! Completes `object` from the body and replaces whatever had its key. False: disk trouble.
    bool put(SandboxObject object, SpoolFile& body);
    QList<SandboxObject> all() const { return m_objects.values(); }

private:
    SpoolArea& m_area;
    QMap<QString, SandboxObject> m_objects;
};

} // namespace ChatApp::Sandbox
