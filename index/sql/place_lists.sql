-- SPDX-License-Identifier: GPL-3.0-or-later
-- place_passages.sql, a list for each name and document. 1 type of places, 2 code or NULL, 3 the code with "-%", 4 name
SELECT m.document, m.passages
FROM names n JOIN stored_mentions m ON m.name = n.id
WHERE n.type = ?1 AND ((?2 IS NOT NULL AND (n.code = ?2 OR n.code LIKE ?3)) OR n.name = ?4)
