-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO fts (fts, rowid, text) VALUES ('delete', ?1, ?2)
