// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/error.h"
#include "core/ids.h"

#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace ChatApp {

//! The states of one upload (design: "States of one upload"). uploadStateName() gives the names
//! that the database and the JSON output use.
enum class UploadState {
    Staged,
    Queued,
    Checking,
    Authorizing,
    Putting,
    Initiating,
    Reconciling,
    SendingParts,
    Completing,
    Verifying,
    Waiting,
    Paused,
    Cancelling,
    Done,
    Failed,
    Cancelled,
};

QString uploadStateName(UploadState state);
//! Nothing for a name that this version does not know.
std::optional<UploadState> uploadStateFromName(const QString& name);
//! Done, Failed or Cancelled: the row is history.
bool isEnded(UploadState state);

//! What an anonymous reader found behind the link.
enum class LinkState { Unchecked, Open, Private, Unreachable, WrongType };
QString linkStateName(LinkState state);
LinkState linkStateFromName(const QString& name);

//! What tells whether a file is still the same one: compared before and after every read.
struct FileIdentity {
    quint64 device = 0;
    quint64 inode = 0;
    qint64 size = 0;
    qint64 mtimeNs = 0; //!< nanoseconds since the epoch

    //! False: the file is to be taken as it is when it is next looked at.
    bool isKnown() const { return inode != 0; }

    bool operator==(const FileIdentity&) const = default;
};

//! Where an upload goes, as chosen when it was staged; names are copies, so that history still
//! reads well after an account or a space is gone. Never a secret.
struct UploadTarget {
    AccountId accountId; //!< empty: credentials come from the environment
    QString accountName;
    QString accessKeyId;
    QString endpoint; //!< CAMS endpoint: host, or http://127.0.0.1:port
    QString region; //!< OSS region set by hand; empty: found out
    SpaceId spaceId;
    QString spaceName;

    bool operator==(const UploadTarget&) const = default;
};

//! One upload as it is stored; queue and history are one table.
struct UploadRecord {
    UploadId id;
    UploadState state = UploadState::Staged;
    QString path; //!< absolute; its UTF-8 form is the file's name on disk
    QString name; //!< the file's own name, for people and search
    FileIdentity identity; //!< of the file as it was staged, or last checked
    UploadTarget target;
    QString objectName; //!< the part of the key after Dir/, fixed once
    QString contentType;
    bool replace = false; //!< the user chose to overwrite an existing object
    //! The order of sending: lower first, ties by id. Only UploadStore::insert() and setPositions()
    //! write it.
    qint64 queuePosition = 0;

    QString uploadId; //!< of the multipart upload that the server holds; empty: none
    qint64 partSize = 0; //!< bytes; with an upload id
    qint64 bytesConfirmed = 0; //!< in parts that the server acknowledged

    QString bucket;
    QString key; //!< whole object key, once the authorization named Dir
    QString url;
    std::optional<quint64> crc64; //!< of the bytes read; for Done, equal to the server's
    QString requestId; //!< OSS request id of the answer that counted
    std::optional<Error> error;
    LinkState link = LinkState::Unchecked;

    QDateTime createdAt; //!< UTC
    QDateTime startedAt; //!< first time it left the queue; invalid before
    QDateTime endedAt; //!< valid exactly if the state is an ended one (the store insists)

    bool operator==(const UploadRecord&) const = default;
};

//! Where an upload stands in the order of sending.
struct QueuePlace {
    UploadId id;
    qint64 position = 0; //!< UploadRecord::queuePosition
    qint64 size = 0; //!< of the file, where it matters

    bool operator==(const QueuePlace&) const = default;
};

//! One page of history, newest end first.
struct HistoryQuery {
    QString search{}; //!< part of a name or an error (1–2 characters: LIKE), or a whole key or URL
    std::optional<UploadState> outcome{}; //!< Done, Failed or Cancelled
    AccountId account{}; //!< empty: all
    SpaceId space{}; //!< empty: all
    int limit = 200; //!< rows; below 0: all
    //! Continue after this row of the page before (keyset paging); 0: from the start.
    qint64 afterEndedAtMs = 0;
    UploadId afterId{};
};

} // namespace ChatApp

Q_DECLARE_METATYPE(ChatApp::UploadRecord)
