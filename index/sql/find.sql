-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT rowid, passage_rank(fts, ?2) FROM fts WHERE fts MATCH ?1
