-- SPDX-License-Identifier: GPL-3.0-or-later
-- How many segments of a level are merged at a time: as many as FTS5 would by itself (automerge, in schema.sql). Older files of this schema do not say so.
INSERT INTO fts (fts, rank) SELECT 'usermerge', 8 WHERE NOT EXISTS (SELECT 1 FROM fts_config WHERE k = 'usermerge')
