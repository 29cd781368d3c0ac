-- SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Version 2: uploads in parts.

-- The multipart upload that the server holds for this row; '': none. An ended row keeps it where
-- the server could not be asked to drop the parts, or where a retry goes on with them.
ALTER TABLE uploads ADD COLUMN upload_id TEXT NOT NULL DEFAULT '';

ALTER TABLE uploads ADD COLUMN part_size INTEGER NOT NULL DEFAULT 0;

CREATE INDEX uploads_abandoned ON uploads (id) WHERE upload_id <> '' AND ended_at_ms IS NOT NULL;

-- Parts that the server has acknowledged. They belong to the upload_id of their row.
CREATE TABLE parts (
    upload INTEGER NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 10000),
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,             -- without quotes: MD5 in hexadecimal
    crc64 TEXT NOT NULL,            -- of the bytes read, unsigned decimal
    PRIMARY KEY (upload, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER parts_go_with_their_upload AFTER UPDATE ON uploads
WHEN old.upload_id <> new.upload_id
BEGIN
    DELETE FROM parts WHERE upload = new.id;
END;

-- Spaces whose credentials may not begin a multipart upload: large files go there in one request.
CREATE TABLE spaces_without_multipart (
    endpoint TEXT NOT NULL,         -- of CAMS
    access_key_id TEXT NOT NULL,
    space_id TEXT NOT NULL,
    PRIMARY KEY (endpoint, access_key_id, space_id)
) STRICT, WITHOUT ROWID;
