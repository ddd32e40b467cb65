-- SPDX-License-Identifier: GPL-3.0-or-later
-- From schema 4 to 5. Pull quotes of older files are tied when their document is read again.
CREATE TABLE repeats (
    passage  INTEGER PRIMARY KEY,
    original INTEGER NOT NULL,
    hash     INTEGER NOT NULL
);
