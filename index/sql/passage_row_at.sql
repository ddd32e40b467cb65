-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1, ?2: the ids of the document's first and last passage; ?3: page or NULL; ?4: place on it
SELECT * FROM passage_rows WHERE id BETWEEN ?1 AND ?2 AND page IS ?3 AND number = ?4
