-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1, ?2: the ids of the document's first and last passage
SELECT text, page, page_end FROM passages WHERE id BETWEEN ?1 AND ?2 ORDER BY id
