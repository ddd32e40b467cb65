-- SPDX-License-Identifier: GPL-3.0-or-later
-- A tie that no longer fits its hash is none.
SELECT p.* FROM repeats r JOIN documents d ON d.id = r.passage >> 24 JOIN passage_rows p ON p.id = r.original
WHERE r.passage = ?1 AND r.hash = row_hash(d.sha256, r.passage, r.original)
