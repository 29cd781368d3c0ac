// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sandbox/objectstore.h"

namespace ChatApp::Sandbox {

//! A line of a CompleteMultipartUpload request.
struct NamedPart {
    int number = 0;
    QByteArray etag; //!< without quotes
};

//! Multipart uploads that are under way, their parts in files of their own.
class MultipartStore {
public:
    enum class Verdict { Done, InvalidPart, InvalidPartOrder, TooSmall, DiskFull };

    explicit MultipartStore(SpoolArea& area) : m_area(area) { }

    //! `object` carries what the object will be: key, type, ACL, stored headers. Returns the id.
    QString begin(const SandboxObject& object);
    bool has(const QString& uploadId, const QString& key) const;
    //! The parts that are there, ascending.
    QList<SandboxPart> parts(const QString& uploadId) const;
    //! Replaces a part of the same number. False: disk trouble.
    bool putPart(const QString& uploadId, int number, SpoolFile& body, const QDateTime& now);
    //! Joins the named parts into an object; only Done changes anything.
    Verdict complete(const QString& uploadId, const QList<NamedPart>& named, ObjectStore& objects,
                     const QDateTime& now);
    void abort(const QString& uploadId);
    QList<SandboxUpload> all() const;

private:
    struct Part {
        SandboxPart facts;
        QString file;
    };
    struct Upload {
        SandboxObject object;
        QMap<int, Part> parts;
    };

    static Verdict check(const Upload& upload, const QList<NamedPart>& named);
    std::unique_ptr<SpoolFile> join(const Upload& upload, const QList<NamedPart>& named);
    void removePart(const Part& part);

    SpoolArea& m_area;
    QMap<QString, Upload> m_uploads;
};

} // namespace ChatApp::Sandbox
