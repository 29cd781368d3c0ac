// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/clock.h"
#include "net/httptransport.h"
#include "oss/objecturl.h"
#include "oss/ossvalues.h"

#include <QtCore/QObject>

#include <memory>

namespace ChatApp {

//! One operation under way, its repeats for the sake of the signature included. Lives on the engine
//! thread, owned by the OssClient; it deletes itself after finished(). finished() comes exactly
//! once, never from within the method that began the call; when the client is destroyed first, from
//! its destructor, with Cancelled.
class OssCall : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    //! Ends the call with Cancelled, if it has not ended; finished() follows, queued.
    virtual void abort() = 0;

Q_SIGNALS:
    //! Bytes of the body handed to the socket; starts again from 0 when the request has to be
    //! signed anew and is repeated.
    void bodyBytesSent(qint64 bytes);
    void finished(const ChatApp::OssOutcome& outcome);
};

//! Object storage operations of one upload. Lives on the engine thread, borrows transport and
//! clock. Signs when it sends, with a clock corrected from the answers' Date: V4 with the region
//! that the endpoint's host names, else the target's preferred one, else the default, else the one
//! that a refusal names; V1 only where V4 was refused and nothing better was named. What worked is
//! remembered per bucket and endpoint. A refused clock and a refused region or signature family are
//! repeated here; every other error is reported, and repeating it is the caller's policy.
class OssClient : public QObject {
    Q_OBJECT
public:
    OssClient(HttpTransport& transport, const Clock& clock, QObject* parent = nullptr);
    ~OssClient() override;

    //! What was learnt in an earlier run. Used first, and given up if it is refused.
    void setKnown(const SigningFacts& facts);

    //! ObjectExists if `forbidOverwrite` and the key is taken.
    OssCall* put(const OssTarget& target, OssBody body, bool forbidOverwrite);
    //! A missing object is the error Rejected with status 404 (code NoSuchKey).
    OssCall* head(const OssTarget& target);
    //! Unsigned GET of bytes 0-0, as a reader of the link would do it: an answer of any status from
    //! 200 to 599 is a success here, and the caller judges it: `refusal` tells why it is none.
    OssCall* anonymousProbe(const ObjectUrl& url);

    OssCall* initiate(const OssTarget& target, const QByteArray& contentType, bool forbidOverwrite);
    OssCall* uploadPart(const OssTarget& target, const QString& uploadId, int number, OssBody body);
    //! One page (1,000) of the parts after number `marker`.
    OssCall* listParts(const OssTarget& target, const QString& uploadId, int marker = 0);
    OssCall* complete(const OssTarget& target, const QString& uploadId, const QList<OssPart>& parts,
                      bool forbidOverwrite);
    OssCall* abortUpload(const OssTarget& target, const QString& uploadId);

Q_SIGNALS:
    //! A bucket's signing facts were found, or changed: worth storing for the next run.
    void signingLearnt(const ChatApp::SigningFacts& facts);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ChatApp
