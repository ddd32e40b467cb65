-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO fts (rowid, text) VALUES (?1, ?2)
