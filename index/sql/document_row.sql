-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT * FROM document_rows WHERE id = ?1
