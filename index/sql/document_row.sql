-- SPDX-License-Identifier: GPL-3.0-or-later
-- A row of the view without its neighbours, which are not sought then; from it a document's short id is made once for all its rows. ?1: its id
SELECT id, sha256, file_sha256, path, member, reader, size, title, authors, publisher, date, url, language, period, pages, passages, figures, intact,
       NULL AS before, NULL AS behind
FROM document_rows WHERE id = ?1
