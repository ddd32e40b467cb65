-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT passage_postings(fts, ?2) FROM fts WHERE fts MATCH ?1
