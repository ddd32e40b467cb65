-- SPDX-License-Identifier: GPL-3.0-or-later
-- From schema 3 to 4.
-- What a document is known by elsewhere, as it prints it.
CREATE TABLE identifiers (
    document INTEGER NOT NULL,
    scheme   TEXT NOT NULL,                 -- symbol: what its organisation numbers it by (A/HRC/59/25)
    value    TEXT NOT NULL,
    hash     INTEGER NOT NULL,
    PRIMARY KEY (document, scheme)
) WITHOUT ROWID;
