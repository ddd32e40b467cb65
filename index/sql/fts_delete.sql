-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO fts (fts, rowid, text, tags) VALUES ('delete', ?1, ?2, ?3)
