-- SPDX-License-Identifier: GPL-3.0-or-later
-- The id of the next document, and the row of its first passage in the full text: behind those of the last one, however many of those there are said to be, but no more
-- than a document may have
SELECT coalesce(max(d.id), 0) + 1,
       coalesce(d.first_row, 0) + max(min(coalesce(d.passages, 0), 16777216), coalesce((SELECT max(id) & 16777215 FROM stored_passages WHERE id BETWEEN d.id << 24 AND ((d.id + 1) << 24) - 1), 0) + 1)
FROM documents d
