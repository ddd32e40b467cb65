-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of what the view shows, c4 and c7 are 0 and NULL where they go without saying (schema.sql)
INSERT OR FAIL INTO stored_passages (id, page, page_more, number, first, source_first, source_after, zone, flags, heading, figure, figures, text, lines, hash)
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15 FROM gathered
