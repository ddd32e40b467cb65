-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?15: the document's sha256; ?16 to ?19: page_end, after, source_first and source_after, as the view shows them
INSERT INTO stored_passages (id, page, page_more, number, first, source_first, source_after, zone, flags, heading, figure, figures, text, lines, hash)
VALUES (?1, ?2, ?3, CASE ?4 WHEN (?1 & 16777215) + 1 THEN 0 ELSE ?4 END, ?5, ?6, nullif(?7, ?6), ?8, ?9, ?10, ?11, ?12, ?13, ?14,
        row_hash(?15, ?2, ?16, ?4, ?5, ?17, ?18, ?19, ?8, ?9, ?10, ?11, ?12, ?13, ?14))
