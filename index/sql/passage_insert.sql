-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?15: the document's sha256
INSERT INTO passages (id, page, page_end, number, first, after, source_first, source_after, zone, flags, heading, text, lines, tags, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,
        row_hash(?15, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?12, ?13, ?14))
