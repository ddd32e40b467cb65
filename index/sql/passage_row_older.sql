-- SPDX-License-Identifier: GPL-3.0-or-later
-- passage_row.sql of a file of an older schema
SELECT * FROM passage_rows WHERE id = ?1
