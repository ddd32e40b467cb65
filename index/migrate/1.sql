-- SPDX-License-Identifier: GPL-3.0-or-later
-- From schema 1 to 2. Tables are written as schema.sql writes them.
-- A person's marks on figures and passages, apart from what was extracted. Keyed by content and place, so that they survive a new ingest of the same file.
CREATE TABLE reviews (
    sha256 TEXT NOT NULL,                   -- of the document
    place  TEXT NOT NULL,                   -- what users' ids say behind the document: 11.3#2, 11.3
    field  TEXT NOT NULL,                   -- verdict, note
    value  TEXT NOT NULL,                   -- of a verdict: accepted, rejected
    text   TEXT NOT NULL,                   -- the figure or passage that was marked: another one at the same place is not marked
    who    TEXT NOT NULL,
    at     TEXT NOT NULL,                   -- UTC: 2026-11-25T17:03:00Z
    PRIMARY KEY (sha256, place, field)
) WITHOUT ROWID;

-- The first files of schema 1 had no such table.
CREATE TABLE IF NOT EXISTS conditions (
    name  TEXT PRIMARY KEY,                 -- sandbox
    value TEXT NOT NULL                     -- one line a person understands
) WITHOUT ROWID;
