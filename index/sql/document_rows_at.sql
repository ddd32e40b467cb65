-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT * FROM document_rows WHERE path = ?1 ORDER BY member
