-- SPDX-License-Identifier: GPL-3.0-or-later
-- The words of the full text from ?1 to before ?2 (postings.c makes temp.fts_words)
SELECT term FROM temp.fts_words WHERE term >= ?1 AND term < ?2
