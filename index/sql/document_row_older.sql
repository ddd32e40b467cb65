-- SPDX-License-Identifier: GPL-3.0-or-later
-- document_row.sql of a file of an older schema
SELECT * FROM document_rows WHERE id = ?1
