-- SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
-- SPDX-License-Identifier: Apache-2.0

-- The order in which uploads are sent: lower first, ties by id. Rows of the queue keep the order
-- they had, with room between them, so that a move need not write its neighbours again.
ALTER TABLE uploads ADD COLUMN queue_position INTEGER NOT NULL DEFAULT 0;

UPDATE uploads SET queue_position = id * 1048576 WHERE ended_at_ms IS NULL;

DROP INDEX uploads_unfinished;

CREATE INDEX uploads_unfinished ON uploads (queue_position, id) WHERE ended_at_ms IS NULL;
