-- SPDX-License-Identifier: GPL-3.0-or-later
-- The row of the view document_rows without its neighbours, from which its short id is made once for all rows of the document. ?1: its id
SELECT d.id, d.sha256, d.file_sha256, d.path, d.member, d.reader, d.size,
       coalesce((SELECT value FROM corrections c WHERE c.sha256 = d.sha256 AND field = 'title'), d.title) AS title,
       coalesce((SELECT value FROM corrections c WHERE c.sha256 = d.sha256 AND field = 'authors'), d.authors) AS authors,
       coalesce((SELECT value FROM corrections c WHERE c.sha256 = d.sha256 AND field = 'publisher'), d.publisher) AS publisher,
       coalesce((SELECT value FROM corrections c WHERE c.sha256 = d.sha256 AND field = 'date'), d.date) AS date,
       coalesce((SELECT value FROM corrections c WHERE c.sha256 = d.sha256 AND field = 'url'), d.url) AS url,
       coalesce((SELECT value FROM corrections c WHERE c.sha256 = d.sha256 AND field = 'language'), d.language) AS language,
       d.period, d.pages, d.passages, d.figures,
       d.hash = row_hash(d.sha256, d.file_sha256, d.path, d.member, d.size, d.title, d.authors, d.publisher, d.date, d.url, d.language, d.period)
           AND d.first_hash = row_hash(d.sha256, d.first_row) AS intact,
       NULL AS before, NULL AS behind
FROM documents d WHERE d.id = ?1
