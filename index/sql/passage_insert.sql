-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of what the view shows, ?4 and ?7 are 0 and NULL where they go without saying (schema.sql)
INSERT INTO stored_passages (id, page, page_more, number, first, source_first, source_after, zone, flags, heading, figure, figures, text, lines, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
