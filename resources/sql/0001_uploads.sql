-- SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The profile's database, version 1. This file is an interface: scripts may read these tables.
--
-- How these files work: resources/sql/NNNN_name.sql takes a database from version NNNN-1 to NNNN;
-- PRAGMA user_version holds the version. A released file is never changed, a new one is added. Each
-- file runs in one transaction. Statements are separated by a blank line, and no statement has a
-- blank line inside (QSqlQuery takes one statement at a time).
--
-- Conventions: times are milliseconds since 1970-01-01 UTC; sizes are bytes; text that is not known
-- is '' where the column is NOT NULL, NULL elsewhere. No key, token or signed URL is ever stored:
-- access_key_id is the public half, secrets are in the system's secret store.

-- Queue and history in one table: history is the rows with ended_at_ms. Rows keep copies of the
-- names of account and space, so that history still reads well after these are gone: there is no
-- foreign key on purpose. Ids are never used again (AUTOINCREMENT): a late answer about a removed
-- upload cannot meet a new one.
CREATE TABLE uploads (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- staged queued checking authorizing putting initiating reconciling sendingParts completing
    -- verifying waiting paused cancelling | ended: done failed cancelled. No CHECK on the list: a
    -- state that this version does not know costs its own row only.
    state TEXT NOT NULL,
    path TEXT NOT NULL,             -- absolute; its UTF-8 form is the name on disk
    name TEXT NOT NULL,             -- last part of path, for people and search
    file_device INTEGER NOT NULL,   -- with the next three: is it still the same file?
    file_inode INTEGER NOT NULL,    -- device and inode: unsigned 64 bits as two's complement
    file_size INTEGER NOT NULL,
    file_mtime_ns INTEGER NOT NULL, -- nanoseconds since 1970-01-01 UTC
    account_id TEXT NOT NULL,       -- '': credentials came from the environment
    account_name TEXT NOT NULL,
    access_key_id TEXT NOT NULL,
    endpoint TEXT NOT NULL,         -- CAMS endpoint as it was set then: host or URL
    region TEXT NOT NULL,           -- OSS region set by hand; '': found out
    space_id TEXT NOT NULL,
    space_name TEXT NOT NULL,
    object_name TEXT NOT NULL,      -- the part of the key after the space's folder, fixed once
    content_type TEXT NOT NULL,
    replace_existing INTEGER NOT NULL CHECK (replace_existing IN (0, 1)),
    bucket TEXT NOT NULL,
    object_key TEXT,                -- whole object key; NULL until the authorization named a folder
    url TEXT,                       -- the link, never signed; NULL until known
    crc64 TEXT,                     -- CRC-64/XZ of the bytes read, unsigned decimal, as OSS writes it
    request_id TEXT NOT NULL,       -- OSS request id of the answer that counted
    error_kind TEXT,                -- NULL: no error, and then the other error_ columns mean nothing
    error_code TEXT NOT NULL,       -- the service's own code
    error_message TEXT NOT NULL,
    error_http_status INTEGER NOT NULL,
    error_request_id TEXT NOT NULL,
    error_ec TEXT NOT NULL,
    error_retry_after_ms INTEGER,
    link TEXT NOT NULL,             -- unchecked open private unreachable wrongType
    created_at_ms INTEGER NOT NULL,
    started_at_ms INTEGER,          -- NULL until it first left the queue
    ended_at_ms INTEGER,
    CONSTRAINT ended_rows_have_an_end
        CHECK ((state IN ('done', 'failed', 'cancelled')) = (ended_at_ms IS NOT NULL))
) STRICT;

CREATE INDEX uploads_unfinished ON uploads (id) WHERE ended_at_ms IS NULL;

-- One per filter of the history, each in the order of its pages.
CREATE INDEX uploads_ended ON uploads (ended_at_ms, id) WHERE ended_at_ms IS NOT NULL;

CREATE INDEX uploads_account ON uploads (account_id, ended_at_ms, id)
    WHERE ended_at_ms IS NOT NULL;

CREATE INDEX uploads_space ON uploads (space_id, ended_at_ms, id) WHERE ended_at_ms IS NOT NULL;

CREATE INDEX uploads_outcome ON uploads (state, ended_at_ms, id) WHERE ended_at_ms IS NOT NULL;

-- For pasted keys and links.
CREATE INDEX uploads_key ON uploads (object_key) WHERE object_key IS NOT NULL;

CREATE INDEX uploads_url ON uploads (url) WHERE url IS NOT NULL;

-- Full text over what people search for by parts: name and error. The text itself stays in the
-- table above; the triggers keep the index in step. Trigrams find any part of three characters or
-- more, in every script and without case.
CREATE VIRTUAL TABLE uploads_text USING fts5(
    name, error_code, error_message,
    content = 'uploads', content_rowid = 'id', tokenize = 'trigram'
);

CREATE TRIGGER uploads_text_insert AFTER INSERT ON uploads BEGIN
    INSERT INTO uploads_text (rowid, name, error_code, error_message)
    VALUES (new.id, new.name, new.error_code, new.error_message);
END;

CREATE TRIGGER uploads_text_delete AFTER DELETE ON uploads BEGIN
    INSERT INTO uploads_text (uploads_text, rowid, name, error_code, error_message)
    VALUES ('delete', old.id, old.name, old.error_code, old.error_message);
END;

-- Most updates change neither name nor error, and must not pay for the index.
CREATE TRIGGER uploads_text_update AFTER UPDATE ON uploads
WHEN old.name <> new.name OR old.error_code <> new.error_code
    OR old.error_message <> new.error_message
BEGIN
    INSERT INTO uploads_text (uploads_text, rowid, name, error_code, error_message)
    VALUES ('delete', old.id, old.name, old.error_code, old.error_message);
    INSERT INTO uploads_text (rowid, name, error_code, error_message)
    VALUES (new.id, new.name, new.error_code, new.error_message);
END;

-- What was learnt about a bucket and holds for later uploads.
CREATE TABLE buckets (
    bucket TEXT PRIMARY KEY,
    endpoint TEXT NOT NULL,         -- OSS endpoint host the facts were learnt at
    region TEXT NOT NULL,           -- that V4 signatures worked with; '': only V1 worked
    v1_only INTEGER NOT NULL CHECK (v1_only IN (0, 1))
) STRICT;

-- A RAM AccessKey without its secret. An account that lives for one session only is never here.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY,            -- a UUID; also the key under which the secret store has the secret
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    access_key_id TEXT NOT NULL CHECK (access_key_id <> ''),
    endpoint TEXT NOT NULL CHECK (endpoint <> ''),
    region TEXT NOT NULL,
    secret_backend TEXT NOT NULL,   -- the secret store seen last: explains a secret that vanished
    created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE spaces (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id TEXT NOT NULL CHECK (id <> ''), -- CustSpaceId, the service's
    name TEXT NOT NULL,
    last_used_at_ms INTEGER,        -- NULL: never
    PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;
